//! Workflows of GitHub Actions (GitHub documentation, "OpenID Connect reference").
//!
//! The subject of a token has two forms. Repositories that were created, renamed or transferred after 2026-07-15 include
//! the IDs of owner and repository (`repo:O@1/R@2:…`). Older repositories do not (`repo:O/R:…`), unless their owner opts
//! in. If the spec has the IDs, the trust policy lists both forms and pins the IDs in separate conditions, so that a new
//! owner of the same name does not get access.
//!
//! An enterprise can have its own issuer; servers and subdomains of ghe.com always do. The host and path of the issuer are
//! the prefix of the condition keys.

use crate::decode::Decode;
use crate::iam::trust::GITHUB;
use crate::iam::{Action, Document, Operator, Statement, Text};
use crate::principals::kind::{self, DefaultIssuer, Kind};
use crate::principals::workflows::{owner_ids, refs, repositories, repository_ids, subjects};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, STS_AUDIENCE, Setting, Value, sid};
use crate::source::{Span, Spanned};
use crate::value::{ForgeId, GitRef, ServiceAccount};

use super::comparison;

pub use crate::principals::workflows::Github;

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "github",
    description: "GitHub Actions workflows that assume a role through OIDC. At least one of `branches`, `tags`, \
                  `environments` and `pull_requests` is needed. Required unless the entry has another kind of principal. \
                  Example: `github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }`.",
    companions: &[],
    decode: kind::decode::<Github>,
    schema: Github::schema,
    issuer: Some(DefaultIssuer { host_and_path: GITHUB, audience: STS_AUDIENCE }),
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [push], repositories: [shop], github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] } }",
};

impl Principal for Github {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::Roles(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Known { provider: KIND.key, host_and_path: self.issuer_host_and_path(), audience: audience(self) }
    }

    fn values(&self) -> Vec<Value<'_>> {
        Vec::new()
    }
}

impl Assumable for Github {
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>] {
        &[]
    }

    fn trust(&self, _: Option<&ServiceAccount>, setting: &Setting) -> Document {
        trust(self, setting)
    }

    fn description(&self, _: &str, _: Option<&ServiceAccount>) -> String {
        format!("GitHub Actions workflows of {}", owner_of_workflows(self))
    }

    fn condition_on(&self, claim: &str) -> Option<(&'static str, Span)> {
        let id = |id: &Spanned<ForgeId>| id.span;
        let first = |refs: &Vec<Spanned<GitRef>>| refs[0].span;
        Some(match claim {
            "repository_id" => ("repository_id", repositories(self).first()?.repository_id.as_ref().map(id)?),
            "repository_owner_id" => match (&self.owner_id, &self.organization_id) {
                (Some(owner), _) => ("owner_id", owner.span),
                (None, Some(organization)) => ("organization_id", organization.span),
                (None, None) => ("owner_id", repositories(self).first()?.owner_id.as_ref().map(id)?),
            },
            "job_workflow_ref" => ("workflow", self.workflow.as_ref()?.span),
            "ref" => match &self.branches {
                Some(branches) => ("branches", first(branches)),
                None => match (&self.tags, &self.pull_requests) {
                    (Some(tags), _) => ("tags", first(tags)),
                    (None, pull_requests) => ("pull_requests", pull_requests.as_ref()?.span),
                },
            },
            _ => return None,
        })
    }

    fn associated(&self) -> Option<&Pods> {
        None
    }
}

impl Github {
    /// Host and path of the issuer of the workflows' tokens. An enterprise can have its own issuer; every server and every
    /// subdomain of ghe.com has one.
    pub fn issuer_host_and_path(&self) -> String {
        let host = self.url.as_ref().map(|url| url.host_and_path());
        match (&self.enterprise, host) {
            (Some(enterprise), _) => format!("{GITHUB}/{}", enterprise.as_str()),
            (None, Some(host)) if host.ends_with(".ghe.com") => format!("token.actions.{host}"),
            (None, Some(host)) => format!("{host}/_services/token"),
            (None, None) => GITHUB.to_owned(),
        }
    }
}

/// The trust policy of the role.
fn trust(github: &Github, setting: &Setting) -> Document {
    let issuer = github.issuer_host_and_path();
    let claim = |name: &str| Text::from(issuer.as_str()).literal(":").literal(name);
    let mut statement = Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("GitHubActions"))
        .by(crate::iam::Principal::federated([setting.provider_arn("github", &Text::from(issuer.as_str()))]))
        .when(Operator::STRING_EQUALS, claim("aud"), [audience(github)]);
    for (name, ids) in [("repository_id", repository_ids(github)), ("repository_owner_id", owner_ids(github))] {
        if let Some(ids) = ids {
            statement = statement.when(Operator::STRING_EQUALS, claim(name), ids);
        }
    }
    if let Some(workflow) = &github.workflow {
        statement = statement.when(Operator::STRING_EQUALS, claim("job_workflow_ref"), [workflow.as_str()]);
    }
    let refs = refs(github);
    if github.environments.is_some() && !refs.is_empty() {
        statement = statement.when(comparison(&refs), claim("ref"), refs);
    }
    let subjects = subjects(github);
    Document::new([statement.when(comparison(&subjects), claim("sub"), subjects)])
}

/// The audience of the tokens.
fn audience(github: &Github) -> &str {
    github.audience.as_ref().map_or(STS_AUDIENCE, |audience| audience.as_str())
}

/// The repositories or the organization of the workflows, in a few words.
fn owner_of_workflows(github: &Github) -> String {
    let repositories = repositories(github);
    match (repositories.as_slice(), &github.organization) {
        ([one], _) => one.name.as_str().to_owned(),
        ([first, others @ ..], _) => format!("{} and {} other repositories", first.name.as_str(), others.len()),
        ([], Some(organization)) => format!("the organization {}", organization.as_str()),
        ([], None) => unreachable!("the record has exactly one of the three"),
    }
}
