//! Pipelines of GitLab CI (GitLab documentation, "OpenID Connect (OIDC) authentication using ID tokens" and "Configure
//! OpenID Connect in AWS to retrieve temporary credentials").
//!
//! A subject begins with the project's path, unless the project was told to begin it with its number
//! (`ci_id_token_sub_claim_components`). A path that was given up can become somebody else's, so with the number known
//! the role asks for it: on gitlab.com by a condition of its own, beside both forms of the subject. Of other instances
//! AWS reads subject and audience only; there the number in the subject is the one thing that pins the project.

use crate::decode::{Decode, record};
use crate::iam::trust::GITLAB;
use crate::iam::{Action, Document, Operator, Statement, Text};
use crate::principals::kind::{self, DefaultIssuer, Kind};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, STS_AUDIENCE, Setting, Value, sid};
use crate::source::Spanned;
use crate::value::{Audience, ForgeId, GitRef, GitlabProject, GitlabUrl, ServiceAccount};

use super::comparison;

/// The kind.
pub(crate) static KIND: Kind = Kind {
    key: "gitlab",
    description: "GitLab CI, by OIDC.",
    companions: &[],
    decode: kind::decode::<Gitlab>,
    schema: Gitlab::schema,
    issuer: Some(DefaultIssuer { host_and_path: GITLAB, audience: STS_AUDIENCE }),
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [push], repositories: [shop], gitlab: { project: example/shop, project_id: 3333, branches: [main] } }",
};

record! {
    /// GitLab CI pipelines, in GitLab's words.
    pub struct Gitlab {
        /// The project with its groups, `group/project`, in the case that GitLab shows.
        required project: Spanned<GitlabProject>,
        /// The project's number; pins it against reuse of its path. On an instance of one's own it replaces the path, and the project's tokens have to begin with it (`ci_id_token_sub_claim_components`).
        optional project_id: Spanned<ForgeId>,
        /// Branches whose pipelines may assume the role; the pipeline of a merge request counts as its source branch.
        optional branches: Vec<Spanned<GitRef>>,
        /// Git tags whose pipelines may assume the role.
        optional tags: Vec<Spanned<GitRef>>,
        /// Whether only protected branches and tags are let in; gitlab.com only. Default: false.
        optional protected: Spanned<bool>,
        /// The audience that the jobs ask for under `id_tokens`. Default: `sts.amazonaws.com`.
        optional audience: Spanned<Audience>,
        /// A GitLab of one's own. Default: `https://gitlab.com`.
        optional url: Spanned<GitlabUrl>,
    }
}

impl Principal for Gitlab {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::Roles(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Known { host_and_path: self.issuer_host_and_path().to_owned(), audience: audience(self) }
    }

    fn values(&self) -> Vec<Value<'_>> {
        Vec::new()
    }
}

impl Assumable for Gitlab {
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>] {
        &[]
    }

    fn trust(&self, _: Option<&ServiceAccount>, setting: &Setting) -> Document {
        trust(self, setting)
    }

    fn description(&self, _: &str, _: Option<&ServiceAccount>) -> String {
        format!("GitLab CI of {}", self.project.as_str())
    }

    fn associated(&self) -> Option<&Pods> {
        None
    }
}

impl Gitlab {
    /// Host and path of the issuer of these pipelines' tokens: the address of the instance.
    pub fn issuer_host_and_path(&self) -> &str {
        self.url.as_ref().map_or(GITLAB, |url| url.host_and_path())
    }
}

/// Who can assume the role.
fn trust(gitlab: &Gitlab, setting: &Setting) -> Document {
    let issuer = Text::from(gitlab.issuer_host_and_path());
    let claim = |name: &str| issuer.clone().literal(":").literal(name);
    let mut statement = Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("GitLab"))
        .by(crate::iam::Principal::federated([setting.provider_arn("gitlab", &issuer)]))
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
fn audience(gitlab: &Gitlab) -> &str {
    gitlab.audience.as_ref().map_or(STS_AUDIENCE, |audience| audience.as_str())
}

/// Whether AWS reads more of the tokens than subject and audience.
pub fn on_gitlab_com(gitlab: &Gitlab) -> bool {
    gitlab.issuer_host_and_path() == GITLAB
}
