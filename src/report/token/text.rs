//! The answer as text.

use super::causes::sentences;
use super::changes::changes;
use super::on_one_line;
use crate::iam::Origin;
use crate::permissions::refusal::{Check, Outcome, Proposal, RoleAnswer, TokenAnswer, TokenVerdict};
use crate::prose::{NAMED, few, named};
use crate::report::layout::{fit, wrapped};
use crate::report::style::Style;
use crate::source::Sources;

/// The answer, the conditions of the closest role, the likely cause, and the edit of the spec.
pub fn text(answer: &TokenAnswer, sources: &Sources, style: Style) -> String {
    let columns = style.columns();
    let mut text = headline(answer);
    text += &token(answer);
    if let Some(role) = answer.closest() {
        text += &closest(answer, role);
    }
    if !answer.causes.is_empty() {
        text += "\nLikely cause\n\n";
        for cause in &answer.causes {
            text += &wrapped(columns, &sentences(answer, *cause), 2, 2);
        }
    }
    if let Some(proposal) = &answer.proposal {
        text += &edit(answer, proposal, sources, columns);
    }
    text += &others(answer);
    let text: String = text.lines().map(|line| style.charset.sanitize(line) + "\n").collect();
    fit(&text, style.width)
}

fn headline(answer: &TokenAnswer) -> String {
    let admitting = answer.roles.iter().filter(|role| role.is_admitted() && is_asked(answer, role));
    let names: Vec<String> = admitting.map(name).collect();
    match (answer.is_admitted(), answer.token.requested_role(), &answer.token.origin) {
        (true, _, Origin::GithubSetting { .. }) => {
            format!("yes: {} can admit tokens with this subject\n", names.join(", "))
        }
        (true, ..) => format!("yes: {} admits this token\n", names.join(", ")),
        (false, Some(requested), _) => format!("no: {} does not admit this token\n", on_one_line(requested)),
        (false, None, _) => "no: no role of this spec admits this token\n".into(),
    }
}

fn is_asked(answer: &TokenAnswer, role: &RoleAnswer) -> bool {
    answer.token.requested_role().is_none() || role.is_requested
}

fn name(role: &RoleAnswer) -> String {
    format!("{} (role {})", role.principal.name, role.principal.aws_name)
}

fn token(answer: &TokenAnswer) -> String {
    let token = answer.token;
    let mut rows = vec![("issuer", token.issuer.clone().unwrap_or_else(|| "not known".into()))];
    match &token.origin {
        Origin::GithubSetting { prefix, .. } => rows.push(("subject", format!("{prefix}:..."))),
        _ => rows.push(("subject", token.subject().unwrap_or("not known").to_owned())),
    }
    let audience = token.values("aud").join(", ");
    rows.push(("audience", if audience.is_empty() { "not known".into() } else { audience }));
    if let Origin::Event { error: Some(error), .. } = &token.origin {
        rows.push(("AWS's error", error.clone()));
    }
    rows.iter().map(|(name, value)| format!("  {name:<12}{}\n", on_one_line(value))).collect()
}

fn closest(answer: &TokenAnswer, role: &RoleAnswer) -> String {
    let scope = &role.permissions.platform.scope;
    let title = match (role.is_requested, role.is_admitted()) {
        (true, _) => "Requested role",
        (false, true) => "Role",
        (false, false) => "Closest role",
    };
    let heading = format!("{title}: {}, {}, {}", name(role), scope.platform, scope.environment);
    let rows: String = role.checks.iter().map(|check| condition(check, &answer.token.origin)).collect();
    format!("\n{heading}\n\n{rows}")
}

fn presented(check: &Check) -> String {
    on_one_line(&check.presented.join(", "))
}

/// One condition. If it fails, both values are on lines of their own.
fn condition(check: &Check, origin: &Origin) -> String {
    let claim = if check.claim == "iss" { "issuer" } else { &check.claim };
    let accepted = || {
        let more = check.accepted.len().saturating_sub(1);
        let rest = if more == 0 { String::new() } else { format!(" or {more} more") };
        check.nearest().unwrap_or_default().to_owned() + &rest
    };
    match check.outcome {
        Outcome::Holds => format!("  ok       {claim}: {}\n", presented(check)),
        Outcome::Assumed => format!("  assumed  {claim}: {} is the issuer of {}\n", presented(check), accepted()),
        Outcome::Unknown => {
            let place = if matches!(origin, Origin::Event { .. }) { "the event" } else { "the input" };
            format!("  unknown  {claim}: the role requires {}, {place} does not contain it\n", accepted())
        }
        Outcome::Fails => {
            let presented = match check.presented.is_empty() {
                true => "(the token does not have this claim)".to_owned(),
                false => self::presented(check),
            };
            format!("  differs  {claim}\n    token    {presented}\n    role     {}\n", accepted())
        }
    }
}

fn edit(answer: &TokenAnswer, proposal: &Proposal, sources: &Sources, columns: usize) -> String {
    let mut text = format!("\nSmallest edit of the spec that admits this token\n\n  {}\n", proposal.summary);
    for changes in changes(proposal, sources) {
        text += &format!("    --> {}:{}\n", changes.file, changes.line);
        let lines =
            |sign: &str, lines: &[String]| lines.iter().map(|line| format!("    {sign}{line}\n")).collect::<String>();
        text += &(lines("-", &changes.before) + &lines("+", &changes.after));
    }
    text += &wrapped(columns, &format!("It also admits {}.", proposal.also_admits), 2, 2);
    if !proposal.assertions.is_empty() {
        let names = named(proposal.assertions.iter().map(String::as_str), NAMED);
        text += &wrapped(
            columns,
            &format!("Add the new entry to `only` of the assertions that name the present one: {names}."),
            2,
            2,
        );
    }
    if let (true, Some(role)) = (proposal.creates_role, answer.closest()) {
        text += &wrapped(
            columns,
            &format!("The job must then request the new role instead of {}.", role.principal.aws_name),
            2,
            2,
        );
    }
    text
}

/// One line for each other role.
fn others(answer: &TokenAnswer) -> String {
    let others = answer.roles.iter().enumerate().filter(|(at, _)| Some(*at) != answer.closest);
    let rows: Vec<String> = others.map(|(_, role)| format!("  {}: {}\n", name(role), short(role))).collect();
    if rows.is_empty() { String::new() } else { format!("\nOther roles\n\n{}", rows.concat()) }
}

fn short(role: &RoleAnswer) -> String {
    match (role.verdict(), role.failed().next()) {
        (TokenVerdict::Admitted, _) | (TokenVerdict::Refused, None) => "admits the token".into(),
        (TokenVerdict::Conditional, _) => {
            let claims: Vec<&str> = role.unknown().map(|check| check.claim.as_str()).collect();
            format!("admits the token if {} is right", claims.join(", "))
        }
        (TokenVerdict::Refused, Some(check)) => {
            let claim = if check.claim == "iss" { "issuer" } else { &check.claim };
            format!("{claim} must be {}", few(check.nearest().into_iter(), 1))
        }
    }
}
