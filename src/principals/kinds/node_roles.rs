//! Existing roles of EKS nodes, with which the kubelet pulls (EKS user guide, "Amazon EKS node IAM role").

use super::existing_roles;
use crate::decode::{Decode, newtype};
use crate::iam::Verb;
use crate::principals::kind::{self, Kind};
use crate::principals::{Issuer, Means, Principal, Value};
use crate::source::Spanned;
use crate::value::{OrVariable, RoleRef};

/// The kind.
pub(crate) static KIND: Kind = Kind {
    key: "node_roles",
    description: "Existing roles of EKS nodes; the kubelet pulls with them.",
    companions: &[],
    decode: kind::decode::<NodeRoles>,
    schema: NodeRoles::schema,
    issuer: None,
    refused: &[
        (Verb::Push, "the kubelet only pulls; pods that build images can be under `pod_identity` or `irsa`"),
        (Verb::Delete, "the kubelet only pulls; pods that clean up can be under `pod_identity` or `irsa`"),
        (Verb::Create, "the kubelet only pulls, from repositories that are there"),
    ],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [pull], repositories: [shop], node_roles: [shop-node] }",
};

/// Existing roles of EKS nodes, with which the kubelet pulls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRoles(pub Vec<Spanned<OrVariable<RoleRef>>>);

newtype!(NodeRoles(Vec<Spanned<OrVariable<RoleRef>>>));

impl Principal for NodeRoles {
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
        existing_roles(&self.0, "Name or ARN of the role with which EKS nodes pull images")
    }
}
