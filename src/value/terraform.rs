//! Names, versions and references of Terraform.

use super::form::text;

text! {
    /// An exact version.
    pub struct ExactVersion = "^(0|[1-9][0-9]{0,5})[.](0|[1-9][0-9]{0,5})[.](0|[1-9][0-9]{0,5})$", "an exact version such as \"3.2.0\", in quotes";
}

text! {
    /// Terraform's version constraints.
    pub struct VersionConstraint = r"^ *(=|!=|>=|<=|>|<|~>)? *[0-9]{1,6}(\.[0-9]{1,6}){0,2}( *, *(=|!=|>=|<=|>|<|~>)? *[0-9]{1,6}(\.[0-9]{1,6}){0,2})* *$",
        "a version constraint such as \"~> 6.28\", in quotes";
}

text! {
    /// The local name of a Terraform provider.
    pub struct ProviderName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "the name of a Terraform provider, such as `aws`";
}

text! {
    /// The name of a Terraform variable or output.
    pub struct Identifier = "^[A-Za-z_][A-Za-z0-9_-]*$", "a Terraform name: letters, digits, `_` and `-`";
}

text! {
    /// A traversal to something the other files of a shared root module define; nothing that computes.
    pub struct Reference = r#"^[A-Za-z_][A-Za-z0-9_-]*([.][A-Za-z_][A-Za-z0-9_-]*|\[[0-9]{1,9}\]|\["[A-Za-z0-9 ._:/@+=-]*"\])+$"#,
        "a Terraform reference such as `module.eks.node_role_name`";
}
