#!/usr/bin/env bash
# Makes .npm with the IAM simulator, which a test asks about the same requests as ecrgen. Does nothing if it is there already.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.1.173
package=.npm/node_modules/@cloud-copilot/iam-simulate/package.json
if grep --quiet --no-messages "\"version\": \"$version\"" "$package"; then
    exit 0
fi

for program in node npm; do
    if ! command -v "$program" > /dev/null; then
        echo "tests/node-env.sh: there is no $program" >&2
        exit 1
    fi
done
mkdir -p .npm
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix .npm "@cloud-copilot/iam-simulate@$version"
