#!/usr/bin/env bash
# Runs ecrgen for action.yml: annotations on standard output, the result in GITHUB_OUTPUT, and a job summary.
#
# Reads ECRGEN_COMMAND (check or lint), ECRGEN_SPECS, ECRGEN_OUT, ECRGEN_BASE, ECRGEN_DENY_WARNINGS, ECRGEN_SUMMARY and ECRGEN_PROGRAM
# (all but the first may be empty), and from GitHub GITHUB_BASE_REF, GITHUB_OUTPUT and GITHUB_STEP_SUMMARY.
set -euo pipefail

fail() { printf '::error title=ecrgen::%s\n' "$*"; exit 2; }

program=${ECRGEN_PROGRAM:-ecrgen}
# Names of specs cannot begin with a hyphen, so that none of them is an option.
read -r -a specs <<< "$ECRGEN_SPECS"
for spec in ${specs[@]+"${specs[@]}"}; do
    [[ $spec != -* ]] || fail "the input specs has '$spec'; write './$spec'"
done

options=()
[ "$ECRGEN_DENY_WARNINGS" != true ] || options+=(--deny warnings)
case $ECRGEN_COMMAND in
    lint) ;;
    check)
        [ -z "$ECRGEN_OUT" ] || options+=(--out "$ECRGEN_OUT")
        base=$ECRGEN_BASE
        if [ -z "$base" ] && [ -n "${GITHUB_BASE_REF:-}" ]; then
            base=refs/remotes/origin/$GITHUB_BASE_REF
        fi
        [ -z "$base" ] || [ "$base" = none ] || options+=(--base "$base")
        ;;
    *) fail "the input command must be check or lint, not '$ECRGEN_COMMAND'" ;;
esac

run() { "$program" "$ECRGEN_COMMAND" ${specs[@]+"${specs[@]}"} ${options[@]+"${options[@]}"} "$@"; }

status=0
run --format github || status=$?
case $ECRGEN_COMMAND-$status in
    check-0) result=in-sync ;;
    check-1) result=drift ;;
    lint-0) result=in-sync ;;
    lint-1) result=findings ;;
    *) result=error ;;
esac
printf 'result=%s\n' "$result" >> "$GITHUB_OUTPUT"

if [ "$ECRGEN_SUMMARY" = true ]; then
    {
        printf '## ecrgen %s: %s\n\n' "$ECRGEN_COMMAND" "$result"
        # An indented block is code for Markdown, whatever is in it.
        run --color never 2>&1 | sed 's/^/    /' || true
        printf '\n'
        "$program" access ${specs[@]+"${specs[@]}"} --format markdown 2> /dev/null || true
    } >> "$GITHUB_STEP_SUMMARY"
fi
exit "$status"
