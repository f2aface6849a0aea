//! Something that a kind of principal cannot be given, or has no use for.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Action;
use crate::principals::{Can, Kind};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "refused-verb",
        severity: Severity::Error,
        what: "`can` names something that this kind of principal cannot do, or has no use for.",
        why: "Accounts, Lambda and CodeBuild are let in by the policies of repositories. Such a policy grants what is done with a \
          repository that is there, and Lambda and CodeBuild do nothing but pull. The rest would be granted and never work. Nodes \
          pull, and do nothing else with a registry; what their role may do besides, every pod may that reaches it.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  image-processor:
    can: [push]
    repositories: [shop]
    lambda: { functions: [image-processor] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  image-processor:
    can: [pull]
    repositories: [shop]
    lambda: { functions: [image-processor] }
",
        ),
        source: "ECR user guide, \"Private repository policies\"; Lambda developer guide, \"Create a Lambda function using \
             a container image\"; EKS user guide, \"Amazon EKS node IAM role\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for access in &platform.access {
        for can in &access.can {
            if let Some(reason) = refusal(access.principal.kind(), &can.value) {
                let message = format!("`{}` cannot be given `{}`: {reason}", access.principal.kind().key, can.as_str());
                let fault =
                    RULE.finding(can.span, message).help("leave it out, or give it to another kind of principal");
                findings.push(fault.at(format!("access.{}.can", access.name)));
            }
        }
    }
    findings
}

/// Why a kind of principal cannot be given this. An action that ECR does not have is another rule's.
fn refusal(kind: &Kind, can: &Can) -> Option<&'static str> {
    match can {
        Can::Verb(verb) => kind.refused.iter().find(|(refused, _)| refused == verb).map(|(_, reason)| *reason),
        Can::Action(name) => (kind.refuses)(Action::find(name.as_str())?),
    }
}
