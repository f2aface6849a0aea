//! Verbs: the short names for what a principal can do with a repository.

use std::fmt;

use super::Action;

/// What a principal can do with a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Download images.
    Pull,
    /// Upload images.
    Push,
    /// View repositories and images without downloading them.
    Read,
    /// Delete images.
    Delete,
    /// Create repositories.
    Create,
    /// Fill a repository of a pull through cache from its upstream registry.
    Import,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Verb; 6] = [Verb::Pull, Verb::Push, Verb::Read, Verb::Delete, Verb::Create, Verb::Import];

    /// The verb as the spec writes it.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Pull => "pull",
            Verb::Push => "push",
            Verb::Read => "read",
            Verb::Delete => "delete",
            Verb::Create => "create",
            Verb::Import => "import",
        }
    }

    /// The verb with this name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.name() == word)
    }

    /// The actions that the verb needs on the repository.
    ///
    /// - *Pull* has the actions that the AWS managed policy `AmazonEC2ContainerRegistryPullOnly` grants on images, plus
    ///   `BatchCheckLayerAvailability`, which AWS's policies for ECS and Fargate also have.
    /// - *Push* has the minimum from "IAM permissions for pushing an image" (ECR User Guide). Tools that read back what
    ///   they pushed (buildx with a registry cache, cosign) also need *pull*.
    /// - *Create* includes `TagResource` because AWS requires it to create a repository with tags.
    /// - *Import* is what a pull needs in addition if the image is not in the repository of a pull through cache rule yet (ECR
    ///   user guide, "IAM permissions required to sync an upstream registry with an Amazon ECR private registry"). If the
    ///   repository does not exist either, the caller also needs `CreateRepository`, which entries get below the prefixes of rules.
    pub fn actions(self) -> impl Iterator<Item = &'static Action> {
        let names: &[&'static str] = match self {
            Verb::Pull => &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
            Verb::Push => &[
                "ecr:BatchCheckLayerAvailability",
                "ecr:InitiateLayerUpload",
                "ecr:UploadLayerPart",
                "ecr:CompleteLayerUpload",
                "ecr:PutImage",
                "ecr:BatchGetImage",
            ],
            Verb::Read => {
                &["ecr:DescribeRepositories", "ecr:DescribeImages", "ecr:ListImages", "ecr:DescribeImageScanFindings"]
            }
            Verb::Delete => &["ecr:BatchDeleteImage"],
            Verb::Create => &["ecr:CreateRepository", "ecr:TagResource"],
            Verb::Import => &["ecr:BatchImportUpstreamImage"],
        };
        names.iter().map(|name| Action::named(name))
    }

    /// Whether the verb needs a registry login, that is `ecr:GetAuthorizationToken`, which must be granted on `*`. The
    /// other verbs are API calls signed with the caller's credentials.
    pub fn logs_in(self) -> bool {
        matches!(self, Verb::Pull | Verb::Push)
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
