//! A raw statement that AWS refuses, or that nothing ever comes of.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::repository_statement::flaws;
use crate::iam::{Bindings, Fault, Problem, Sid, Step};
use crate::policies::raw_statement::{self, Written};
use crate::rules::{Facts, Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "bad-policy-statement",
        severity: Severity::Error,
        what: "A statement under `policy_statements` is none that a repository's policy can have.",
        why: "ECR refuses the whole policy with \"Invalid repository policy provided\" and does not say why, at the apply; \
          or it takes a statement that grants nothing to anybody.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    policy_statements:
      - Effect: Allow
        Principal: { AWS: \"arn:aws:iam::222222222222:root\" }
        Action: [ecr:BatchGetImage, ecr:GetAuthorizationToken]
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    policy_statements:
      - Effect: Allow
        Principal: { AWS: \"arn:aws:iam::222222222222:root\" }
        Action: [ecr:BatchGetImage, ecr:GetDownloadUrlForLayer]
",
        ),
        source: "ECR user guide, \"Private repository policies\"; IAM User Guide, \"Grammar of the IAM JSON policy language\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, policies }: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for repository in &platform.repositories {
        let mut names: BTreeMap<Sid, Span> = BTreeMap::new();
        for written in raw_statement::written(repository) {
            match written.read() {
                Err(faults) => findings.extend(faults.iter().map(|fault| unreadable(&written, fault))),
                Ok(statement) => {
                    findings.extend(flawed(&written, &statement, &policies.bindings));
                    let place = written.place(&[Step::Key("Sid".into())]);
                    if let Some(first) = statement.sid.and_then(|sid| names.insert(sid, place)) {
                        let message = Problem::RepeatedSid.to_string();
                        let fault = RULE.finding(place, message).and(first, "the earlier one");
                        findings.push(fault.help("names of statements differ within a policy").at(&written.path));
                    }
                }
            }
        }
    }
    findings
}

fn unreadable(written: &Written, fault: &Fault) -> Finding {
    let help = match fault.problem {
        Problem::MisplacedKey => "leave it out: the policy of a repository speaks of that repository",
        Problem::WildcardInPrincipal => {
            "name the account or the role in full, and narrow it by a condition such as ArnLike aws:PrincipalArn"
        }
        _ => "a statement has Effect, Principal and Action, and may have Sid and Condition, in IAM's spelling",
    };
    RULE.finding(written.place(&fault.at), fault.to_string()).help(help).at(&written.path)
}

fn flawed(written: &Written, statement: &crate::iam::Statement, bindings: &Bindings) -> Vec<Finding> {
    let flaws = flaws(statement, bindings).into_iter();
    let help = "AWS refuses it or never matches it: correct it or leave it out";
    flaws.map(|(at, flaw)| RULE.finding(written.place(&at), flaw.to_string()).help(help).at(&written.path)).collect()
}
