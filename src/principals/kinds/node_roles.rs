//! Existing roles of EKS nodes, which the kubelet uses to pull images (EKS user guide, "Amazon EKS node IAM role").

use super::{RoleDescription, existing_roles};
use crate::decode::{Decode, newtype};
use crate::iam::Verb;
use crate::principals::kind::{self, Kind};
use crate::principals::{Issuer, Means, Principal, Value};
use crate::source::Spanned;
use crate::value::{OrVariable, RoleRef};

const ONLY_PULLS: &str = "nodes only pull images";

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "node_roles",
    description: "Existing IAM roles of EKS nodes, which the kubelet uses to pull images: a list of names, ARNs, variables or \
                  references. A role of another account, as its ARN, is granted access by the repository policy. Required unless the entry has another kind of principal. \
                  Example: `node_roles: [eks-node, { variable: node_role_arn, holds: arn }]`.",
    companions: &[],
    decode: kind::decode::<NodeRoles>,
    schema: NodeRoles::schema,
    issuer: None,
    refused: &[
        (Verb::Push, ONLY_PULLS),
        (Verb::Delete, ONLY_PULLS),
        (Verb::Create, "nodes pull images from an existing repository and never create one"),
    ],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [pull], repositories: [shop], node_roles: [shop-node] }",
};

/// Existing roles of EKS nodes, which the kubelet uses to pull images.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRoles(pub Vec<Spanned<OrVariable<RoleRef>>>);

newtype!(NodeRoles(Vec<Spanned<OrVariable<RoleRef>>>));

const DESCRIPTION: RoleDescription = RoleDescription {
    of_either: "Name or ARN of the IAM role that EKS nodes use to pull images",
    of_arn: "ARN of the IAM role that EKS nodes use to pull images",
};

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
        existing_roles(&self.0, &DESCRIPTION)
    }
}
