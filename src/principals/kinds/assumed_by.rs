//! Principals with an ARN that assume a role that the output creates.

use crate::decode::{Decode, newtype};
use crate::iam::{Action, Document, Statement};
use crate::principals::kind::{self, Kind};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, Setting, StandIn, Value, sid, text};
use crate::source::Spanned;
use crate::value::{OrVariable, PrincipalArn, ServiceAccount};

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "assumed_by",
    description: "IAM roles, users and account roots that can assume a role that ecrgen creates: a list of ARNs, variables \
                  or references. Required unless the entry has another kind of principal. \
                  Example: `assumed_by: [\"arn:aws:iam::123456789012:role/Developer\"]`.",
    companions: &[],
    decode: kind::decode::<AssumedBy>,
    schema: AssumedBy::schema,
    issuer: None,
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [pull], repositories: [shop], assumed_by: [\"arn:aws:iam::123456789012:role/Developer\"] }",
};

/// Principals that assume a role that the output creates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedBy(pub Vec<Spanned<OrVariable<PrincipalArn>>>);

newtype!(AssumedBy(Vec<Spanned<OrVariable<PrincipalArn>>>));

impl Principal for AssumedBy {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::Roles(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Aws
    }

    fn values(&self) -> Vec<Value<'_>> {
        let description = "ARN of a principal that can assume the role";
        self.0.iter().map(|principal| Value::new(&principal.value, description, StandIn::RoleArn)).collect()
    }
}

impl Assumable for AssumedBy {
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>] {
        &[]
    }

    fn trust(&self, _: Option<&ServiceAccount>, _: &Setting) -> Document {
        let arns = self.0.iter().map(|principal| text(&principal.value));
        let principals = crate::iam::Principal::aws(arns);
        Document::new([Statement::allow([Action::named("sts:AssumeRole")]).sid(sid("Principals")).by(principals)])
    }

    fn description(&self, entry: &str, _: Option<&ServiceAccount>) -> String {
        format!("Role for the access entry {entry}")
    }

    fn associated(&self) -> Option<&Pods> {
        None
    }
}
