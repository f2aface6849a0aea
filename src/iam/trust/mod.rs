//! Checks who can really assume a role under its trust policy.
//!
//! AWS only rejects the most permissive trust policies. This module evaluates a policy as it applies to a token: each
//! statement separately (any of them can allow), each value of a subject separately (any of them can match), and with
//! all other claims that the conditions fix.

mod github;
mod github_subject;
mod gitlab;
mod hcp;
mod issuer;
mod pods;
mod token;
mod weakness;
mod wildcard;

pub use github_subject::{ForgeIds, GithubContext, GithubRepository, GithubSubject};
pub use issuer::{GITHUB, GITLAB, HCP};
pub use weakness::Weakness;

use std::collections::BTreeMap;

use crate::iam::{Bindings, Document, Effect, Element, Principal, PrincipalKind, Statement, Text};

/// Whether AWS reads a claim from tokens of the issuer with this host and path. A condition on any other claim never holds.
pub fn reads_claim(issuer: &str, claim: &str) -> bool {
    issuer::Issuer::of(issuer).has_claim(claim)
}

const WEB_IDENTITY: &str = "sts:AssumeRoleWithWebIdentity";

/// One weakness of a trust policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The statement, counted from 0.
    pub statement: usize,
    /// The weakness.
    pub weakness: Weakness,
    /// The subject, audience, condition key, operator or principal that causes it. Empty if something is missing.
    pub culprit: String,
}

/// The weaknesses of a trust policy, in the order of its statements. `audiences` are the audiences of the tokens for
/// AWS, usually `sts.amazonaws.com`.
///
/// Statements that deny are ignored, because they can only remove access.
pub fn weaknesses(trust: &Document, bindings: &Bindings, audiences: &[&str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, statement) in trust.statements.iter().enumerate() {
        if statement.effect == Effect::Allow {
            let found = statement_weaknesses(statement, bindings, audiences);
            findings.extend(found.into_iter().map(|(weakness, culprit)| Finding {
                statement: index,
                weakness,
                culprit,
            }));
        }
    }
    findings
}

type Weak = (Weakness, String);

fn statement_weaknesses(statement: &Statement, bindings: &Bindings, audiences: &[&str]) -> Vec<Weak> {
    let listed = match &statement.principal {
        Some(Element::Only(Principal::Listed(lists))) => lists,
        Some(_) => return open_to_everyone(statement, bindings, "*"),
        None => return Vec::new(),
    };
    let of_kind = |kind| listed.get(&kind).into_iter().flatten().map(|name| name.bind(bindings));
    if of_kind(PrincipalKind::Aws).any(|name| name == "*") {
        return open_to_everyone(statement, bindings, "AWS: *");
    }
    let takes_tokens = statement.covers_action(WEB_IDENTITY);
    let mut found = mismatches(statement, listed, bindings);
    if of_kind(PrincipalKind::Service).any(|name| name == pods::SERVICE) && statement.covers_action("sts:AssumeRole") {
        found.extend(pods::weakness(statement, bindings));
    }
    for provider in of_kind(PrincipalKind::Federated).filter(|_| takes_tokens) {
        if let Some((_, issuer)) = provider.split_once(":oidc-provider/") {
            found.extend(token::weaknesses(statement, bindings, issuer, audiences));
        }
    }
    found
}

/// Only federated principals present tokens and SAML assertions.
fn mismatches(statement: &Statement, listed: &BTreeMap<PrincipalKind, Vec<Text>>, bindings: &Bindings) -> Vec<Weak> {
    let takes_tokens = statement.covers_action(WEB_IDENTITY) || statement.covers_action("sts:AssumeRoleWithSAML");
    let takes_callers = statement.covers_action("sts:AssumeRole");
    let mismatched = listed.iter().filter(|(kind, _)| match kind {
        PrincipalKind::Federated => !takes_tokens,
        _ => !takes_callers,
    });
    let names = mismatched.flat_map(|(_, names)| names);
    names.map(|name| (Weakness::PrincipalActionMismatch, name.bind(bindings))).collect()
}

/// A wildcard principal is fine if a condition restricts the organization, account or name of the caller.
fn open_to_everyone(statement: &Statement, bindings: &Bindings, culprit: &str) -> Vec<Weak> {
    let binding = statement.conditions.iter().filter(|(operator, _)| !operator.holds_without_key());
    let mut keys = binding.flat_map(|(_, keys)| keys.keys()).map(|key| key.bind(bindings).to_ascii_lowercase());
    // Anyone can give any tag to the principals of their account.
    let identifies = |key: &str| {
        ["arn", "account", "orgid", "orgpaths", "servicename", "servicenameslist"]
            .iter()
            .any(|name| key.strip_prefix("aws:principal") == Some(name))
    };
    if keys.any(|key| identifies(&key)) {
        return Vec::new();
    }
    vec![(Weakness::EveryoneTrust, culprit.to_owned())]
}
