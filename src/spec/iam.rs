//! What a spec says about all roles and policies that it makes.

use super::decode::Spanned;
use super::text::{PathTemplate, SessionDuration};
use crate::record;

record! {
    /// What the roles and policies made here have in common.
    pub struct Iam {
        /// The path of roles and policies, and what the apply role of the workspace is confined to. Default: `/{platform}/{environment}/`.
        optional path: Spanned<PathTemplate>,
        /// How long a session of a role can last, from `1h` to `12h`. Default: AWS's own, one hour.
        optional session_duration: Spanned<SessionDuration>,
    }
}
