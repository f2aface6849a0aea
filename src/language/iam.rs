//! Settings that all IAM roles and policies of a spec share.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::{OrCreate, OrVariable, PathTemplate, PolicyArn, SessionDuration};

record! {
    /// Settings that all IAM roles and policies created by ecrgen share.
    pub struct Iam {
        /// Path of the IAM roles and policies. The workspace's apply role can only change roles and policies below it.
        /// It begins and ends with `/` and can contain `{platform}`, `{environment}`, `{region}` and `{account}`.
        /// Default: `/{platform}/{environment}/`. Example: `path: /registry/{environment}/`.
        optional path: Spanned<PathTemplate>,
        /// Permissions boundary of the roles: the ARN of an IAM policy, or `create` (needs `workspace`) for one that the
        /// bootstrap module creates. Default: `create` with a workspace, otherwise no boundary.
        /// Example: `permissions_boundary: "arn:aws:iam::123456789012:policy/ci-boundary"`.
        optional permissions_boundary: Spanned<PermissionsBoundary>,
        /// Longest session of a role, from `1h` to `12h`. Default: 1 hour, which is the default of AWS.
        /// Example: `session_duration: 4h`.
        optional session_duration: Spanned<SessionDuration>,
    }
}

/// The permissions boundary of the roles that ecrgen creates.
pub type PermissionsBoundary = OrCreate<OrVariable<PolicyArn>>;
