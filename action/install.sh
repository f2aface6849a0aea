#!/usr/bin/env bash
# Installs a release of ecrgen for action.yml, and checks the checksum of its archive before anything of it runs.
#
# Reads ECRGEN_REPOSITORY (OWNER/NAME), ECRGEN_VERSION (a tag such as v0.1.0), ECRGEN_SHA256 (may be empty), and from the runner
# RUNNER_OS, RUNNER_ARCH, RUNNER_TEMP, GITHUB_SERVER_URL and GITHUB_PATH.
set -euo pipefail

fail() { printf '::error title=ecrgen::%s\n' "$*"; exit 2; }

version=$ECRGEN_VERSION
if ! [[ $version =~ ^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
    fail "the input version must be the tag of a release, such as v0.1.0, not '$version'; it is required if the action is pinned to a commit"
fi

case "$RUNNER_OS-$RUNNER_ARCH" in
    Linux-X64) target=x86_64-unknown-linux-musl ;;
    Linux-ARM64) target=aarch64-unknown-linux-musl ;;
    macOS-X64) target=x86_64-apple-darwin ;;
    macOS-ARM64) target=aarch64-apple-darwin ;;
    Windows-X64) target=x86_64-pc-windows-msvc ;;
    *) fail "there is no release for $RUNNER_OS on $RUNNER_ARCH; install ecrgen with cargo, and set the input program" ;;
esac

name=ecrgen-$version-$target
archive=$name.tar.gz
release=$GITHUB_SERVER_URL/$ECRGEN_REPOSITORY/releases/download/$version
folder=$(mktemp -d "$RUNNER_TEMP/ecrgen.XXXXXX")
cd "$folder"

download() {
    curl --fail --silent --show-error --location --proto '=https' --tlsv1.2 --retry 3 --output "$1" "$release/$1" \
        || fail "cannot download $release/$1"
}

checksum() {
    if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

download "$archive"
expected=$ECRGEN_SHA256
if [ -z "$expected" ]; then
    download SHA256SUMS
    expected=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' SHA256SUMS)
    [ -n "$expected" ] || fail "SHA256SUMS of $version has no line for $archive"
fi
actual=$(checksum "$archive")
if [ "$actual" != "$expected" ]; then
    fail "$archive has the SHA-256 checksum $actual, but $expected is expected; it was not installed"
fi

tar -xzf "$archive"
printf '%s\n' "$folder/$name" >> "$GITHUB_PATH"
printf 'installed ecrgen %s (%s, SHA-256 %s)\n' "$version" "$target" "$actual"
