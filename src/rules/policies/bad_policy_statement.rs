//! A raw statement that AWS rejects or that never has an effect.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::repository_statement::{Flaw, flaws};
use crate::iam::{Bindings, Fault, Principal, Problem, Sid, Statement, Step, Text};
use crate::platform::Platform;
use crate::policies::own_role;
use crate::policies::raw_statement::{self, Written};
use crate::rules::{Facts, Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "bad-policy-statement",
        severity: Severity::Error,
        what: "A statement in `policy_statements` is not valid in a repository policy.",
        why: "During the apply, ECR either rejects the whole policy with \"Invalid repository policy provided\" and gives no \
          reason, or it accepts a statement that grants nothing to anyone.",
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
access: { thumbnails: { can: [pull], repositories: [shop], lambda: { functions: [thumbnails] } } }
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
access: { thumbnails: { can: [pull], repositories: [shop], lambda: { functions: [thumbnails] } } }
",
        ),
        source: "ECR user guide, \"Private repository policies\"; IAM user guide, \"Grammar of the IAM JSON policy language\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, policies, .. }: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for repository in platform.all_repositories() {
        let mut names: BTreeMap<Sid, Span> = BTreeMap::new();
        for written in raw_statement::written(platform, repository) {
            match written.read() {
                Err(faults) => findings.extend(faults.iter().map(|fault| unreadable(&written, fault))),
                Ok(statement) => {
                    findings.extend(flawed(&written, &statement, &policies.bindings));
                    findings.extend(misplaced(&written, &statement, platform));
                    let place = written.place(&[Step::Key("Sid".into())]);
                    if let Some(first) = statement.sid.and_then(|sid| names.insert(sid, place)) {
                        let message = Problem::RepeatedSid.to_string();
                        let fault = RULE.finding(place, message).and(first, "first used here");
                        findings
                            .push(fault.help("give each statement in the policy a different Sid").at(&written.path));
                    }
                }
            }
        }
    }
    findings
}

fn unreadable(written: &Written, fault: &Fault) -> Finding {
    let help = match fault.problem {
        Problem::MisplacedKey => "remove it: a repository policy always applies to its own repository",
        Problem::WildcardInPrincipal => {
            "name the account or role in full, and narrow it with a condition such as ArnLike on aws:PrincipalArn"
        }
        _ => "write Effect, Principal and Action, and optionally Sid and Condition, spelled as in IAM",
    };
    RULE.finding(written.place(&fault.at), fault.to_string()).help(help).at(&written.path)
}

fn flawed(written: &Written, statement: &Statement, bindings: &Bindings) -> Vec<Finding> {
    let flaws = flaws(statement, bindings).into_iter();
    flaws
        .map(|(at, flaw)| RULE.finding(written.place(&at), flaw.to_string()).help(help(&flaw)).at(&written.path))
        .collect()
}

/// Roles of this spec under another path. Role names are unique in an account, so no other role can have this ARN.
fn misplaced(written: &Written, statement: &Statement, platform: &Platform) -> Vec<Finding> {
    let mut texts: Vec<(Vec<Step>, &Text)> = Vec::new();
    let step = |key: &str| Step::Key(key.to_owned());
    if let Some(element) = &statement.principal
        && let Principal::Listed(lists) = element.listed()
    {
        for (kind, names) in lists {
            let at = |item| vec![step(&element.key("Principal")), step(kind.name()), Step::Item(item)];
            texts.extend(names.iter().enumerate().map(|(item, name)| (at(item), name)));
        }
    }
    for (operator, keys) in &statement.conditions {
        for (key, values) in keys {
            let Some(name) = key.as_literal().filter(|name| name.eq_ignore_ascii_case("aws:PrincipalArn")) else {
                continue;
            };
            let at = |item| vec![step("Condition"), step(&operator.to_string()), step(name), Step::Item(item)];
            texts.extend(values.iter().enumerate().map(|(item, value)| (at(item), value)));
        }
    }
    let misplaced = texts.into_iter().filter_map(|(at, text)| {
        let text = text.as_literal()?;
        let right = own_role::misplaced(platform, text)?;
        let message = format!("`{text}` does not exist: the role that this spec creates has another path or spelling");
        Some(RULE.finding(written.place(&at), message).help(format!("write `{right}`")).at(&written.path))
    });
    misplaced.collect()
}

fn help(flaw: &Flaw) -> String {
    match flaw {
        Flaw::RegistryAction(action) => {
            format!("remove `{action}` from `Action`; the other account must allow it in an identity policy")
        }
        Flaw::ForeignAction(action) => {
            format!("remove `{action}` from `Action`; a repository policy grants only ECR actions")
        }
        Flaw::NoAction(pattern) => format!("remove `{pattern}` from `Action`, or correct its spelling"),
        Flaw::Principal(name) => format!("write an account ID or the ARN of a role or user instead of `{name}`"),
        Flaw::PrincipalKind(_) => "name the principals under `AWS` or `Service`".to_owned(),
        Flaw::Service(_) => "write the full name of the service principal, such as `lambda.amazonaws.com`".to_owned(),
        Flaw::Partition(arn, partition) => {
            let rest = arn.splitn(3, ':').nth(2).unwrap_or_default();
            format!("write `arn:{partition}:{rest}`")
        }
        Flaw::DeadWildcard(_) => {
            "use `StringLike` or `ArnLike`, which support wildcards, or write the whole value".to_owned()
        }
        Flaw::TokenClaim(key) => {
            format!("remove `{key}`; to restrict who can assume a role, change the trust policy of the role")
        }
        Flaw::Value(_, expected) => format!("write {expected}"),
        Flaw::SessionArn(arn) => match arn.split(['/', ':']).collect::<Vec<_>>().as_slice() {
            ["arn", partition, "sts", "", account, "assumed-role", role, ..] => {
                format!("write `arn:{partition}:iam::{account}:role/{role}`, with the path of the role if it has one")
            }
            _ => "write the ARN of the role".to_owned(),
        },
        Flaw::Source(_, service) if service == "lambda" => {
            "write the ARN of the function, such as `arn:aws:lambda:eu-central-1:222222222222:function:processor`"
                .to_owned()
        }
        Flaw::Source(..) => "write the ARN of the resource that the service works for".to_owned(),
        Flaw::ServiceKey(key) => format!("remove `{key}`, or name the service under `Principal`"),
        Flaw::LocksOut => {
            "exclude your own account from the `Deny`, for example with a condition on `aws:PrincipalAccount`"
                .to_owned()
        }
    }
}
