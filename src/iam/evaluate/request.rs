//! A request to AWS: the caller, the action, the resource and the condition keys.

use std::collections::BTreeMap;

use crate::iam::arn::Arn;

/// The caller of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Caller {
    /// A caller without credentials.
    Anonymous,
    /// An IAM user.
    User(Arn),
    /// A session of a role.
    Role {
        /// The IAM ARN of the role, with its path.
        role: Arn,
        /// The name of the session.
        session: String,
    },
    /// The bearer of a web identity token.
    Federated {
        /// The ARN of the OIDC provider for the issuer of the token.
        provider: String,
    },
    /// An AWS service, for example `lambda.amazonaws.com`.
    Service(String),
}

/// The condition keys of a request and their values. Key names are case-insensitive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    values: BTreeMap<String, Vec<String>>,
}

impl Context {
    /// Sets the values of a key. A key without values is the same as an absent key.
    #[must_use]
    pub fn with<T: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.values.insert(key.to_ascii_lowercase(), values.into_iter().map(Into::into).collect());
        self
    }

    /// The values of a key, or an empty slice if the key is absent.
    pub(super) fn values(&self, key: &str) -> &[String] {
        self.values.get(&key.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The caller.
    pub caller: Caller,
    /// The full name of the action, for example `ecr:PutImage`.
    pub action: String,
    /// The resource, or `None` for actions without one, such as `ecr:GetAuthorizationToken`.
    pub resource: Option<Arn>,
    /// The condition keys. This must contain every key that a policy uses, including keys about the caller that AWS
    /// sets automatically, such as `aws:PrincipalArn`.
    pub context: Context,
}
