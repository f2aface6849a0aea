//! Resource types of Amazon ECR.

use super::Loss::{Harmless, Hurts, Stops};
use super::{On, Permissions, ResourceType};
use crate::platform::{Platform, Repository, replication};
use crate::policies::{registry, repository};

pub(super) const ROWS: &[ResourceType] = &[
    ResourceType {
        name: "aws_ecr_repository",
        in_root: |platform| !platform.repositories.is_empty(),
        permissions: &[
            Permissions {
                on: On::Repositories,
                reads: &["ecr:DescribeRepositories", "ecr:ListTagsForResource"],
                writes: &[
                    "ecr:CreateRepository",
                    "ecr:PutImageTagMutability",
                    "ecr:PutImageScanningConfiguration",
                    "ecr:TagResource",
                    "ecr:UntagResource",
                ],
            },
            Permissions { on: On::DeletableRepositories, reads: &[], writes: &["ecr:DeleteRepository"] },
        ],
        loss: Hurts("its images are lost"),
        replaced_by: &["name", "encryption_configuration", "region"],
    },
    ResourceType {
        name: "aws_ecr_lifecycle_policy",
        in_root: |platform| {
            let has_policy = |repository: &Repository| repository.lifecycle.is_some() || is_module(platform);
            platform.repositories.iter().any(has_policy)
        },
        permissions: &[Permissions {
            on: On::Repositories,
            reads: &["ecr:GetLifecyclePolicy"],
            writes: &["ecr:PutLifecyclePolicy", "ecr:DeleteLifecyclePolicy"],
        }],
        loss: Harmless,
        replaced_by: &["policy", "repository", "region"],
    },
    ResourceType {
        name: "aws_ecr_repository_policy",
        in_root: |platform| {
            is_module(platform) && !platform.repositories.is_empty() || repository::some_have_policies(platform)
        },
        permissions: &[
            Permissions {
                on: On::Repositories,
                reads: &["ecr:GetRepositoryPolicy"],
                writes: &["ecr:DeleteRepositoryPolicy"],
            },
            Permissions { on: On::RepositoriesWithPolicies, reads: &[], writes: &["ecr:SetRepositoryPolicy"] },
        ],
        loss: Harmless,
        replaced_by: &["repository", "region"],
    },
    // ECR checks the permissions for what it will do with the template (ECR user guide, "Creating a repository creation template in
    // Amazon ECR").
    ResourceType {
        name: "aws_ecr_repository_creation_template",
        in_root: |platform| !platform.templates.is_empty(),
        permissions: &[
            Permissions {
                on: On::Everything,
                reads: &["ecr:DescribeRepositoryCreationTemplates"],
                writes: &[
                    "ecr:CreateRepositoryCreationTemplate",
                    "ecr:DeleteRepositoryCreationTemplate",
                    "ecr:UpdateRepositoryCreationTemplate",
                ],
            },
            Permissions { on: On::Created, reads: &[], writes: &["ecr:CreateRepository"] },
            Permissions { on: On::CreatedWithLifecycle, reads: &[], writes: &["ecr:PutLifecyclePolicy"] },
            Permissions { on: On::CreatedWithPolicies, reads: &[], writes: &["ecr:SetRepositoryPolicy"] },
            Permissions { on: On::EcrRoles, reads: &[], writes: &["iam:PassRole"] },
            Permissions { on: On::ServiceLinkedRoles, reads: &[], writes: &["iam:CreateServiceLinkedRole"] },
        ],
        loss: Stops("ECR creates no more repositories with its settings"),
        replaced_by: &["prefix", "region"],
    },
    ResourceType {
        name: "aws_ecr_pull_through_cache_rule",
        in_root: |platform| !platform.caches().is_empty(),
        permissions: &[
            Permissions {
                on: On::Everything,
                reads: &["ecr:DescribePullThroughCacheRules"],
                writes: &[
                    "ecr:CreatePullThroughCacheRule",
                    "ecr:DeletePullThroughCacheRule",
                    "ecr:UpdatePullThroughCacheRule",
                ],
            },
            Permissions { on: On::EcrRoles, reads: &[], writes: &["iam:PassRole"] },
            Permissions { on: On::ServiceLinkedRoles, reads: &[], writes: &["iam:CreateServiceLinkedRole"] },
        ],
        loss: Stops("pulls of images that are not cached yet fail"),
        replaced_by: &["ecr_repository_prefix", "upstream_registry_url", "upstream_repository_prefix", "region"],
    },
    ResourceType {
        name: "aws_ecr_account_setting",
        in_root: |platform| platform.registry.as_ref().is_some_and(|registry| registry.blob_mounting.is_some()),
        permissions: &[Permissions {
            on: On::Everything,
            reads: &["ecr:GetAccountSetting"],
            writes: &["ecr:PutAccountSetting"],
        }],
        // Provider source, `accountSettingResource.Delete`: it does nothing, so the setting keeps its last value.
        loss: Harmless,
        replaced_by: &["name", "region"],
    },
    ResourceType {
        name: "aws_ecr_registry_policy",
        in_root: |platform| registry::policy(platform).is_some(),
        permissions: &[Permissions {
            on: On::Everything,
            reads: &["ecr:GetRegistryPolicy"],
            writes: &["ecr:PutRegistryPolicy", "ecr:DeleteRegistryPolicy"],
        }],
        loss: Stops("ECR refuses what other accounts replicate or import into this registry"),
        replaced_by: &["region"],
    },
    // The AWS provider reads the configuration with DescribeRegistry, and deletes it by writing an empty one.
    ResourceType {
        name: "aws_ecr_replication_configuration",
        in_root: |platform| !replication::rules(platform).is_empty(),
        permissions: &[
            Permissions {
                on: On::Everything,
                reads: &["ecr:DescribeRegistry"],
                writes: &["ecr:PutReplicationConfiguration"],
            },
            Permissions { on: On::ReplicationRole, reads: &[], writes: &["iam:CreateServiceLinkedRole"] },
        ],
        loss: Stops("ECR replicates no more images"),
        replaced_by: &["region"],
    },
    ResourceType {
        name: "aws_ecr_registry_scanning_configuration",
        in_root: |platform| platform.registry.is_some(),
        permissions: &[
            Permissions {
                on: On::Everything,
                reads: &["ecr:GetRegistryScanningConfiguration"],
                writes: &["ecr:PutRegistryScanningConfiguration"],
            },
            // ECR user guide, "IAM permissions required for enhanced scanning in Amazon ECR".
            Permissions {
                on: On::Inspector,
                reads: &[],
                writes: &["inspector2:Enable", "inspector2:Disable", "inspector2:ListAccountPermissions"],
            },
            Permissions { on: On::InspectorRole, reads: &[], writes: &["iam:CreateServiceLinkedRole"] },
        ],
        // AWS has one configuration per account and region, so the provider replaces it by the default instead of deleting it.
        loss: Hurts(
            "the registry goes back to basic scanning, without filters, so that it scans no image that is pushed",
        ),
        replaced_by: &["region"],
    },
];

fn is_module(platform: &Platform) -> bool {
    platform.root.ecr_module.is_some()
}
