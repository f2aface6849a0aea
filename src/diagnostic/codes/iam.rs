//! The IAM roles and policies that a spec creates.

use super::{codes, spec};
use crate::diagnostic::Example::Words;

codes! {
    BAD_IAM_NAME = {
        name: "bad-iam-name",
        severity: Error,
        what: "A role or policy would have a name that IAM does not accept.",
        why: "Names consist of letters, digits and `_+=,.@-`; a role's has at most 64 characters, a policy's at most \
              128. The path is not part of the name.",
        bad: spec!("
names: { role: \"shop/{access}\" }
repositories: { shop: {} }
access:
  operators: { can: [pull, read], repositories: [shop], assumed_by: [\"arn:aws:iam::111122223333:role/Operator\"] }
"),
        good: spec!("
names: { role: \"shop-{access}\" }
iam: { path: /shop/ }
repositories: { shop: {} }
access:
  operators: { can: [pull, read], repositories: [shop], assumed_by: [\"arn:aws:iam::111122223333:role/Operator\"] }
"),
        source: "IAM user guide, \"IAM and AWS STS quotas\"; IAM API reference, CreateRole and CreatePolicy",
    }
    BAD_IAM_PATH = {
        name: "bad-iam-path",
        severity: Error,
        what: "The path of roles and policies is longer than IAM accepts.",
        why: "A path has at most 512 characters. With `workspace`, 14 of them are needed for `/hcp-terraform`, which \
              precedes the path of the roles of runs.",
        bad: Words("
iam: { path: \"/…/\" }, with 513 characters between the quotes.
"),
        good: Words("
iam: { path: \"/{platform}/{environment}/\" }, which is also the default.
"),
        source: "IAM API reference, CreateRole, `Path`",
    }
    SHARED_IAM_PATH = {
        name: "shared-iam-path",
        severity: Error,
        what: "A spec with `workspace` uses a path that roles outside of the spec can have.",
        why: "The role of applies can change every role below `iam.path`, and no other. `/` is the path of the whole \
              account, and below `/hcp-terraform/` are the roles of all workspaces: an apply of this spec could give \
              itself their permissions.",
        bad: spec!("
iam: { path: / }
workspace: { organization: acme }
repositories: { shop: {} }
"),
        good: spec!("
iam: { path: \"/{platform}/{environment}/\" }
workspace: { organization: acme }
repositories: { shop: {} }
"),
        source: "IAM user guide, \"IAM identifiers\", friendly names and paths; ecrgen's own rule",
    }
    ROLE_NAME_TAKEN = {
        name: "role-name-taken",
        severity: Error,
        what: "Two roles of a spec would have the same name.",
        why: "The name of a role is unique in its account, whatever its path and letter case. The second one cannot be \
              created.",
        bad: spec!("
names: { role: \"{platform}-registry\" }
repositories: { shop: {} }
access:
  operators: { can: [pull, read], repositories: [shop], assumed_by: [\"arn:aws:iam::111122223333:role/Operator\"] }
  auditors: { can: [read], repositories: [shop], assumed_by: [\"arn:aws:iam::111122223333:role/Auditor\"] }
"),
        good: spec!("
names: { role: \"{platform}-registry-{access}\" }
repositories: { shop: {} }
access:
  operators: { can: [pull, read], repositories: [shop], assumed_by: [\"arn:aws:iam::111122223333:role/Operator\"] }
  auditors: { can: [read], repositories: [shop], assumed_by: [\"arn:aws:iam::111122223333:role/Auditor\"] }
"),
        source: "IAM API reference, CreateRole, `RoleName`",
    }
    POLICY_NAME_TAKEN = {
        name: "policy-name-taken",
        severity: Error,
        what: "Two policies of a spec would have the same name.",
        why: "The name of a managed policy is unique in its account, whatever its path and letter case. The second one \
              cannot be created.",
        bad: spec!("
names: { policy: \"{platform}-registry\" }
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [eks-node] }
  auditors: { can: [read], repositories: [shop], roles: [auditor] }
"),
        good: spec!("
names: { policy: \"{platform}-registry-{access}\" }
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [eks-node] }
  auditors: { can: [read], repositories: [shop], roles: [auditor] }
"),
        source: "IAM API reference, CreatePolicy, `PolicyName`",
    }
    BOUNDARY_WITHOUT_WORKSPACE = {
        name: "boundary-without-workspace",
        severity: Error,
        what: "`iam.permissions_boundary: create` is written in a spec without `workspace`.",
        why: "The boundary limits what an apply can grant, so the apply must not be able to change it: the bootstrap \
              module creates it, and only a spec with `workspace` has that module.",
        bad: spec!("
iam: { permissions_boundary: create }
repositories: { shop: {} }
"),
        good: spec!("
iam: { permissions_boundary: \"arn:aws:iam::111122223333:policy/registry-boundary\" }
repositories: { shop: {} }
"),
        source: "IAM user guide, \"Permissions boundaries for IAM entities\"",
    }
}
