tags=
<% if hashed %>
commit=<{ commit }>
<% endif %>
<% if dated %>
now=$(date -u +%Y%m%d%H%M%S)
<% endif %>
add() {
  if ! printf '%s\n' "$2" | LC_ALL=C grep -Eqx '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}'; then
    echo "$ref_type $ref_name would get the tag $2 of class $1, which is not valid" >&2
    exit 1
  fi
  case " $tags " in
    *" $2 "*) ;;
    *) tags=${tags:+$tags }$2 ;;
  esac
}
<% if guarded %>
unlike() {
  if printf '%s\n' "$2" | LC_ALL=C grep -Eqx -e "$3"; then
    echo "$ref_type $ref_name would get the tag $2, which is also a tag of class $1" >&2
    exit 1
  fi
}
<% endif %>
<% if slugs %>
branch=$(printf '%s' "$ref_name" | tr '[:upper:]' '[:lower:]' | LC_ALL=C.UTF-8 sed -e 's/[^a-z0-9._-]/-/g' -e 's/^[._-]*//')
branch=$(printf '%.63s' "$branch" | sed -e 's/[._-]*$//')
<% endif %>
<% if versions %>
is_version() {
  printf '%s\n' "$1" | LC_ALL=C grep -Eqx '<{ version }>'
}
<% endif %>
<% if branches %>
if [ "$ref_type" = branch ]; then
<% if slugs %>
  if [ -z "$branch" ]; then
    echo "branch $ref_name has no letter or digit that a tag can have" >&2
    exit 1
  fi
<% endif %>
<% for line in branches %>
  <{ line }>
<% endfor %>
fi
<% endif %>
<% if tags %>
if [ "$ref_type" = tag ]; then
<% for line in tags %>
  <{ line }>
<% endfor %>
fi
<% endif %>
if [ -z "$tags" ]; then
  echo "no class of image tags is for $ref_type $ref_name" >&2
  exit 1
fi
