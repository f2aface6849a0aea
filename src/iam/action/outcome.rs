//! Outcomes: what a caller can bring about in a repository, and every action that is enough for it.

use super::Action;

/// What a caller can bring about. Unlike a [verb](super::Verb), which is what a client needs for its job, an outcome has
/// every way in which AWS allows it.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The word for it in an assertion. Verbs have the same word as their outcome.
    pub name: &'static str,
    /// What the caller does, as the end of "which is enough to …".
    pub what: &'static str,
    /// The ways to do it: sets of actions, each of which is enough, whatever tools the caller uses.
    ways: &'static [&'static [&'static str]],
}

/// Every outcome, the verbs first.
///
/// - To download an image, a caller needs its manifest and its layers.
/// - To add an image, `PutImage` is enough, because a manifest can refer to layers that already exist. Replication from
///   another registry needs `ReplicateImage`, and an import through a pull through cache `BatchImportUpstreamImage`.
/// - Images are deleted with their repository, and by the lifecycle policy (ECR API reference, `DeleteRepository` with
///   `force`; ECR user guide, "Automate the cleanup of images").
/// - A tag that is immutable can move after its repository has become mutable, or after the image with the tag was deleted.
/// - Repository and registry policies decide who can use images, and replication copies them to other accounts.
pub static OUTCOMES: &[Outcome] = &[
    Outcome { name: "pull", what: "download images", ways: &[&["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]] },
    Outcome {
        name: "push",
        what: "add images",
        ways: &[&["ecr:PutImage"], &["ecr:ReplicateImage"], &["ecr:BatchImportUpstreamImage"]],
    },
    Outcome {
        name: "read",
        what: "view images",
        ways: &[&["ecr:DescribeRepositories", "ecr:DescribeImages", "ecr:ListImages", "ecr:DescribeImageScanFindings"]],
    },
    Outcome {
        name: "delete",
        what: "delete images",
        ways: &[&["ecr:BatchDeleteImage"], &["ecr:DeleteRepository"], &["ecr:PutLifecyclePolicy"]],
    },
    Outcome { name: "create", what: "create repositories", ways: &[&["ecr:CreateRepository"]] },
    Outcome {
        name: "import",
        what: "import images from an upstream registry",
        ways: &[&["ecr:BatchImportUpstreamImage"]],
    },
    Outcome {
        name: "move-tags",
        what: "move immutable tags",
        ways: &[&["ecr:PutImageTagMutability"], &["ecr:BatchDeleteImage", "ecr:PutImage"]],
    },
    Outcome {
        name: "change-access",
        what: "change who can use images",
        ways: &[
            &["ecr:SetRepositoryPolicy"],
            &["ecr:DeleteRepositoryPolicy"],
            &["ecr:PutRegistryPolicy"],
            &["ecr:DeleteRegistryPolicy"],
            &["ecr:PutReplicationConfiguration"],
        ],
    },
];

impl Outcome {
    /// The outcome with this name.
    pub fn named(word: &str) -> Option<&'static Outcome> {
        OUTCOMES.iter().find(|outcome| outcome.name == word)
    }

    /// The ways to bring it about, each with its actions.
    pub fn ways(&self) -> impl Iterator<Item = Vec<&'static Action>> {
        self.ways.iter().map(|way| way.iter().map(|name| Action::named(name)).collect())
    }
}
