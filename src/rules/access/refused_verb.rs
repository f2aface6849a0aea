//! An action that a kind of principal cannot have or cannot use.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Action;
use crate::principals::kinds::accounts;
use crate::principals::{Can, Kind};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "refused-verb",
        severity: Severity::Error,
        what: "`can` lists an action that this kind of principal cannot use.",
        why: "Accounts, Lambda and CodeBuild get access through repository policies. A repository policy only grants actions on \
          a repository that exists, and Lambda and CodeBuild only pull. Anything else would be granted and never \
          work. Nodes only pull, too, and every pod that can reach a node role can use all of its permissions.",
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
            let kind = access.principal.kind();
            if let Some(reason) = refusal(kind, &can.value) {
                let message = format!("{} cannot be granted `{}`: {reason}", called(kind.key), can.as_str());
                let fault = RULE.finding(can.span, message).help(help(kind.key));
                findings.push(fault.at(format!("access.{}.can", access.name)));
            } else if let (Some(role), Some(reason)) = (access.guests.first(), refusal(&accounts::KIND, &can.value)) {
                let message = format!("a role of another account cannot be granted `{}`: {reason}", can.as_str());
                let fault = RULE.finding(can.span, message).and(role.span, "in another account");
                let help = format!("remove `{}`, or the roles of other accounts from this entry", can.as_str());
                findings.push(fault.help(help).at(format!("access.{}.can", access.name)));
            }
        }
    }
    findings
}

/// A kind of principal as AWS calls it.
fn called(kind: &str) -> String {
    match kind {
        "lambda" => "Lambda".to_owned(),
        "codebuild" => "CodeBuild".to_owned(),
        "node_roles" => "a node role".to_owned(),
        other => format!("`{other}`"),
    }
}

/// What to grant instead, and how the code that runs there gets other access.
fn help(kind: &str) -> &'static str {
    match kind {
        "lambda" => {
            "write `can: [pull]`; to give the function's code other access, add an access entry that lists its role under `roles`"
        }
        "codebuild" => {
            "write `can: [pull]`; to give the commands of a build other access, add an access entry that lists the project's role under `roles`"
        }
        "node_roles" => {
            "write `can: [pull]`; to give pods other access, add an access entry with `pod_identity` or `irsa`"
        }
        _ => "remove this verb (or the entry, if it has no other), or grant it to another kind of principal",
    }
}

/// Returns why a kind of principal cannot have this. Actions that ECR does not have are left to `unknown-action`.
fn refusal(kind: &Kind, can: &Can) -> Option<&'static str> {
    match can {
        Can::Verb(verb) => kind.refused.iter().find(|(refused, _)| refused == verb).map(|(_, reason)| *reason),
        Can::Action(name) => (kind.refuses)(Action::find(name.as_str())?),
    }
}
