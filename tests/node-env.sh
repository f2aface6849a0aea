#!/usr/bin/env bash
# Makes .npm with the YAML language server, which a test asks for completions. Does nothing if it is there already.
set -euo pipefail
cd "$(dirname "$0")/.."

version=1.25.0
package=.npm/node_modules/yaml-language-server/package.json
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
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix .npm "yaml-language-server@$version"
