//! What a spec asserts of the policies and repositories it becomes.

use super::repository::Settings;
use crate::decode::record;
use crate::principals::{Can, Repositories};
use crate::source::Spanned;
use crate::value::AccessName;

record! {
    /// Who alone can do something, or what every repository has.
    pub struct Assertion {
        /// What nobody else can do: verbs, or exact actions such as `ecr:PutImage`.
        optional can: Vec<Spanned<Can>>,
        /// Access entries that may; `plan` and `apply` are the workspace's roles, `registry` whom the registry lets in. Default: nobody.
        optional only: Vec<Spanned<AccessName>>,
        /// Settings that every repository has, exactly.
        optional have: Settings,
        /// On which repositories. Default: all.
        optional repositories: Spanned<Repositories>,
    }
    exactly one of [can, have]
}
