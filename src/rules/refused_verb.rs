//! Something that a repository's policy cannot let somebody do.

use super::{Finding, Rule, finding};
use crate::access::lambda;
use crate::diagnostic::Severity;
use crate::iam::Action;
use crate::platform::{Platform, Principal};
use crate::spec::access::{Can, Verb};

pub(super) const RULE: Rule = Rule {
    code: "refused-verb",
    severity: Severity::Error,
    what: "`can` names something that this kind of principal cannot do.",
    why: "Accounts and Lambda are let in by the policies of repositories. Such a policy grants what is done with a \
          repository that is there, and Lambda does nothing but pull. The rest would be granted and never work.",
    bad: "
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
    good: "
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
    source: "ECR user guide, \"Private repository policies\"; Lambda developer guide, \"Create a Lambda function using \
             a container image\"",
    check,
};

/// Whom the policies of repositories let in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Guest {
    Accounts,
    Lambda,
}

/// What is refused to whom, and why.
const REFUSED: &[(Guest, Verb, &str)] = &[
    (Guest::Accounts, Verb::Create, "a repository's policy speaks of a repository that is there already"),
    (Guest::Lambda, Verb::Push, "Lambda runs images and makes none; the role of a function can be under `roles`"),
    (Guest::Lambda, Verb::Read, "Lambda fetches images and lists none; the role of a function can be under `roles`"),
    (Guest::Lambda, Verb::Delete, "Lambda runs images and deletes none; the role of a function can be under `roles`"),
    (Guest::Lambda, Verb::Create, "Lambda runs images and makes no repositories for them"),
];

fn check(platform: &Platform) -> Vec<Finding> {
    let mut findings = Vec::new();
    for access in &platform.access {
        let (guest, who) = match &access.principal {
            Principal::Accounts(_) => (Guest::Accounts, "other accounts"),
            Principal::Lambda(_) => (Guest::Lambda, "Lambda"),
            _ => continue,
        };
        for can in &access.can {
            if let Some(reason) = refusal(guest, &can.value) {
                let message = format!("{who} cannot be given `{}`: {reason}", can.as_str());
                let fault = finding(can.span, message).help("leave it out, or give it to another kind of principal");
                findings.push(fault.at(format!("access.{}.can", access.name)));
            }
        }
    }
    findings
}

/// Why a guest cannot be given this. An action that ECR does not have is another rule's.
fn refusal(guest: Guest, can: &Can) -> Option<&'static str> {
    let action = match can {
        Can::Verb(verb) => {
            let refused = REFUSED.iter().find(|(of, refused, _)| *of == guest && refused == verb);
            return refused.map(|(.., reason)| *reason);
        }
        Can::Action(name) => Action::find(name.as_str())?,
    };
    match guest {
        _ if !action.is_scopable() => Some("no repository's policy can grant it, only a policy of their own on `*`"),
        Guest::Lambda if !lambda::ACTIONS.contains(&action.name) => {
            Some("Lambda calls ecr:BatchGetImage and ecr:GetDownloadUrlForLayer and nothing else")
        }
        Guest::Lambda | Guest::Accounts => None,
    }
}
