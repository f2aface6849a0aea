//! A pipeline whose tokens its own role refuses.

use serde_json::{Value as Json, json};

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Token;
use crate::permissions::EffectivePermissions;
use crate::permissions::refusal::{Outcome, TokenVerdict, answers};
use crate::platform::pipelines::{Image, Kind};
use crate::platform::{Access, Pipeline};
use crate::principals::kinds::github::Github;
use crate::principals::workflows::{Pinned, repositories};
use crate::principals::{Issuer, Means};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "pipeline-token-refused",
        severity: Severity::Error,
        what: "The role of a pipeline refuses the tokens of the pipeline's own jobs.",
        why: "The pipeline runs for each branch and tag of its access entry, in the environment of the entry. From that follow the \
          claims of the tokens, and the trust policy of the role is evaluated with them. A job whose token is refused fails with \
          AccessDenied and names no claim.",
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
        Kind::Image(image) => Some((pipeline, image)),
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
    for (git_ref, claims) in tokens(access, &pipeline.name)? {
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
        let (place, help) = match condition {
            Some((key, span)) => (span, format!("remove `{key}`, or use a separate access entry for the pipeline")),
            None => (access.span, "use a separate access entry for the pipeline".to_owned()),
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

/// The refs that start the pipeline, and the claims of the tokens of its job there, in each form that the subject can have.
fn tokens(access: &Access, pipeline: &str) -> Option<Vec<(String, Json)>> {
    let github = access.principal_as::<Github>()?;
    let Issuer::Known { host_and_path, audience, .. } = access.principal.issuer() else { return None };
    let of_kind = |kind: &str, names: &Option<Vec<crate::source::Spanned<crate::value::GitRef>>>| {
        // Any name that the pattern matches is one that starts the pipeline.
        let name = |name: &crate::source::Spanned<crate::value::GitRef>| name.as_str().replace(['*', '?'], "x");
        names.iter().flatten().map(|one| format!("refs/{kind}/{}", name(one))).collect::<Vec<String>>()
    };
    let refs = [of_kind("heads", &github.branches), of_kind("tags", &github.tags)].concat();
    let environment = github.environments.iter().flatten().next().map(|environment| environment.as_str());
    let mut tokens = Vec::new();
    for repository in repositories(github) {
        for git_ref in &refs {
            let context = match environment {
                Some(name) => format!("environment:{}", name.replace(':', "%3A")),
                None => format!("ref:{git_ref}"),
            };
            for prefix in prefixes(&repository) {
                tokens.push((git_ref.clone(), json!({
                    "iss": format!("https://{host_and_path}"),
                    "aud": audience,
                    "sub": format!("{prefix}:{context}"),
                    "repository": repository.name.as_str(),
                    "repository_id": repository.repository_id.as_ref().map(|id| id.get().to_string()).unwrap_or_default(),
                    "repository_owner_id": repository.owner_id.as_ref().map(|id| id.get().to_string()).unwrap_or_default(),
                    "ref": git_ref,
                    "environment": environment.unwrap_or_default(),
                    "job_workflow_ref": format!("{}/.github/workflows/{pipeline}.yml@{git_ref}", repository.name.as_str()),
                })));
            }
        }
    }
    Some(tokens)
}

/// The beginning of the subject: without IDs, and with them, if they are known.
fn prefixes(repository: &Pinned) -> Vec<String> {
    let name = repository.name.as_str();
    let classic = format!("repo:{name}");
    let ids = repository.owner_id.as_ref().zip(repository.repository_id.as_ref());
    let immutable = ids
        .zip(name.split_once('/'))
        .map(|((owner_id, id), (owner, name))| format!("repo:{owner}@{}/{name}@{}", owner_id.get(), id.get()));
    [classic].into_iter().chain(immutable).collect()
}
