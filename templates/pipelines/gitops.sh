tag=${TAGS%% *}
VALUE=<{ value }>
export VALUE
if [ ! -f "$FILE" ]; then
  echo "$FILE does not exist in the GitOps repository" >&2
  exit 1
fi
for attempt in 1 2 3 4 5; do
  yq -i '<{ edit }>' "$FILE"
  git add -- "$FILE"
  if git diff --cached --quiet; then
    exit 0
  fi
  git -c user.name=<{ name }> -c user.email=<{ email }> commit -q -m "Deploy $SERVICE $tag"
  if git push -q origin HEAD; then
    exit 0
  fi
  # Another job pushed first
  echo "Attempt $attempt failed" >&2
  git fetch -q origin "$(git branch --show-current)"
  git reset -q --hard FETCH_HEAD
done
exit 1
