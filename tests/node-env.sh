#!/usr/bin/env bash
# Makes .npm with what tests ask: the YAML language server (for completions), the IAM simulator (about the same requests as
# ecrgen), the JSON Schema of SARIF, which Microsoft's matchers for Jest carry, and Backstage's model of templates and components
# with the template engine and the patterns of its scaffolder. Does nothing if they are there already.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=("yaml-language-server@1.25.0" "@cloud-copilot/iam-simulate@0.1.173" "@microsoft/jest-sarif@1.0.0-beta.0"
    "@backstage/plugin-scaffolder-common@1.6.0" "@backstage/catalog-model@1.7.5" "nunjucks@3.2.4" "micromatch@4.0.8")

is_installed() {
    grep --quiet --no-messages "\"version\": \"${1##*@}\"" ".npm/node_modules/${1%@*}/package.json"
}

missing=()
for package in "${packages[@]}"; do
    is_installed "$package" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi
for program in node npm; do
    if ! command -v "$program" > /dev/null; then
        echo "tests/node-env.sh: $program is not on the PATH" >&2
        exit 1
    fi
done
mkdir -p .npm
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix .npm "${packages[@]}"
