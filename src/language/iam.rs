//! What a spec says about all roles and policies that it makes.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::{OrCreate, OrVariable, PathTemplate, PolicyArn, SessionDuration};

record! {
    /// What the roles and policies made here have in common.
    pub struct Iam {
        /// The path of roles and policies, and what the apply role of the workspace is confined to. Default: `/{platform}/{environment}/`.
        optional path: Spanned<PathTemplate>,
        /// The most that the roles made here can ever do: `create`, or the ARN of a policy. Default: `create` with a workspace, none without.
        optional permissions_boundary: Spanned<PermissionsBoundary>,
        /// How long a session of a role can last, from `1h` to `12h`. Default: AWS's own, one hour.
        optional session_duration: Spanned<SessionDuration>,
    }
}

/// The permissions boundary of the roles made here.
pub type PermissionsBoundary = OrCreate<OrVariable<PolicyArn>>;
