//! Existing roles.

use serde_json::Value as Json;

use crate::decode::{Decode, Decoder, Definitions};
use crate::principals::kind::{self, Kind};
use crate::principals::{Issuer, Means, Principal, StandIn, Value};
use crate::source::Spanned;
use crate::value::{OrVariable, RoleRef};
use crate::yaml::Node;

/// The kind.
pub(crate) static KIND: Kind = Kind {
    key: "roles",
    description: "Other existing roles, for example an ECS execution role.",
    companions: &[],
    decode: kind::decode::<Roles>,
    schema: Roles::schema,
    issuer: None,
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [pull], repositories: [shop], roles: [ecsTaskExecutionRole] }",
};

/// Existing roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles(pub Vec<Spanned<OrVariable<RoleRef>>>);

impl Decode for Roles {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        Vec::decode(node, decoder).map(Roles)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        Vec::<OrVariable<RoleRef>>::schema(definitions)
    }
}

impl Principal for Roles {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::OtherRoles(&self.0)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Aws
    }

    fn values(&self) -> Vec<Value<'_>> {
        let description = "Name or ARN of a role that gets access to the repositories";
        let value = |role| Value::new(role, description, StandIn::RoleName).named_by_runs();
        self.0.iter().map(|role| value(&role.value)).collect()
    }
}
