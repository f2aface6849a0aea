//! The IAM roles and policies that a spec creates.

use super::{codes, spec};
use crate::diagnostic::Example::Words;

codes! {
    BAD_IAM_NAME = {
        name: "bad-iam-name",
        severity: Error,
        what: "A role or policy would have a name that IAM does not accept.",
        why: "IAM names consist of letters, digits and `_+=,.@-`. The name of a role has at most 64 characters, and \
              the name of a policy has at most 128. The path is not part of the name.",
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
        what: "The path of roles and policies is longer than IAM allows, or belongs to AWS.",
        why: "A path has at most 512 characters. With `workspace`, the path can have 498: ecrgen adds `/hcp-terraform`, which \
              it puts in front of the path of the plan and apply roles. Below `/aws-reserved/`, `/aws-service-role/` and \
              `/service-role/` are the roles of AWS services: IAM does not create other roles below the first two, and an \
              apply could change the roles of services below the third.",
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
        what: "A spec with `workspace` uses a path that roles outside the spec can also have.",
        why: "The apply role can change every role under `iam.path`, and no others. `/` is the path of the whole \
              account, and `/hcp-terraform/` contains the roles of all workspaces. With either of them, an apply of \
              this spec could give itself the permissions of those roles.",
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
        what: "Two roles in the spec would have the same name.",
        why: "The name of a role must be unique in its account, regardless of path and letter case. The second role \
              cannot be created.",
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
        what: "Two policies in the spec would have the same name.",
        why: "The name of a managed policy must be unique in its account, regardless of path and letter case. The \
              second policy cannot be created.",
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
        what: "`iam.permissions_boundary: create` is used in a spec without `workspace`.",
        why: "A permissions boundary limits what an apply can grant, so the apply must not be able to change it. For \
              this reason the bootstrap module creates the boundary, and only a spec with `workspace` has that module.",
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
