//! Something that a kind of principal cannot be given, or has no use for.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Action;
use crate::language::access::{Can, Verb};
use crate::platform::{Platform, Principal};
use crate::policies::lambda;
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "refused-verb",
        severity: Severity::Error,
        what: "`can` names something that this kind of principal cannot do, or has no use for.",
        why: "Accounts and Lambda are let in by the policies of repositories. Such a policy grants what is done with a \
          repository that is there, and Lambda does nothing but pull. The rest would be granted and never work. Nodes \
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

/// What is refused to which kind of principal, and why. All other pairs are legal.
const REFUSED: &[(&str, Verb, &str)] = &[
    ("accounts", Verb::Create, "a repository's policy speaks of a repository that is there already"),
    ("lambda", Verb::Push, "Lambda runs images and makes none; the role of a function can be under `roles`"),
    ("lambda", Verb::Read, "Lambda fetches images and lists none; the role of a function can be under `roles`"),
    ("lambda", Verb::Delete, "Lambda runs images and deletes none; the role of a function can be under `roles`"),
    ("lambda", Verb::Create, "Lambda runs images and makes no repositories for them"),
    ("node_roles", Verb::Push, "the kubelet only pulls; pods that build images can be under `pod_identity` or `irsa`"),
    ("node_roles", Verb::Delete, "the kubelet only pulls; pods that clean up can be under `pod_identity` or `irsa`"),
    ("node_roles", Verb::Create, "the kubelet only pulls, from repositories that are there"),
];

fn check(platform: &Platform) -> Vec<Finding> {
    let mut findings = Vec::new();
    for access in &platform.access {
        for can in &access.can {
            if let Some(reason) = refusal(&access.principal, &can.value) {
                let message = format!("`{}` cannot be given `{}`: {reason}", access.principal.kind(), can.as_str());
                let fault =
                    RULE.finding(can.span, message).help("leave it out, or give it to another kind of principal");
                findings.push(fault.at(format!("access.{}.can", access.name)));
            }
        }
    }
    findings
}

/// Why somebody cannot be given this. An action that ECR does not have is another rule's.
fn refusal(principal: &Principal, can: &Can) -> Option<&'static str> {
    let action = match can {
        Can::Verb(verb) => {
            let refused = REFUSED.iter().find(|(of, refused, _)| *of == principal.kind() && refused == verb);
            return refused.map(|(.., reason)| *reason);
        }
        Can::Action(name) => Action::find(name.as_str())?,
    };
    match principal {
        principal if principal.is_guest() && !action.is_scopable() => {
            Some("no repository's policy can grant it, only a policy of their own on `*`")
        }
        Principal::Lambda(_) if !lambda::ACTIONS.contains(&action.name) => {
            Some("Lambda calls ecr:BatchGetImage and ecr:GetDownloadUrlForLayer and nothing else")
        }
        _ => None,
    }
}
