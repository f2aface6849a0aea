//! Names, tags and the workspace of a platform.

use super::{codes, spec};

codes! {
    PLACEHOLDER_WITHOUT_VALUE = {
        name: "placeholder-without-value",
        severity: Error,
        what: "A template has a placeholder that has no value at this place.",
        why: "`{account}` is known only where the spec says `account`; `{repository}` has a value in \
              `names.repository` only, and `{access}` in the names of roles and policies. A name with a hole in it \
              would be another name.",
        bad: spec!("
resource_tags: { Account: \"{account}\" }
"),
        good: spec!("
account: \"111122223333\"
resource_tags: { Account: \"{account}\" }
"),
        source: "ecrgen language reference, placeholders",
    }
    BAD_RESOURCE_TAG = {
        name: "bad-resource-tag",
        severity: Error,
        what: "An AWS tag is not one that all resources of the output can have.",
        why: "Keys have at most 128 characters and values 256, both of letters, digits, spaces and `_.:/=+-@`. The \
              prefix `aws:` is AWS's, IAM does not distinguish keys by letter case, and a resource has at most 50 \
              tags. An apply would fail, or drop the tag.",
        bad: spec!("
resource_tags: { Owner: \"Platform & Tools\" }
"),
        good: spec!("
resource_tags: { Owner: \"Platform and Tools\" }
"),
        source: "IAM user guide, \"Tags for AWS Identity and Access Management resources\"; IAM API reference, Tag",
    }
    BAD_WORKSPACE_NAME = {
        name: "bad-workspace-name",
        severity: Error,
        what: "The HCP Terraform workspace would have a name that HCP Terraform does not accept.",
        why: "Names of workspaces have at most 90 letters, digits, `-` and `_`. The provider does not check this, so \
              the apply of the bootstrap module would fail.",
        bad: spec!("
workspace: { organization: acme, name: \"{platform}/ecr\" }
"),
        good: spec!("
workspace: { organization: acme, name: \"{platform}-ecr\" }
"),
        source: "HCP Terraform documentation, \"Create workspaces\"",
    }
}
