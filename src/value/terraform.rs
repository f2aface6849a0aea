//! Terraform names, versions and references.

use super::form::text;
use super::intended;

text! {
    /// An exact version.
    pub struct ExactVersion = "^(0|[1-9][0-9]{0,5})[.](0|[1-9][0-9]{0,5})[.](0|[1-9][0-9]{0,5})$", "an exact version such as \"3.2.0\", in quotes",
        intended by intended::terraform::version,
        advised by intended::terraform::exact;
}

text! {
    /// A version constraint as Terraform writes it.
    pub struct VersionConstraint = r"^ *(=|!=|>=|<=|>|<|~>)? *[0-9]{1,6}(\.[0-9]{1,6}){0,2}( *, *(=|!=|>=|<=|>|<|~>)? *[0-9]{1,6}(\.[0-9]{1,6}){0,2})* *$",
        "a version constraint in quotes, such as \">= 1.12\" or \"~> 6.28\"",
        intended by intended::terraform::constraint,
        advised by intended::terraform::newest;
}

text! {
    /// The local name of a Terraform provider.
    pub struct ProviderName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "the name of a Terraform provider such as `aws`",
        intended by intended::forge::last_part;
}

text! {
    /// The name of a Terraform variable or output.
    pub struct Identifier = "^[A-Za-z_][A-Za-z0-9_-]*$", "a Terraform name (letters, digits, `_` and `-`, beginning with a letter or `_`)";
}

text! {
    /// A reference to something that another file of a shared root module defines: attributes and indexes, no functions or
    /// operators.
    pub struct Reference = r#"^[A-Za-z_][A-Za-z0-9_-]*([.][A-Za-z_][A-Za-z0-9_-]*|\[[0-9]{1,9}\]|\["[A-Za-z0-9 ._:/@+=-]*"\])+$"#,
        "a Terraform reference such as `module.eks.node_role_name`",
        intended by intended::terraform::reference,
        advised by intended::terraform::expression;
}
