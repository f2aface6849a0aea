//! Who a statement of a resource or trust policy speaks of.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::bindings::Bindings;
use super::list::one_or_many;
use super::text::Text;

/// The kinds of principal, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalKind {
    /// Accounts, roles, users and sessions: an ARN, twelve digits, or `*`.
    Aws,
    /// The canonical user id of an account (S3 only).
    CanonicalUser,
    /// An identity provider: its ARN, or the name of a public one.
    Federated,
    /// An AWS service, for example `lambda.amazonaws.com`.
    Service,
}

impl PrincipalKind {
    /// All of them.
    pub const ALL: [PrincipalKind; 4] =
        [PrincipalKind::Aws, PrincipalKind::CanonicalUser, PrincipalKind::Federated, PrincipalKind::Service];

    /// As a policy spells it.
    pub fn name(self) -> &'static str {
        match self {
            PrincipalKind::Aws => "AWS",
            PrincipalKind::CanonicalUser => "CanonicalUser",
            PrincipalKind::Federated => "Federated",
            PrincipalKind::Service => "Service",
        }
    }
}

/// Who a statement speaks of (IAM User Guide, "IAM JSON policy elements: Principal").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Principal {
    /// `"*"`: anybody, signed in or not.
    Everyone,
    /// These, in lists by kind; no list is empty.
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

    /// The names that are listed, each with its kind; none where it is everybody.
    pub fn names(&self) -> impl Iterator<Item = (PrincipalKind, &Text)> {
        let lists = match self {
            Principal::Everyone => None,
            Principal::Listed(lists) => Some(lists),
        };
        lists.into_iter().flatten().flat_map(|(kind, names)| names.iter().map(|name| (*kind, name)))
    }

    /// Whether it is everyone: `"*"` and `{"AWS": "*"}` mean the same.
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
