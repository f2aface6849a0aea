//! What a spec says about all roles and policies that it makes.

use serde_json::{Value as Json, json};

use super::decode::{Decode, Decoder, Spanned};
use super::given::Given;
use super::schema::Definitions;
use super::text::{PathTemplate, PolicyArn, SessionDuration};
use crate::node::Node;
use crate::record;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PermissionsBoundary {
    /// Made by the bootstrap module.
    Create,
    /// A policy that is there.
    Existing(Given<PolicyArn>),
}

impl Decode for PermissionsBoundary {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("create") => Some(PermissionsBoundary::Create),
            _ => Given::decode(node, decoder).map(PermissionsBoundary::Existing),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "const": "create" }, Given::<PolicyArn>::schema(definitions)] })
    }
}
