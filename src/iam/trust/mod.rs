//! Whom a role's trust policy really lets in.
//!
//! AWS refuses only the emptiest of trust policies, so this reads them the way a token would meet them: statement by
//! statement (any of them may admit), each value of a subject by itself (any of them may match), and every claim that
//! is fixed beside the subject taken into account.

mod github;
mod gitlab;
mod hcp;
mod issuer;
mod pods;
mod token;
mod weakness;

pub use issuer::{GITHUB, GITLAB, HCP};
pub use weakness::Weakness;

use std::collections::BTreeMap;

use crate::iam::bindings::Bindings;
use crate::iam::document::Document;
use crate::iam::principal::{Principal, PrincipalKind};
use crate::iam::statement::{Effect, Scope, Statement};
use crate::iam::text::Text;

const WEB_IDENTITY: &str = "sts:AssumeRoleWithWebIdentity";

/// One weakness of a trust policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The statement, counted from 0.
    pub statement: usize,
    /// What is weak.
    pub weakness: Weakness,
    /// The subject, audience, condition key, operator or principal that makes it so; empty when something is missing.
    pub culprit: String,
}

/// The weaknesses of a trust policy, in the order of its statements. `audiences` are the audiences that tokens for AWS
/// carry here, usually `sts.amazonaws.com`.
///
/// Statements that deny are left out of account: they can only take away.
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
        Some(Scope::Only(Principal::Listed(lists))) => lists,
        Some(_) => return everyone(statement, bindings, "*"),
        None => return Vec::new(),
    };
    let of_kind = |kind| listed.get(&kind).into_iter().flatten().map(|name| name.bind(bindings));
    if of_kind(PrincipalKind::Aws).any(|name| name == "*") {
        return everyone(statement, bindings, "AWS: *");
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

/// Tokens and SAML assertions are presented by federated principals, and by nobody else.
fn mismatches(statement: &Statement, listed: &BTreeMap<PrincipalKind, Vec<Text>>, bindings: &Bindings) -> Vec<Weak> {
    let takes_tokens = statement.covers_action(WEB_IDENTITY) || statement.covers_action("sts:AssumeRoleWithSAML");
    let takes_callers = statement.covers_action("sts:AssumeRole");
    let unfit = listed.iter().filter(|(kind, _)| match kind {
        PrincipalKind::Federated => !takes_tokens,
        _ => !takes_callers,
    });
    let names = unfit.flat_map(|(_, names)| names);
    names.map(|name| (Weakness::PrincipalActionMismatch, name.bind(bindings))).collect()
}

/// A condition on the caller's organization, account or name is how such a policy is meant.
fn everyone(statement: &Statement, bindings: &Bindings, culprit: &str) -> Vec<Weak> {
    let binding = statement.conditions.iter().filter(|(operator, _)| !operator.holds_without_key());
    let mut keys = binding.flat_map(|(_, keys)| keys.keys()).map(|key| key.bind(bindings).to_ascii_lowercase());
    if keys.any(|key| key.starts_with("aws:principal")) {
        return Vec::new();
    }
    vec![(Weakness::EveryoneTrust, culprit.to_owned())]
}
