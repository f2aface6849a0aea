//! Existing roles.

use super::existing_roles;
use crate::decode::{Decode, newtype};
use crate::principals::kind::{self, Kind};
use crate::principals::{Issuer, Means, Principal, Value};
use crate::source::Spanned;
use crate::value::{OrVariable, RoleRef};

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

newtype!(Roles(Vec<Spanned<OrVariable<RoleRef>>>));

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
        existing_roles(&self.0, "Name or ARN of a role that gets access to the repositories")
    }
}
