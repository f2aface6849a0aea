//! Resource types of Amazon EKS.

use super::Loss::Harmless;
use super::{On, Permissions, ResourceType};
use crate::policies::provider;

pub(super) const ROWS: &[ResourceType] = &[
    ResourceType {
        name: "data.aws_eks_cluster",
        in_root: |platform| !provider::clusters(platform).is_empty(),
        permissions: &[Permissions { on: On::Clusters, reads: &["eks:DescribeCluster"], writes: &[] }],
        loss: Harmless,
        replaced_by: &[],
    },
    ResourceType {
        name: "aws_eks_pod_identity_association",
        in_root: |platform| platform.access.iter().any(|access| access.associated().is_some()),
        permissions: &[
            Permissions {
                on: On::PodIdentity,
                reads: &["eks:DescribePodIdentityAssociation"],
                writes: &[
                    "eks:CreatePodIdentityAssociation",
                    "eks:UpdatePodIdentityAssociation",
                    "eks:DeletePodIdentityAssociation",
                    "eks:TagResource",
                    "eks:UntagResource",
                ],
            },
            Permissions { on: On::PodRoles, reads: &[], writes: &["iam:PassRole"] },
        ],
        loss: Harmless,
        replaced_by: &["cluster_name", "namespace", "service_account", "region"],
    },
];
