//! Names, tags and the workspace of a platform.

use super::{codes, spec};
use crate::diagnostic::Example::Words;

codes! {
    PLACEHOLDER_WITHOUT_VALUE = {
        name: "placeholder-without-value",
        severity: Error,
        what: "A template uses a placeholder that has no value in this place.",
        why: "`{account}` has a value only if the spec sets `account`. `{repository}` has a value only in \
              `names.repository`, and `{access}` only in the names of roles and policies. With an empty placeholder, \
              the result would be a different name.",
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
        what: "An AWS tag is not valid for all resources in the output.",
        why: "The key of a tag has at most 128 characters and the value at most 256. Both consist of letters, digits, \
              spaces and `_.:/=+-@`. The prefix `aws:` is reserved for AWS, IAM ignores letter case in keys, and a \
              resource has at most 50 tags. With any other tag, an apply would fail or drop the tag.",
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
        why: "The name of a workspace consists of at most 90 letters, digits, `-` and `_`. The Terraform provider does \
              not check this, so the apply of the bootstrap module would fail.",
        bad: spec!("
workspace: { organization: acme, name: \"{platform}/ecr\" }
"),
        good: spec!("
workspace: { organization: acme, name: \"{platform}-ecr\" }
"),
        source: "HCP Terraform documentation, \"Create workspaces\"",
    }
    BAD_VCS_CONNECTION = {
        name: "bad-vcs-connection",
        severity: Error,
        what: "The keys that connect the workspace to a repository do not fit together.",
        why: "The HCP Terraform GitHub App connects only repositories of GitHub. Repositories on other hosts need the OAuth token of \
              an existing VCS connection, and the token needs a repository.",
        bad: spec!("
workspace: { organization: acme, repository: group/subgroup/infra }
"),
        good: spec!("
workspace: { organization: acme, repository: group/subgroup/infra, oauth_token_id: ot-hmAyP66qk2AMVdbJ }
"),
        source: "tfe provider documentation, `tfe_workspace`, `vcs_repo`",
    }
    TOO_MANY_NOTIFICATIONS = {
        name: "too-many-notifications",
        severity: Error,
        what: "A workspace has more notifications than HCP Terraform allows.",
        why: "A workspace can have 20 notification configurations. HCP Terraform would reject the next one in the middle of an apply.",
        bad: Words("
21 entries under `workspace.notifications`.
"),
        good: Words("
One channel per team, in at most 20 entries.
"),
        source: "HCP Terraform documentation, \"Notifications\"",
    }
}
