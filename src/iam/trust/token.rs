//! Checks the conditions of a statement on the tokens of an issuer.

use crate::iam::trust::Weak;
use crate::iam::trust::issuer::Issuer;
use crate::iam::trust::weakness::Weakness;
use crate::iam::trust::wildcard::{has_wildcard, is_wild};
use crate::iam::trust::{github, gitlab, hcp};
use crate::iam::{Bindings, Comparison, Operator, Statement};

/// A condition on one claim of a token.
struct Test {
    operator: Operator,
    claim: String,
    values: Vec<String>,
}

/// The weaknesses in a statement's conditions on the tokens of one issuer.
pub(super) fn weaknesses(statement: &Statement, bindings: &Bindings, issuer: &str, audiences: &[&str]) -> Vec<Weak> {
    let kind = Issuer::of(issuer);
    let (tests, mut found) = tests(statement, bindings, issuer);
    for test in &tests {
        if !kind.has_claim(&test.claim) {
            found.push((Weakness::UnknownClaim, test.claim.clone()));
        }
        if !is_firm(test.operator) {
            found.push((Weakness::VacuousOperator, format!("{} {}", test.operator, test.claim)));
        }
        let dead = test.values.iter().filter(|value| test.operator.comparison().is_literal() && has_wildcard(value));
        found.extend(dead.map(|value| (Weakness::DeadWildcard, value.clone())));
    }
    found.extend(audience_weaknesses(&tests, audiences));
    found.extend(subject_weaknesses(kind, &tests));
    found
}

/// The conditions of the statement on the claims of the issuer, and the keys that only look like claims.
fn tests(statement: &Statement, bindings: &Bindings, issuer: &str) -> (Vec<Test>, Vec<Weak>) {
    let (mut tests, mut found) = (Vec::new(), Vec::new());
    let prefix = format!("{}:", issuer.to_ascii_lowercase());
    for (operator, keys) in &statement.conditions {
        for (key, values) in keys {
            let key = key.bind(bindings).to_ascii_lowercase();
            if let Some(claim) = key.strip_prefix(&prefix) {
                let values = values.iter().map(|value| value.bind(bindings)).collect();
                tests.push(Test { operator: *operator, claim: claim.to_owned(), values });
            } else if key.strip_prefix("https://").is_some_and(|key| key.starts_with(&prefix)) {
                found.push((Weakness::SchemeInKey, key));
            }
        }
    }
    (tests, found)
}

fn audience_weaknesses(tests: &[Test], audiences: &[&str]) -> Vec<Weak> {
    let mut on_audience = tests.iter().filter(|test| test.claim == "aud").peekable();
    if on_audience.peek().is_none() {
        return vec![(Weakness::MissingAudience, String::new())];
    }
    let values = on_audience.filter(|test| is_firm(test.operator)).flat_map(|test| &test.values);
    let foreign = values.filter(|value| !audiences.contains(&value.as_str()));
    foreign.map(|value| (Weakness::ForeignAudience, value.clone())).collect()
}

/// Several conditions on the subject are ANDed, so the narrowest of them decides.
fn subject_weaknesses(issuer: Issuer, tests: &[Test]) -> Vec<Weak> {
    let on_subject: Vec<&Test> = tests.iter().filter(|test| test.claim == "sub").collect();
    let strict = on_subject.iter().filter(|test| is_firm(test.operator) && compares_strings(test.operator));
    let by_condition = strict.map(|test| {
        let live = test.values.iter().filter(|value| !test.operator.comparison().is_literal() || !has_wildcard(value));
        let weak = live.flat_map(|value| {
            let weaknesses = value_weaknesses(issuer, value).into_iter();
            weaknesses.filter_map(|weakness| remaining(weakness, tests)).map(|weakness| (weakness, value.clone()))
        });
        weak.collect::<Vec<_>>()
    });
    match by_condition.max_by_key(|weak| (weak.is_empty(), weak.iter().map(|(weakness, _)| *weakness).min())) {
        Some(weaknesses) => weaknesses,
        // A vacuous condition is already reported as such.
        None if on_subject.iter().any(|test| !is_firm(test.operator)) => Vec::new(),
        None => vec![(Weakness::MissingSubject, String::new())],
    }
}

fn value_weaknesses(issuer: Issuer, subject: &str) -> Vec<Weakness> {
    match issuer {
        _ if is_wild(subject) => vec![Weakness::AnySubject],
        Issuer::Github => github::weaknesses(subject),
        // GitHub Enterprise Server has neither immutable subjects nor claims other than `sub` and `aud`.
        Issuer::GithubServer => {
            github::weaknesses(subject).into_iter().filter(|weakness| *weakness != Weakness::MutableNames).collect()
        }
        Issuer::Gitlab => gitlab::weaknesses(subject),
        // On a self-managed instance, no outsider can take over a path.
        Issuer::Other if gitlab::is_form_of(subject) => {
            gitlab::weaknesses(subject).into_iter().filter(|weakness| *weakness != Weakness::MutableNames).collect()
        }
        Issuer::Hcp => hcp::weaknesses(subject),
        Issuer::Other if has_wildcard(subject) => vec![Weakness::WildcardSubject],
        Issuer::Other => Vec::new(),
    }
}

/// What remains of a weakness if the conditions also fix claims other than the subject.
fn remaining(weakness: Weakness, tests: &[Test]) -> Option<Weakness> {
    use Weakness as W;
    let fixes = |claims: &[&str]| tests.iter().any(|test| claims.contains(&test.claim.as_str()) && fixes_claim(test));
    let repository = fixes(&["repository", "repository_id", "project_id"]);
    let protected = |test: &Test| test.claim == "ref_protected" && fixes_claim(test) && test.values == ["true"];
    let is_settled = match weakness {
        W::AnyOrganization if !repository && fixes(&["repository_owner_id", "namespace_id"]) => {
            return Some(W::OrganizationWide);
        }
        W::AnyOrganization | W::OrganizationWide | W::RepositoryPrefix | W::WildcardIdentifier => repository,
        W::AnyContext | W::AnyBranch | W::AnyTag | W::WildcardRef | W::WildcardEnvironment => {
            fixes(&["ref", "environment"]) || tests.iter().any(protected)
        }
        W::PullRequest => fixes(&["ref"]),
        W::MutableNames => fixes(&["repository_id", "repository_owner_id", "project_id", "namespace_id"]),
        _ => false,
    };
    (!is_settled).then_some(weakness)
}

fn fixes_claim(test: &Test) -> bool {
    is_firm(test.operator) && compares_strings(test.operator) && !test.values.iter().any(|value| has_wildcard(value))
}

/// Whether the condition fails for a token without the claim. `Null` does not restrict the value of the claim.
pub(super) fn is_firm(operator: Operator) -> bool {
    !operator.holds_without_key() && operator.comparison() != Comparison::Null
}

pub(super) fn compares_strings(operator: Operator) -> bool {
    use Comparison as C;
    matches!(operator.comparison(), C::StringEquals | C::StringEqualsIgnoreCase | C::StringLike)
}
