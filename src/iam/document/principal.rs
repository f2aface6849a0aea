//! The principals of a statement in a resource or trust policy.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::bindings::Bindings;
use super::list::one_or_many;
use super::text::Text;

/// The kinds of principal, in the order in which ecrgen writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalKind {
    /// Accounts, roles, users and sessions: an ARN, an account ID, or `*`.
    Aws,
    /// The canonical user ID of an account (S3 only).
    CanonicalUser,
    /// An identity provider: its ARN, or the name of a public provider.
    Federated,
    /// An AWS service, for example `lambda.amazonaws.com`.
    Service,
}

impl PrincipalKind {
    /// All kinds.
    pub const ALL: [PrincipalKind; 4] =
        [PrincipalKind::Aws, PrincipalKind::CanonicalUser, PrincipalKind::Federated, PrincipalKind::Service];

    /// The name as a policy spells it.
    pub fn name(self) -> &'static str {
        match self {
            PrincipalKind::Aws => "AWS",
            PrincipalKind::CanonicalUser => "CanonicalUser",
            PrincipalKind::Federated => "Federated",
            PrincipalKind::Service => "Service",
        }
    }
}

/// The principals that a statement applies to (IAM User Guide, "IAM JSON policy elements: Principal").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Principal {
    /// `"*"`: everyone, including anonymous callers.
    Everyone,
    /// The listed principals, grouped by kind. No list is empty.
    Listed(BTreeMap<PrincipalKind, Vec<Text>>),
}

impl Principal {
    /// Accounts, roles, users or sessions.
    pub fn aws<T: Into<Text>>(arns: impl IntoIterator<Item = T>) -> Self {
        Self::of(PrincipalKind::Aws, arns)
    }

    /// Identity providers, by ARN.
    pub fn federated<T: Into<Text>>(arns: impl IntoIterator<Item = T>) -> Self {
        Self::of(PrincipalKind::Federated, arns)
    }

    /// AWS services, by domain name.
    pub fn service<T: Into<Text>>(names: impl IntoIterator<Item = T>) -> Self {
        Self::of(PrincipalKind::Service, names)
    }

    fn of<T: Into<Text>>(kind: PrincipalKind, names: impl IntoIterator<Item = T>) -> Self {
        Principal::Listed([(kind, names.into_iter().map(Into::into).collect())].into())
    }

    /// The listed names, each with its kind. Empty for [`Principal::Everyone`].
    pub fn names(&self) -> impl Iterator<Item = (PrincipalKind, &Text)> {
        let lists = match self {
            Principal::Everyone => None,
            Principal::Listed(lists) => Some(lists),
        };
        lists.into_iter().flatten().flat_map(|(kind, names)| names.iter().map(|name| (*kind, name)))
    }

    /// Whether the element matches everyone. `"*"` and `{"AWS": "*"}` are equivalent.
    pub fn is_everyone(&self, bindings: &Bindings) -> bool {
        match self {
            Principal::Everyone => true,
            Principal::Listed(lists) => {
                lists.get(&PrincipalKind::Aws).into_iter().flatten().any(|name| name.bind(bindings) == "*")
            }
        }
    }

    pub(super) fn to_json(&self, bindings: &Bindings) -> Value {
        match self {
            Principal::Everyone => "*".into(),
            Principal::Listed(lists) => {
                let lists = lists.iter().map(|(kind, names)| (kind.name().to_owned(), one_or_many(names, bindings)));
                Value::Object(lists.collect::<Map<_, _>>())
            }
        }
    }
}
