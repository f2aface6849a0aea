//! A pipeline whose tokens its own role refuses.

use serde_json::{Value as Json, json};

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Token;
use crate::permissions::EffectivePermissions;
use crate::permissions::refusal::{Outcome, TokenVerdict, answers};
use crate::platform::pipelines::{Image, Kind, Refs};
use crate::platform::{Access, Pipeline};
use crate::principals::kinds::github::Github;
use crate::principals::workflows::{Pinned, owner_id, repositories};
use crate::principals::{Issuer, Means};
use crate::rules::{Facts, Finding, Rule};
use crate::source::{Span, Spanned};
use crate::value::ForgeId;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "pipeline-token-refused",
        severity: Severity::Error,
        what: "The role of a pipeline refuses the tokens of the pipeline's own jobs.",
        why: "The pipeline runs for the branches and tags of its access entry, in the environment of the entry. From that follow the \
          claims of the tokens, and the trust policy of the role is evaluated with them. A job whose token is refused fails with \
          AccessDenied and names no claim. With `backstage`, it runs in new repositories, whose tokens contain the ID of the \
          organization.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"{sha:8}\" }
repositories: { shop: {} }
access:
  ci:
    can: [push]
    repositories: [shop]
    github:
      repository: example/shop
      owner_id: 1111
      repository_id: 2222
      branches: [main]
      workflow: example/ci/.github/workflows/build.yml@refs/tags/v1
pipelines:
  build: { as: ci }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"{sha:8}\" }
repositories: { shop: {} }
access:
  ci:
    can: [push]
    repositories: [shop]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
pipelines:
  build: { as: ci }
",
        ),
        source: "GitHub documentation, \"OpenID Connect reference\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let images = facts.platform.pipelines.iter().filter_map(|pipeline| match &pipeline.kind {
        Kind::Image(image) => Some((pipeline, &**image)),
        Kind::Checks(_) => None,
    });
    let images: Vec<(&Pipeline, &Image)> = images.collect();
    if images.is_empty() {
        return Vec::new();
    }
    let permissions = EffectivePermissions::of(facts.policies);
    images.into_iter().filter_map(|(pipeline, image)| refused(&permissions, pipeline, image)).collect()
}

/// The finding about the first token that is refused.
fn refused(permissions: &EffectivePermissions, pipeline: &Pipeline, image: &Image) -> Option<Finding> {
    let access = permissions.platform.access.iter().find(|access| access.name == image.access.value)?;
    let role = access.roles.first()?;
    for (git_ref, claims) in tokens(access, &image.refs, &pipeline.name)? {
        let token = Token::read(&claims.to_string()).expect("claims with a subject");
        let answers = answers(permissions, &token);
        let answer = answers.iter().find(|answer| answer.principal.aws_name == role.name)?;
        if answer.verdict() == TokenVerdict::Admitted {
            continue;
        }
        let failed = answer.checks.iter().find(|check| check.outcome != Outcome::Holds);
        let claim = failed.map_or("sub", |check| check.claim.as_str());
        let value = claims.get(claim).and_then(Json::as_str).unwrap_or("missing");
        let message = format!(
            "role `{}` refuses the tokens of pipeline `{}` on `{git_ref}`: the claim `{claim}` is `{value}`",
            role.name, pipeline.name
        );
        let condition = match access.principal.means() {
            Means::Roles(assumable) => assumable.condition_on(claim),
            _ => None,
        };
        let (place, help) = match (condition, unpinned(access)) {
            (Some((key, span)), _) => {
                (span, format!("remove `{key}`, or use a separate access entry for the pipeline"))
            }
            (None, Some((organization, span))) => {
                let id = format!("gh api orgs/{organization} --jq .id");
                (span, format!("add `organization_id`, which is part of the subject in new repositories: {id}"))
            }
            (None, None) => (access.span, "use a separate access entry for the pipeline".to_owned()),
        };
        return Some(
            RULE.finding(place, message)
                .and(image.access.span, "used here")
                .help(help)
                .at(format!("pipelines.{}.as", pipeline.name)),
        );
    }
    None
}

