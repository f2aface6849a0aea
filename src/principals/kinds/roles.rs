//! Existing roles.

use super::{RoleDescription, existing_roles};
use crate::decode::{Decode, newtype};
use crate::principals::kind::{self, Kind};
use crate::principals::{Issuer, Means, Principal, Value};
use crate::source::Spanned;
use crate::value::{OrVariable, RoleRef};

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "roles",
    description: "Other existing IAM roles, such as an ECS execution role: a list of names, ARNs, variables or references. \
                  A role of another account, as its ARN, is granted access by the repository policy. \
                  Required unless the entry has another kind of principal. \
                  Example: `roles: [ecsTaskExecutionRole]`.",
    companions: &[],
    decode: kind::decode::<Roles>,
    schema: Roles::schema,
    issuer: None,
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [pull], repositories: [shop], roles: [ecsTaskExecutionRole] }",
};

/// Existing roles that get access to the repositories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles(pub Vec<Spanned<OrVariable<RoleRef>>>);

newtype!(Roles(Vec<Spanned<OrVariable<RoleRef>>>));

const DESCRIPTION: RoleDescription = RoleDescription {
    of_either: "Name or ARN of an IAM role that gets access to the repositories",
    of_arn: "ARN of an IAM role that gets access to the repositories",
};

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
        existing_roles(&self.0, &DESCRIPTION)
    }
}
