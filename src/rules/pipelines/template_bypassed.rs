//! A pipeline that creates the repositories of new services before ECR can create them from a template.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Pipeline;
use crate::platform::pipelines::Kind;
use crate::platform::repositories::template::Occasion;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "template-bypassed",
        severity: Severity::Warning,
        what: "A pipeline creates the repositories of new services itself, so they do not get the settings of the template.",
        why: "ECR applies a template only to repositories that it creates itself. `ensure_repository` creates the repository \
          before the first push, with the defaults of ECR: mutable tags, the encryption `aes256` and no lifecycle policy, so that \
          images are never deleted. Without `ensure_repository`, the first push creates the repository from a template with \
          `created_by: [push]`.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
account: \"111111111111\"
image_tags: { build: \"{sha:8}\" }
repository_templates: { team: { created_by: [push], retention: [{ keep: 10, of: build }] } }
access:
  ci:
    can: [push, create]
    repositories: [team]
    github: { organization: example, organization_id: 1111, branches: [main] }
pipelines:
  build: { as: ci, ensure_repository: true, backstage: { owner: platform-team } }
waive:
  organization-wide-trust: { at: [access.ci], reason: every service pushes its images }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
account: \"111111111111\"
image_tags: { build: \"{sha:8}\" }
repository_templates: { team: { created_by: [push], retention: [{ keep: 10, of: build }] } }
access:
  ci:
    can: [push, create]
    repositories: [team]
    github: { organization: example, organization_id: 1111, branches: [main] }
pipelines:
  build: { as: ci, backstage: { owner: platform-team } }
waive:
  organization-wide-trust: { at: [access.ci], reason: every service pushes its images }
",
        ),
        source: "ECR user guide, \"Templates to control repositories created during a pull through cache, create on push, or \
                 replication action\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let finding = |pipeline: &Pipeline| {
        let Kind::Image(image) = &pipeline.kind else { return None };
        let (backstage, ensures) = (image.backstage.as_ref()?, image.ensure_repository?);
        let template = facts.platform.template(&backstage.prefix)?;
        let message = format!(
            "repositories that `ensure_repository` creates do not get the settings of the template `{}`",
            template.prefix()
        );
        let help = match template.is_for(Occasion::Push) {
            true => "remove it: the first push creates the repository from the template",
            false => "remove it, and add `push` to `created_by` of the template",
        };
        let found = RULE.finding(ensures, message).and(template.created.span, "the template").help(help);
        Some(found.at(format!("pipelines.{}.ensure_repository", pipeline.name)))
    };
    facts.platform.pipelines.iter().filter_map(finding).collect()
}
