//! `ecrgen access --token`: why a role refuses a token, and which edit of the spec admits it.

mod events;
mod inputs;
mod report;
mod tokens;

use ecrgen::iam::Token;
use ecrgen::permissions::EffectivePermissions;
use ecrgen::permissions::refusal::TokenAnswer;
use ecrgen::source::{Edit, Sources};

use self::tokens::{Refused, SPEC, all};
use crate::harness::Compiled;

/// Asks a compiled spec about tokens.
fn each_answered<T>(compiled: &Compiled, tokens: &[String], mut look: impl FnMut(&TokenAnswer) -> T) -> Vec<T> {
    let policies = compiled.policies();
    let permissions = [EffectivePermissions::of(&policies)];
    let answer = |text: &String| {
        let token = Token::read(text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
        look(&TokenAnswer::of(&token, &permissions, compiled.sources()))
    };
    tokens.iter().map(answer).collect()
}

/// Asks a compiled spec about one token.
fn answered<T>(compiled: &Compiled, token: &str, look: impl FnMut(&TokenAnswer) -> T) -> T {
    each_answered(compiled, &[token.to_owned()], look).remove(0)
}

/// Whether a role of a compiled spec admits a token.
fn is_admitted(compiled: &Compiled, token: &str) -> bool {
    answered(compiled, token, |answer| answer.is_admitted())
}

/// The spec after the proposed edit for a token, with its summary.
fn edited(compiled: &Compiled, refused: &Refused) -> Option<(String, String)> {
    answered(compiled, &refused.claims.to_string(), |answer| {
        let proposal = answer.proposal.as_ref()?;
        Some((apply(&proposal.edits, compiled.sources()), proposal.summary.clone()))
    })
}

fn apply(edits: &[Edit], sources: &Sources) -> String {
    Edit::apply(edits, sources, edits[0].span.file).expect("the edits do not overlap")
}

#[test]
fn forty_refused_tokens_have_the_right_cause_first() {
    let compiled = Compiled::of(SPEC);
    assert!(all().len() >= 40, "{} tokens", all().len());
    for refused in all() {
        answered(&compiled, &refused.claims.to_string(), |answer| {
            assert!(!answer.is_admitted(), "{}", refused.name);
            let closest = answer.closest().map(|role| role.principal.name.as_str());
            assert_eq!(answer.causes.first(), Some(&refused.cause), "{}: {closest:?}", refused.name);
            let failed = answer.closest().into_iter().flat_map(|role| role.failed()).count();
            assert!(failed > 0, "{}: nothing fails", refused.name);
        });
    }
}

#[test]
fn the_edit_admits_exactly_its_token() {
    let compiled = Compiled::of(SPEC);
    let tokens = all();
    for refused in &tokens {
        let Some((spec, summary)) = edited(&compiled, refused) else {
            assert_eq!(refused.edit, "", "{} has no edit", refused.name);
            continue;
        };
        let words = match refused.edit.strip_prefix('+') {
            Some(_) => "add the access entry `".to_owned(),
            None => format!("`{}", refused.edit),
        };
        let is_expected = summary.contains(&words) || summary.starts_with("replace `") && !refused.edit.is_empty();
        assert!(is_expected, "{}: {summary}, not {:?}", refused.name, refused.edit);
        let changed = Compiled::of(&*spec);
        assert_eq!(changed.errors(), [""; 0], "{}:\n{spec}", refused.name);
        let claims: Vec<String> = tokens.iter().map(|token| token.claims.to_string()).collect();
        let admitted = each_answered(&changed, &claims, |answer| answer.is_admitted());
        let admitted: Vec<&str> =
            tokens.iter().zip(admitted).filter(|(_, is_admitted)| *is_admitted).map(|(token, _)| token.name).collect();
        assert_eq!(admitted, [refused.name], "{spec}");
    }
}
