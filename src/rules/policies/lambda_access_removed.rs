//! A repository policy that removes what Lambda added to it.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::{Element, Principal, PrincipalKind, Statement, Text};
use crate::platform::Repository;
use crate::prose::named;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "lambda-access-removed",
        severity: Severity::Note,
        what: "A repository gets a policy, and no `lambda` entry grants access to it.",
        why: "When a Lambda function is created from an image in its own account, Lambda adds a statement to the repository \
          policy. Terraform manages the whole policy, so the next apply removes that statement. The function fails weeks \
          later, when Lambda pulls its image again. If no function runs these images, waive the finding.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  partner: { can: [pull], repositories: [shop], accounts: [\"123456789012\"] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  partner: { can: [pull], repositories: [shop], accounts: [\"123456789012\"] }
  image-processor: { can: [pull], repositories: [shop], lambda: { functions: [image-processor] } }
",
        ),
        source: "Lambda developer guide, \"Create a Lambda function using a container image\", \"Amazon ECR permissions\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let Facts { platform, policies, .. } = facts;
    if !facts.know(&["access"]) {
        return Vec::new();
    }
    let without = |repository: &&Repository| {
        policies.of_repository(&repository.key).is_some_and(|policy| !policy.statements.iter().any(names_lambda))
    };
    let repositories: Vec<&Repository> = platform.repositories.iter().filter(without).collect();
    let Some(first) = repositories.first() else { return Vec::new() };
    let names = named(repositories.iter().map(|repository| repository.key.as_str()), 3);
    let (policies, remove) = match repositories.len() {
        1 => ("the policy of repository", "removes"),
        _ => ("the policies of repositories", "remove"),
    };
    let message = format!("{policies} {names} {remove} the access that Lambda added for functions in this account");
    let help = "add an access entry with `lambda: { functions: [NAME] }`; if no function uses the repository, waive this note at `repositories`";
    vec![
        RULE.finding(first.span, message)
            .label("its policy does not grant access to Lambda")
            .help(help)
            .at("repositories"),
    ]
}

/// Whether a statement is about the Lambda service.
fn names_lambda(statement: &Statement) -> bool {
    let Some(Element::Only(Principal::Listed(by))) = &statement.principal else { return false };
    let services = by.get(&PrincipalKind::Service).into_iter().flatten();
    services.filter_map(Text::as_literal).any(|service| service == "lambda.amazonaws.com")
}
