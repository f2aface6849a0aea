//! Trust in GitLab CI (GitLab documentation, "OpenID Connect (OIDC) authentication using ID tokens" and "Configure OpenID
//! Connect in AWS to retrieve temporary credentials").
//!
//! A subject begins with the project's path, unless the project was told to begin it with its number
//! (`ci_id_token_sub_claim_components`). A path that was given up can become somebody else's, so with the number known
//! the role asks for it: on gitlab.com by a condition of its own, beside both forms of the subject. Of other instances
//! AWS reads subject and audience only; there the number in the subject is the one thing that pins the project.

use crate::iam::{Action, Document, Operator, Principal, Statement, Text};
use crate::language::access::Gitlab;
use crate::platform::Platform;
use crate::platform::access::issuer;
use crate::policies::github::comparison;
use crate::policies::permission::sid;
use crate::policies::provider::{self, GITLAB, STS_AUDIENCE};

/// Who may assume the role.
pub fn trust(platform: &Platform, gitlab: &Gitlab) -> Document {
    let issuer = Text::from(issuer::gitlab(gitlab));
    let claim = |name: &str| issuer.clone().literal(":").literal(name);
    let mut statement = Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("GitLab"))
        .by(Principal::federated([provider::arn(platform, "gitlab", &issuer)]))
        .when(Operator::STRING_EQUALS, claim("aud"), [audience(gitlab)]);
    if let (Some(id), true) = (&gitlab.project_id, on_gitlab_com(gitlab)) {
        statement = statement.when(Operator::STRING_EQUALS, claim("project_id"), [id.get().to_string()]);
    }
    if gitlab.protected.as_ref().is_some_and(|protected| protected.value) {
        statement = statement.when(Operator::STRING_EQUALS, claim("ref_protected"), ["true"]);
    }
    let subjects = subjects(gitlab);
    Document::new([statement.when(comparison(&subjects), claim("sub"), subjects)])
}

/// The subjects a role accepts, every form of each; `*` where the spec says so.
pub fn subjects(gitlab: &Gitlab) -> Vec<String> {
    let path = format!("project_path:{}", gitlab.project.as_str());
    let id = gitlab.project_id.as_ref().map(|id| format!("project_id:{}", id.get()));
    let projects = match id {
        Some(id) if on_gitlab_com(gitlab) => vec![path, id],
        Some(id) => vec![id],
        None => vec![path],
    };
    let branches = gitlab.branches.iter().flatten().map(|branch| ("branch", branch.as_str()));
    let tags = gitlab.tags.iter().flatten().map(|tag| ("tag", tag.as_str()));
    let subject = |kind, name| projects.iter().map(move |project| format!("{project}:ref_type:{kind}:ref:{name}"));
    branches.chain(tags).flat_map(|(kind, name)| subject(kind, name)).collect()
}

/// The audience of the tokens.
pub fn audience(gitlab: &Gitlab) -> &str {
    gitlab.audience.as_ref().map_or(STS_AUDIENCE, |audience| audience.as_str())
}

/// Whether AWS reads more of the tokens than subject and audience.
pub fn on_gitlab_com(gitlab: &Gitlab) -> bool {
    issuer::gitlab(gitlab) == GITLAB
}
