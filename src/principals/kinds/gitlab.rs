//! Pipelines of GitLab CI (GitLab documentation, "OpenID Connect (OIDC) authentication using ID tokens" and "Configure
//! OpenID Connect in AWS to retrieve temporary credentials").
//!
//! A subject begins with the path of the project, unless the project is configured to begin it with its ID
//! (`ci_id_token_sub_claim_components`). Someone else can take over a path that is no longer used, so if the spec has the
//! ID, the role requires it: on gitlab.com in a separate condition, in addition to both forms of the subject. For other
//! instances AWS reads only the subject and the audience, so only the ID in the subject pins the project.

use std::collections::BTreeSet;

use crate::decode::{Decode, Map, record};
use crate::iam::trust::GITLAB;
use crate::iam::{Action, Document, Operator, Statement, Text};
use crate::principals::kind::{self, DefaultIssuer, Kind};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, STS_AUDIENCE, Setting, Value, sid};
use crate::source::{Span, Spanned};
use crate::value::{Audience, ForgeId, GitRef, GitlabProject, GitlabUrl, ServiceAccount};

use super::comparison;

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "gitlab",
    description: "GitLab CI pipelines that assume a role through OIDC. At least one of `branches` and `tags` is needed. \
                  Required unless the entry has another kind of principal. \
                  Example: `gitlab: { project: example/shop, project_id: 3333, branches: [main] }`.",
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
    /// GitLab CI pipelines. The keys are the words that GitLab uses.
    pub struct Gitlab {
        /// Path of the GitLab project with its groups, with the capitalization that GitLab shows. Required unless `projects`
        /// is set. Example: `project: example/shop`.
        optional project: Spanned<GitlabProject>,
        /// Several GitLab projects whose pipelines can assume the role, each with its ID. Required unless `project` is set.
        /// Example: `projects: { example/shop: { project_id: 3333 } }`.
        optional projects: Map<GitlabProject, GitlabIds>,
        /// Numeric ID of the project. It pins the project, so that another project at the same path gets no access. On a
        /// self-hosted instance it replaces the path, and the subject of the project's tokens must begin with it
        /// (`ci_id_token_sub_claim_components`). Default: the project is not pinned. Example: `project_id: 3333`.
        optional project_id: Spanned<ForgeId>,
        /// Git branches whose pipelines can assume the role; `*` matches any characters. The pipeline of a merge request
        /// counts as a pipeline of its source branch. Default: no branches. Example: `branches: [main, "release/*"]`.
        optional branches: Vec<Spanned<GitRef>>,
        /// Git tags whose pipelines can assume the role; `*` matches any characters. Default: no tags.
        /// Example: `tags: ["v*"]`.
        optional tags: Vec<Spanned<GitRef>>,
        /// Whether only the pipelines of protected branches and tags can assume the role; gitlab.com only. Default: `false`.
        /// Example: `protected: true`.
        optional protected: Spanned<bool>,
        /// Audience that the jobs request under `id_tokens`. Default: `sts.amazonaws.com`.
        /// Example: `audience: "https://gitlab.example.com"`.
        optional audience: Spanned<Audience>,
        /// URL of a self-hosted GitLab instance. Default: `https://gitlab.com`.
        /// Example: `url: "https://gitlab.example.com"`.
        optional url: Spanned<GitlabUrl>,
    }
    exactly one of [project, projects]
    at most one of [projects, project_id]
}

record! {
    /// The ID of a GitLab project.
    pub struct GitlabIds {
        /// Numeric ID of the project. It pins the project, so that another project at the same path gets no access. On a
        /// self-hosted instance it replaces the path, and the subject of the project's tokens must begin with it
        /// (`ci_id_token_sub_claim_components`). Default: the project is not pinned. Example: `project_id: 3333`.
        optional project_id: Spanned<ForgeId>,
    }
}

/// A project whose pipelines can assume a role.
pub struct Project<'g> {
    /// Its path.
    pub path: &'g Spanned<GitlabProject>,
    /// Its ID.
    pub id: &'g Option<Spanned<ForgeId>>,
}

