//! Permissions as text, at most 100 columns wide unless a name is longer, and no wider than the terminal.

use std::fmt::Write;

use super::words::{
    NOTE_ON_ESTIMATES, NOTE_ON_EVENTS, Table, elsewhere, has_estimates, has_events, judged, mark, other_actions,
    shown_verbs, tables, title, unjudged,
};
use crate::iam::Effect;
use crate::permissions::{EffectivePermissions, Kind, Principal, TrustStatement};
use crate::policies::split::MOST_POLICIES;
use crate::report::layout::{fit, fold, wrapped};
use crate::report::numbers::thousands;
use crate::report::style::Style;

/// Access to each repository, the principals, and the policy sizes.
pub fn text(permissions: &EffectivePermissions, style: Style) -> String {
    let platform = permissions.platform;
    let mut text = format!("{}, {} ({})\n", platform.scope.platform, platform.scope.environment, platform.region);
    tables(permissions).into_iter().for_each(|table| matrix(table, style.columns(), &mut text));
    principals(permissions, style.columns(), &mut text);
    sizes(permissions, style.columns(), &mut text);
    let text: String = text.lines().map(|line| style.charset.sanitize(line).trim_end().to_owned() + "\n").collect();
    fit(&text, style.width)
}

fn matrix(Table { repositories, granted, remarks }: Table, columns: usize, text: &mut String) {
    text.push('\n');
    *text += &wrapped(columns, &format!("Access to {repositories}"), 0, 2);
    text.push('\n');
    if granted.is_empty() {
        text.push_str("  no one has access\n");
        return;
    }
    let width =
        granted.iter().map(|(principal, _)| principal.name.chars().count()).max().unwrap_or(0).max("principal".len());
    let verbs = shown_verbs(&granted);
    let row = |who: &str, verbs: Vec<String>, others: &str| {
        let verbs: String = verbs.iter().map(|verb| format!("{verb:8}")).collect();
        let line = format!("  {who:width$}  {verbs}");
        let indent = line.chars().count();
        let folded = fold(others, columns.saturating_sub(indent).max(30));
        let rest = folded.iter().skip(1).map(|more| format!("{}{more}\n", " ".repeat(indent)));
        format!("{line}{}\n{}", folded.first().map_or("", String::as_str), rest.collect::<String>())
    };
    *text += &row("principal", verbs.iter().map(ToString::to_string).collect(), "other actions");
    for (principal, granted) in granted {
        *text +=
            &row(&principal.name, verbs.iter().map(|verb| mark(granted, *verb)).collect(), &other_actions(granted));
    }
    for remark in remarks {
        *text += &wrapped(columns, &remark, 2, 4);
    }
}

fn principals(permissions: &EffectivePermissions, columns: usize, text: &mut String) {
    if permissions.principals.is_empty() {
        text.push_str("\nNo principals.\n");
        return;
    }
    text.push_str("\nPrincipals\n");
    for principal in &permissions.principals {
        let Kind::Role { description, .. } = &principal.kind else {
            let _ = write!(text, "\n  {}: {}\n", principal.name, title(principal));
            *text += &wrapped(columns, elsewhere(&principal.kind), 4, 4);
            continue;
        };
        text.push('\n');
        *text += &wrapped(columns, &format!("{}: {}. {description}.", principal.name, title(principal)), 2, 4);
        for trust_statement in permissions.trust_statements(principal) {
            trust(&trust_statement, columns, text);
        }
        text.extend(unjudged(principal).map(|sentence| wrapped(columns, &sentence, 4, 6)));
        for weak in permissions.weaknesses(principal) {
            let culprit = if weak.culprit.is_empty() { String::new() } else { format!(": {}", weak.culprit) };
            *text += &wrapped(columns, &format!("weak ({}): {}{culprit}", weak.weakness.code(), weak.weakness), 4, 6);
        }
    }
    if has_events(permissions) {
        text.push('\n');
        *text += &wrapped(columns, NOTE_ON_EVENTS, 2, 2);
    }
}

/// One statement of a trust policy. Subjects with the same meaning are listed together.
fn trust(trust_statement: &TrustStatement, columns: usize, text: &mut String) {
    let verb = if trust_statement.effect == Effect::Allow { "trusts" } else { "denies" };
    let mut last = None;
    for subject in &trust_statement.subjects {
        let meaning = (&subject.who, &subject.event);
        if last != Some(meaning) {
            *text += &wrapped(columns, &format!("{verb} {}", subject.who), 4, 6);
            text.extend(subject.event.iter().map(|event| wrapped(columns, &format!("events: {event}"), 6, 8)));
            last = Some(meaning);
        }
        let _ = writeln!(text, "      {}", subject.text);
    }
    if !trust_statement.conditions.is_empty() {
        *text += &wrapped(columns, &format!("only if {}", trust_statement.conditions.join(" and ")), 4, 6);
    }
}

fn sizes(permissions: &EffectivePermissions, columns: usize, text: &mut String) {
    if permissions.documents.is_empty() {
        return;
    }
    text.push_str("\nPolicy sizes, in characters as AWS counts them\n\n");
    let width = permissions.documents.iter().map(|policy| policy.title().chars().count()).max().unwrap_or(0).min(78);
    for policy in permissions.documents {
        let (about, verdict) = judged(permissions, policy);
        let (title, limit) = (policy.title(), thousands(policy.kind.limit()));
        let size = format!("{about}{}", thousands(policy.characters(permissions.bindings)));
        let _ = writeln!(text, "  {title:width$}  {size:>7} of {limit:>6}{verdict}");
    }
    if has_estimates(permissions) {
        text.push('\n');
        *text += &wrapped(columns, NOTE_ON_ESTIMATES, 2, 2);
    }
    let roles = permissions.principals.iter().filter(|principal| principal.kind.has_policies());
    let Some(most) = roles.clone().map(Principal::attached).max() else { return };
    let who: Vec<&str> = roles.filter(|role| role.attached() == most).map(|role| role.name.as_str()).collect();
    let some = if who.len() > 3 { format!("{} roles", who.len()) } else { who.join(", ") };
    let sentence = format!(
        "No role has more than {} from this spec ({some}); AWS allows {MOST_POLICIES} per role by default. Policies that \
         are attached to existing roles elsewhere are not counted.",
        policies(most)
    );
    text.push('\n');
    *text += &wrapped(columns, &sentence, 2, 2);
}

fn policies(n: usize) -> String {
    if n == 1 { "1 managed policy".to_owned() } else { format!("{n} managed policies") }
}
