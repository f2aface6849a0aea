//! A request to AWS: the caller, the action, the resource and the condition keys.

use crate::iam::arn::Arn;
use crate::iam::evaluate::context::Context;

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
    /// The principal under this expression in a policy, which could be any account, role or user.
    Given(String),
    /// An AWS service, for example `lambda.amazonaws.com`.
    Service(String),
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
