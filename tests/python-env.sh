#!/usr/bin/env bash
# Makes .venv with what tests/requirements.txt lists: the tests that apply to moto, and those that run linters, look for it
# there. Does nothing if it is there already. PYTHON can name the Python to make it from.
set -euo pipefail
cd "$(dirname "$0")/.."

requirements=tests/requirements.txt
installed=.venv/installed.txt
if cmp --silent "$requirements" "$installed" && .venv/bin/python -c 'import boto3, flask, moto, parliament'; then
    exit 0
fi

if ! .venv/bin/python -m pip --version > /dev/null 2>&1; then
    python=${PYTHON:-python3}
    if ! command -v "$python" > /dev/null; then
        echo "tests/python-env.sh: there is no $python" >&2
        exit 1
    fi
    if ! "$python" -m venv --clear .venv; then
        echo "tests/python-env.sh: $python cannot make a virtual environment" >&2
        exit 1
    fi
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --requirement "$requirements"
cp "$requirements" "$installed"
