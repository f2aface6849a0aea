//! Principals with an ARN that assume a role that the output creates (IAM user guide, "Access to AWS accounts owned by third
//! parties", "Secure API access with MFA" and "Controlling access for IAM users and roles using tags").

use serde_json::{Value as Json, json};

use crate::decode::{Decode, Decoder, Definitions, Map, record};
use crate::iam::{Action, Comparison, Document, Operator, Statement};
use crate::principals::kind::{self, Kind};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, Setting, StandIn, Value, sid, text};
use crate::source::Spanned;
use crate::value::{ExternalId, OrVariable, PrincipalArn, PrincipalTag, ServiceAccount, TagKey};
use crate::yaml::{self, Node};

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "assumed_by",
    description: "IAM roles, users and account roots that can assume a role that ecrgen creates: a list of ARNs, variables \
                  or references, or a map with the list under `principals` and conditions. Required unless the entry has another kind of principal. \
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

/// Principals that assume a role that the output creates, and what their requests must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedBy {
    /// The principals.
    pub principals: Vec<Spanned<OrVariable<PrincipalArn>>>,
    /// The external ID that a request must have.
    pub external_id: Option<Spanned<ExternalId>>,
    /// Whether the caller must have signed in with MFA.
    pub mfa: bool,
    /// The tags that the caller must have.
    pub principal_tags: Option<Map<TagKey, Spanned<PrincipalTag>>>,
    /// Whether the request may give the session tags, or passes on those of the caller's session.
    pub session_tags: bool,
}

record! {
    /// Principals that can assume a role under conditions.
    pub struct AssumedByKeys {
        /// ARNs of IAM roles, users and account roots, variables or references. Required.
        /// Example: `principals: ["arn:aws:iam::222222222222:role/deploy"]`.
        required principals: Vec<Spanned<OrVariable<PrincipalArn>>>,
        /// External ID that the request must have. A third party that serves several customers uses a different one for each.
        /// Default: none is needed. Example: `external_id: shop-4711`.
        optional external_id: Spanned<ExternalId>,
        /// Whether the caller must have signed in with multi-factor authentication. Default: `false`. Example: `mfa: true`.
        optional mfa: Spanned<bool>,
        /// AWS tags that the caller or its session must have, all of them. Default: none are needed.
        /// Example: `principal_tags: { team: shop }`.
        optional principal_tags: Map<TagKey, Spanned<PrincipalTag>>,
        /// Whether the request can give the session tags, as EKS Pod Identity does when it assumes the role in another account
        /// that `target_role_arn` of an association names. Default: `false`. Example: `session_tags: true`.
        optional session_tags: Spanned<bool>,
    }
}

impl Decode for AssumedBy {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if let yaml::Value::Map(_) = node.value {
            let AssumedByKeys { principals, external_id, mfa, principal_tags, session_tags, .. } =
                AssumedByKeys::decode(node, decoder)?;
            let [mfa, session_tags] = [mfa, session_tags].map(|key| key.is_some_and(|key| key.value));
            return Some(AssumedBy { principals, external_id, mfa, principal_tags, session_tags });
        }
        let principals = Vec::decode(node, decoder)?;
        Some(AssumedBy { principals, external_id: None, mfa: false, principal_tags: None, session_tags: false })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        let list = Vec::<Spanned<OrVariable<PrincipalArn>>>::schema(definitions);
        json!({ "anyOf": [list, AssumedByKeys::schema(definitions)] })
    }
}

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
        self.principals.iter().map(|principal| Value::new(&principal.value, description, StandIn::RoleArn)).collect()
    }
}

impl Assumable for AssumedBy {
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>] {
        &[]
    }

    fn trust(&self, _: Option<&ServiceAccount>, _: &Setting) -> Document {
        let arns = self.principals.iter().map(|principal| text(&principal.value));
        let principals = crate::iam::Principal::aws(arns);
        let tags = self.session_tags.then(|| Action::named("sts:TagSession"));
        let actions = [Action::named("sts:AssumeRole")].into_iter().chain(tags);
        let mut statement = Statement::allow(actions).sid(sid("Principals")).by(principals);
        if let Some(id) = &self.external_id {
            statement = statement.when(Operator::STRING_EQUALS, "sts:ExternalId", [id.as_str()]);
        }
        // The key is missing in requests with access keys, so the comparison must not hold without it.
        if self.mfa {
            statement = statement.when(Operator::plain(Comparison::Bool), "aws:MultiFactorAuthPresent", ["true"]);
        }
        for (key, value) in self.principal_tags.iter().flat_map(|tags| &tags.entries) {
            let key = format!("aws:PrincipalTag/{}", key.as_str());
            statement = statement.when(Operator::STRING_EQUALS, key, [value.as_str()]);
        }
        Document::new([statement])
    }

    fn description(&self, entry: &str, _: Option<&ServiceAccount>) -> String {
        format!("Role for the access entry {entry}")
    }

    fn associated(&self) -> Option<&Pods> {
        None
    }
}
