#!/usr/bin/env bash
# Packs a built ecrgen for a release into the current folder: the program, its completions and man pages, and the licenses. The
# archive gets the name that action/install.sh downloads. Usage: .github/pack.sh v0.1.0 x86_64-unknown-linux-musl
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

version=$1
target=$2
name=ecrgen-$version-$target
built=${CARGO_TARGET_DIR:-$root/target}/$target/release/ecrgen
case $target in *windows*) built=$built.exe ;; esac

rm -rf "$name"
mkdir -p "$name/completions" "$name/man"
cp "$built" "$root"/{LICENSE-APACHE,LICENSE-MIT,README.md,CHANGELOG.md} "$name/"
for shell in bash elvish fish powershell zsh; do
    "$built" completions "$shell" > "$name/completions/ecrgen.$shell"
done
"$built" man > "$name/man/ecrgen.1"
for page in $("$built" man --list); do
    "$built" man "$page" > "$name/man/ecrgen-$page.1"
done
tar -czf "$name.tar.gz" "$name"
rm -rf "$name"