/// The projects of an entry; at least one.
pub fn projects(gitlab: &Gitlab) -> Vec<Project<'_>> {
    let one = gitlab.project.iter().map(|path| Project { path, id: &gitlab.project_id });
    let several = gitlab.projects.iter().flat_map(|map| &map.entries);
    one.chain(several.map(|(path, ids)| Project { path, id: &ids.project_id })).collect()
}

impl Principal for Gitlab {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::Roles(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Known {
            provider: KIND.key,
            host_and_path: self.issuer_host_and_path().to_owned(),
            audience: audience(self),
        }
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
        match projects(self).as_slice() {
            [first, others @ ..] if !others.is_empty() => {
                format!("GitLab CI pipelines of {} and {} other projects", first.path.as_str(), others.len())
            }
            projects => format!("GitLab CI pipelines of {}", projects[0].path.as_str()),
        }
    }

    fn condition_on(&self, claim: &str) -> Option<(&'static str, Span)> {
        match claim {
            "project_id" => projects(self)[0].id.as_ref().map(|id| ("project_id", id.span)),
            "ref_protected" => self.protected.as_ref().map(|protected| ("protected", protected.span)),
            _ => None,
        }
    }

    fn associated(&self) -> Option<&Pods> {
        None
    }
}

impl Gitlab {
    /// Host and path of the issuer of the pipelines' tokens, which are those of the instance's URL.
    pub fn issuer_host_and_path(&self) -> &str {
        self.url.as_ref().map_or(GITLAB, |url| url.host_and_path())
    }
}

/// The trust policy of the role.
fn trust(gitlab: &Gitlab, setting: &Setting) -> Document {
    let issuer = Text::from(gitlab.issuer_host_and_path());
    let claim = |name: &str| issuer.clone().literal(":").literal(name);
    let mut statement = Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("GitLab"))
        .by(crate::iam::Principal::federated([setting.provider_arn("gitlab", &issuer)]))
        .when(Operator::STRING_EQUALS, claim("aud"), [audience(gitlab)]);
    // A condition on the IDs of some projects would keep out the others.
    let ids = projects(gitlab).iter().map(|project| project.id.as_ref().map(|id| id.get().to_string())).collect();
    if let (Some::<BTreeSet<String>>(ids), true) = (ids, on_gitlab_com(gitlab)) {
        statement = statement.when(Operator::STRING_EQUALS, claim("project_id"), ids);
    }
    if gitlab.protected.as_ref().is_some_and(|protected| protected.value) {
        statement = statement.when(Operator::STRING_EQUALS, claim("ref_protected"), ["true"]);
    }
    let subjects = subjects(gitlab);
    Document::new([statement.when(comparison(&subjects), claim("sub"), subjects)])
}

/// The subjects that the role accepts, in every form. They contain `*` where the spec has it.
pub fn subjects(gitlab: &Gitlab) -> Vec<String> {
    let of_one = |project: &Project| {
        let path = format!("project_path:{}", project.path.as_str());
        let id = project.id.as_ref().map(|id| format!("project_id:{}", id.get()));
        match id {
            Some(id) if on_gitlab_com(gitlab) => vec![path, id],
            Some(id) => vec![id],
            None => vec![path],
        }
    };
    let projects: Vec<String> = projects(gitlab).iter().flat_map(of_one).collect();
    let branches = gitlab.branches.iter().flatten().map(|branch| ("branch", branch.as_str()));
    let tags = gitlab.tags.iter().flatten().map(|tag| ("tag", tag.as_str()));
    let subject = |kind, name| projects.iter().map(move |project| format!("{project}:ref_type:{kind}:ref:{name}"));
    branches.chain(tags).flat_map(|(kind, name)| subject(kind, name)).collect()
}

/// The audience of the tokens.
fn audience(gitlab: &Gitlab) -> &str {
    gitlab.audience.as_ref().map_or(STS_AUDIENCE, |audience| audience.as_str())
}

/// Whether the tokens are from gitlab.com, for which AWS reads more than the subject and the audience.
pub fn on_gitlab_com(gitlab: &Gitlab) -> bool {
    gitlab.issuer_host_and_path() == GITLAB
}