/// The organization of an entry that lacks its ID.
fn unpinned(access: &Access) -> Option<(&str, Span)> {
    let github = access.principal_as::<Github>()?;
    let organization = github.organization.as_ref().filter(|_| owner_id(github).is_none())?;
    Some((organization.as_str(), organization.span))
}

/// The refs that start the pipeline, and the claims of the tokens of its job there, in each form that the subject can have.
fn tokens(access: &Access, refs: &Refs, pipeline: &str) -> Option<Vec<(String, Json)>> {
    let github = access.principal_as::<Github>()?;
    let Issuer::Known { host_and_path, audience, .. } = access.principal.issuer() else { return None };
    let of_kind = |kind: &str, names: &[String]| {
        // Any name that the pattern matches is one that starts the pipeline.
        let name = |name: &String| name.replace(['*', '?'], "x");
        names.iter().map(|one| format!("refs/{kind}/{}", name(one))).collect::<Vec<String>>()
    };
    let refs = [of_kind("heads", &refs.branches), of_kind("tags", &refs.tags)].concat();
    let environment = github.environments.iter().flatten().next().map(|environment| environment.as_str());
    let mut tokens = Vec::new();
    for repository in sources(github) {
        for git_ref in &refs {
            let context = match environment {
                Some(name) => format!("environment:{}", name.replace(':', "%3A")),
                None => format!("ref:{git_ref}"),
            };
            for prefix in repository.prefixes() {
                tokens.push((
                    git_ref.clone(),
                    json!({
                        "iss": format!("https://{host_and_path}"),
                        "aud": audience,
                        "sub": format!("{prefix}:{context}"),
                        "repository": repository.name,
                        "repository_id": repository.id.clone().unwrap_or_default(),
                        "repository_owner_id": repository.owner_id.clone().unwrap_or_default(),
                        "ref": git_ref,
                        "environment": environment.unwrap_or_default(),
                        "job_workflow_ref": format!("{}/.github/workflows/{pipeline}.yml@{git_ref}", repository.name),
                    }),
                ));
            }
        }
    }
    Some(tokens)
}

/// A repository in which the pipeline runs.
struct Source {
    /// Its owner and name.
    name: String,
    /// The ID of its owner, if it is known.
    owner_id: Option<String>,
    /// Its ID, if it is known.
    id: Option<String>,
}

impl Source {
    /// The beginning of the subject: without IDs, and with them, if they are known.
    fn prefixes(&self) -> Vec<String> {
        let classic = format!("repo:{}", self.name);
        let ids = self.owner_id.as_ref().zip(self.id.as_ref()).zip(self.name.split_once('/'));
        let immutable = ids.map(|((owner_id, id), (owner, name))| format!("repo:{owner}@{owner_id}/{name}@{id}"));
        [classic].into_iter().chain(immutable).collect()
    }
}

/// The repositories of an entry. For an organization, one that represents all that Backstage creates.
fn sources(github: &Github) -> Vec<Source> {
    let text = |id: &Option<Spanned<ForgeId>>| id.as_ref().map(|id| id.get().to_string());
    let Some(organization) = &github.organization else {
        let source = |one: &Pinned| Source {
            name: one.name.as_str().to_owned(),
            owner_id: text(one.owner_id),
            id: text(one.repository_id),
        };
        return repositories(github).iter().map(source).collect();
    };
    // New repositories have IDs in their subject, also if the spec does not know them. GitHub Enterprise Server has no such
    // subjects (GitHub documentation, "OpenID Connect reference").
    let is_server = github.url.as_ref().is_some_and(|url| !url.host_and_path().ends_with(".ghe.com"));
    let any = (!is_server).then(|| "1".to_owned());
    let owner_id = text(owner_id(github)).or_else(|| any.clone());
    vec![Source { name: format!("{}/service", organization.as_str()), owner_id, id: any }]
}
