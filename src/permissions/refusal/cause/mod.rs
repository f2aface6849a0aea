//! The likely cause of a refusal, from the conditions that fail.

mod github;
mod gitlab;
mod hcp;

use super::Case;
use crate::iam::trust::GITHUB;
use crate::principals::kinds::github::Github;
use crate::principals::kinds::gitlab::Gitlab;
use crate::principals::kinds::oidc::Oidc;

/// Declares the causes, each with its name in JSON.
macro_rules! causes {
    ($($(#[doc = $doc:literal])* $Cause:ident = $name:literal,)*) => {
        /// A cause of a refusal.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Cause {
            $($(#[doc = $doc])* $Cause,)*
        }

        impl Cause {
            /// All causes.
            pub const ALL: &[Cause] = &[$(Cause::$Cause),*];

            /// Its name in JSON.
            pub fn name(self) -> &'static str {
                match self {
                    $(Cause::$Cause => $name,)*
                }
            }
        }
    };
}

causes! {
    /// The request names a role that the spec does not have.
    UnknownRole = "unknown-role",
    /// No role trusts this issuer.
    OtherIssuer = "other-issuer",
    /// The issuer of the enterprise, where the spec has that of github.com, or the other way round.
    EnterpriseIssuer = "enterprise-issuer",
    /// Another cluster.
    OtherCluster = "other-cluster",
    /// The token is for another audience.
    Audience = "audience",
    /// The subject contains the IDs of owner and repository, which the spec does not have.
    ImmutableSubject = "immutable-subject",
    /// The subject begins with the ID of the project, which the spec does not have.
    SubjectById = "subject-by-id",
    /// The repository or project has another name now.
    Renamed = "renamed",
    /// The repository has another owner now.
    Transferred = "transferred",
    /// Another repository or project of the same name.
    Recreated = "recreated",
    /// The same name with other capitalization.
    Capitalization = "capitalization",
    /// The job has an environment, where the spec has branches or tags.
    JobEnvironment = "job-environment",
    /// The job has no environment, where the spec has environments.
    NoEnvironment = "no-environment",
    /// The job has another environment.
    OtherEnvironment = "other-environment",
    /// The environment is right and the branch or tag is not.
    RefInEnvironment = "ref-in-environment",
    /// A workflow for a pull request.
    PullRequest = "pull-request",
    /// A pipeline for a merge request.
    MergeRequest = "merge-request",
    /// A branch of the merge queue.
    MergeQueue = "merge-queue",
    /// Another branch.
    OtherBranch = "other-branch",
    /// Another tag.
    OtherTag = "other-tag",
    /// A branch or tag that is not protected.
    UnprotectedRef = "unprotected-ref",
    /// A repository or project of the same name under another owner.
    Fork = "fork",
    /// Another repository or project.
    OtherRepository = "other-repository",
    /// The spec has the repository of a reusable workflow, and the subject that of the calling workflow.
    ReusableWorkflow = "reusable-workflow",
    /// The job is not defined in the reusable workflow of the spec, or in another version of it.
    OtherWorkflow = "other-workflow",
    /// The subject has a form that was customized.
    SubjectTemplate = "subject-template",
    /// Another phase of a run.
    RunPhase = "run-phase",
    /// Another workspace, or a workspace in another project.
    OtherWorkspace = "other-workspace",
    /// A subject that no pattern of the entry matches.
    OtherSubject = "other-subject",
    /// Another service account.
    ServiceAccount = "service-account",
    /// A claim that a CloudTrail event does not have.
    HiddenClaim = "hidden-claim",
}

/// The causes, the most likely first; at least one.
pub(super) fn causes(case: &Case) -> Vec<Cause> {
    let mut found = Vec::new();
    if case.fails("iss") {
        found.push(issuer(case));
        return found;
    }
    if case.fails("aud") {
        found.push(Cause::Audience);
    }
    let of_kind = case.access.map(|access| &access.principal);
    let github = case.access.and_then(|access| access.principal_as::<Github>());
    let gitlab = case.access.and_then(|access| access.principal_as::<Gitlab>());
    let is_oidc = case.access.is_some_and(|access| access.principal_as::<Oidc>().is_some());
    match (github, gitlab, of_kind) {
        (Some(github), ..) => found.extend(github::causes(case, github)),
        (_, Some(gitlab), _) => found.extend(gitlab::causes(case, gitlab)),
        _ if case.fails("sub") && is_oidc => found.push(Cause::OtherSubject),
        _ if case.fails("sub") => found.push(hcp::cause(case)),
        _ => {}
    }
    if found.is_empty() {
        found.push(Cause::HiddenClaim);
    }
    found
}

fn issuer(case: &Case) -> Cause {
    let presented = case.token().issuer.as_deref().unwrap_or_default();
    let accepted = case.role.accepted("iss").next().unwrap_or_default();
    let is_github = |issuer: &str| issuer.split('/').next() == Some(GITHUB);
    let is_cluster = |issuer: &str| issuer.contains("oidc.eks.") || issuer.starts_with("the cluster ");
    match () {
        () if is_github(presented) && is_github(accepted) => Cause::EnterpriseIssuer,
        () if is_cluster(presented) && is_cluster(accepted) => Cause::OtherCluster,
        () => Cause::OtherIssuer,
    }
}
