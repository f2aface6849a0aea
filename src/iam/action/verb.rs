//! The words in which people say what somebody may do with a repository.

use std::fmt;

use super::Action;

/// What somebody may do with a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Fetch images.
    Pull,
    /// Upload images.
    Push,
    /// See what is there, without fetching it.
    Read,
    /// Remove images.
    Delete,
    /// Make repositories.
    Create,
}

impl Verb {
    /// All of them.
    pub const ALL: [Verb; 5] = [Verb::Pull, Verb::Push, Verb::Read, Verb::Delete, Verb::Create];

    /// The word.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Pull => "pull",
            Verb::Push => "push",
            Verb::Read => "read",
            Verb::Delete => "delete",
            Verb::Create => "create",
        }
    }

    /// The verb that this word names.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.name() == word)
    }

    /// The actions that the verb needs on the repository.
    ///
    /// - *Pull* is what AWS's policy `AmazonEC2ContainerRegistryPullOnly` grants on images, and
    ///   `BatchCheckLayerAvailability`, which AWS's policies for ECS and Fargate have as well.
    /// - *Push* is the minimum of "IAM permissions for pushing an image" (ECR User Guide). Tools that read back what
    ///   they pushed (buildx with a registry cache, cosign) need *pull* beside it.
    /// - *Create* has `TagResource` because AWS asks for it when a repository is made with tags.
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
        };
        names.iter().map(|name| Action::named(name))
    }

    /// The part of [`Verb::actions`] that is enough to do it with tools of one's own, whatever the rest: an image is
    /// fetched by its manifest and its layers, and it is the manifest that `PutImage` puts there, be it one of layers
    /// that are there already.
    pub fn core(self) -> impl Iterator<Item = &'static Action> {
        let names: Option<&[&str]> = match self {
            Verb::Pull => Some(&["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]),
            Verb::Push => Some(&["ecr:PutImage"]),
            Verb::Create => Some(&["ecr:CreateRepository"]),
            Verb::Read | Verb::Delete => None,
        };
        self.actions().filter(move |action| names.is_none_or(|names| names.contains(&action.name)))
    }

    /// Whether it needs a registry login: `ecr:GetAuthorizationToken`, which only `*` grants. The other verbs are API
    /// calls signed with the caller's own credentials.
    pub fn logs_in(self) -> bool {
        matches!(self, Verb::Pull | Verb::Push)
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
