//! What is asked of AWS: by whom, what, on what, under which circumstances.

use std::collections::BTreeMap;

use crate::iam::arn::Arn;

/// Whoever makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody signed in.
    Anonymous,
    /// An IAM user.
    User(Arn),
    /// A session of a role.
    Role {
        /// The role, an IAM ARN with its path.
        role: Arn,
        /// The name of the session.
        session: String,
    },
    /// The bearer of a web identity token.
    Federated {
        /// The ARN of the OIDC provider that AWS knows the token's issuer by.
        provider: String,
    },
    /// An AWS service, for example `lambda.amazonaws.com`.
    Service(String),
}

/// The condition keys of a request and their values. Key names are compared without regard to case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    values: BTreeMap<String, Vec<String>>,
}

impl Context {
    /// Gives a key its values; none at all is the same as an absent key.
    #[must_use]
    pub fn with<T: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.values.insert(key.to_ascii_lowercase(), values.into_iter().map(Into::into).collect());
        self
    }

    /// The values of a key; empty when it is absent.
    pub(super) fn values(&self, key: &str) -> &[String] {
        self.values.get(&key.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// By whom.
    pub caller: Caller,
    /// The full name of the action, for example `ecr:PutImage`.
    pub action: String,
    /// On what; nothing for actions without a resource, such as `ecr:GetAuthorizationToken`.
    pub resource: Option<Arn>,
    /// The condition keys. All that a policy asks for must be here, also those about the caller that AWS fills in
    /// itself, such as `aws:PrincipalArn`.
    pub context: Context,
}
