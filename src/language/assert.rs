//! Assertions of a spec about the policies and repositories that it compiles to.

use super::repository::Settings;
use crate::decode::record;
use crate::principals::{Asserted, Repositories};
use crate::source::Spanned;
use crate::value::{AccessName, RepositoryKey};

record! {
    /// An assertion about the compiled platform: either which access entries alone can do something (`can`, `only`), or
    /// which settings every repository has (`have`).
    pub struct Assertion {
        /// What no one except `only` can do: `pull`, `push`, `read`, `delete`, `create`, `move-tags` or `change-access`, by
        /// any action that is enough for it, or exact ECR actions. Required unless the assertion has `have`.
        /// Example: `can: [push, "ecr:StartImageScan"]`.
        optional can: Vec<Spanned<Asserted>>,
        /// Access entries that are allowed to perform the actions under `can`. `plan` and `apply` are the roles of the
        /// workspace, `registry` is any account under `accept_replication_from`. Default: no one.
        /// Example: `only: [image-pipeline, apply]`.
        optional only: Vec<Spanned<AccessName>>,
        /// Settings that every repository must have, exactly as written here. Required unless the assertion has `can`.
        /// Example: `have: { tag_mutability: immutable }`.
        optional have: Settings,
        /// Repositories that the assertion is about: a list of keys, or `all`. Default: `all`.
        /// Example: `repositories: [cart, search]`.
        optional repositories: Spanned<Repositories<RepositoryKey>>,
    }
    exactly one of [can, have]
}
