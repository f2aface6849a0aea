//! Variables of the root module, and references to handwritten files.

use super::{codes, spec};

codes! {
    VARIABLE_CONFLICT = {
        name: "variable-conflict",
        severity: Error,
        what: "Two places use the same variable with different types or defaults.",
        why: "A root module declares a variable once, with one type and one default. One of the two places would \
              silently get the value of the other.",
        bad: spec!("
repositories:
  cart: { scan_on_push: { variable: scan, default: true } }
  search: { scan_on_push: { variable: scan, default: false } }
"),
        good: spec!("
repositories:
  cart: { scan_on_push: { variable: scan_cart, default: true } }
  search: { scan_on_push: { variable: scan_search, default: false } }
"),
        source: "Terraform documentation, \"variable block reference\"",
    }
    RESERVED_VARIABLE_NAME = {
        name: "reserved-variable-name",
        severity: Error,
        what: "A variable has a name that Terraform or HCP Terraform reserves.",
        why: "Terraform reserves the names of meta-arguments such as `version`, `count` and `for_each`. In a \
              workspace, `tfc_aws_provider_auth` and the variables that name the plan and apply roles configure the \
              credentials of runs.",
        bad: spec!("
repositories: { shop: { scan_on_push: { variable: version } } }
"),
        good: spec!("
repositories: { shop: { scan_on_push: { variable: scan_on_push } } }
"),
        source: "Terraform documentation, \"variable block reference\"; HCP Terraform documentation, \"Dynamic \
                 Credentials with the AWS Provider\"",
    }
    REFERENCE_WITHOUT_SHARED_ROOT = {
        name: "reference-without-shared-root",
        severity: Error,
        what: "A `ref` is used, but the root module is not shared with handwritten files.",
        why: "A reference such as `module.eks.node_role_name` resolves only within one root module. The output folder \
              contains only what ecrgen generates, unless `terraform.root: shared` states that handwritten files are \
              in it, too.",
        bad: spec!("
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [{ ref: module.eks.node_role_name }] }
"),
        good: spec!("
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [{ ref: module.eks.node_role_name }] }
terraform: { root: shared }
"),
        source: "Terraform documentation, \"References to Named Values\"",
    }
    REFERENCE_OUTSIDE_OF_ROOT_MODULE = {
        name: "reference-outside-of-root-module",
        severity: Error,
        what: "A spec with `workspace` uses a `ref` for something that the plan and apply permissions must name.",
        why: "The permissions for plans and applies are in the bootstrap module, which is a separate root module. The \
              files that define the reference are not part of it, so it cannot be resolved there.",
        bad: spec!("
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [{ ref: module.eks.node_role_name }] }
workspace: { organization: acme }
terraform: { root: shared }
"),
        good: spec!("
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [{ variable: node_role_name }] }
workspace:
  organization: acme
  policies: { plan: [\"arn:aws:iam::aws:policy/ReadOnlyAccess\"], apply: [\"arn:aws:iam::aws:policy/ReadOnlyAccess\"] }
terraform: { root: shared }
"),
        source: "Terraform documentation, \"References to Named Values\"; ecrgen language reference, `workspace`",
    }
}
