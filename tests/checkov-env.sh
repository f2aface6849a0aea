#!/usr/bin/env bash
# Makes .venv-checkov with what tests/checkov-requirements.txt lists: the tests that judge the generated Terraform code look for
# checkov there. Does nothing if it is there already. PYTHON can name the Python to make it from.
set -euo pipefail
cd "$(dirname "$0")/.."

requirements=tests/checkov-requirements.txt
installed=.venv-checkov/installed.txt
if cmp --silent "$requirements" "$installed" && [ -x .venv-checkov/bin/checkov ]; then
    exit 0
fi

python=${PYTHON:-python3}
if ! command -v "$python" > /dev/null; then
    echo "tests/checkov-env.sh: there is no $python" >&2
    exit 1
fi
if ! "$python" -m venv --clear .venv-checkov; then
    echo "tests/checkov-env.sh: $python cannot make a virtual environment" >&2
    exit 1
fi
.venv-checkov/bin/python -m pip install --quiet --disable-pip-version-check --no-input --requirement "$requirements"
cp "$requirements" "$installed"
