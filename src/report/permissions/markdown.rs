//! Permissions as Markdown, for a comment on a pull request.

use std::fmt::Write;

use super::words::{
    NOTE_ON_ESTIMATES, NOTE_ON_EVENTS, Table, elsewhere, has_estimates, has_events, judged, mark, other_actions,
    shown_verbs, tables, title, unjudged,
};
use crate::escape::markdown::{code, text as plain};
use crate::iam::Effect;
use crate::permissions::{EffectivePermissions, Kind};
use crate::report::numbers::thousands;

/// Access to each repository, the principals, and the policy sizes.
pub fn markdown(permissions: &EffectivePermissions) -> String {
    let platform = permissions.platform;
    let scope = &platform.scope;
    let mut text =
        format!("## Access: {}, {} ({})\n", plain(&scope.platform), plain(&scope.environment), platform.region);
    tables(permissions).into_iter().for_each(|table| matrix(table, &mut text));
    principals(permissions, &mut text);
    sizes(permissions, &mut text);
    text
}

fn matrix(Table { repositories, granted, remarks }: Table, text: &mut String) {
    let _ = write!(text, "\n### Access to {}\n\n", plain(&repositories));
    if granted.is_empty() {
        text.push_str("No one has access.\n");
        return;
    }
    let verbs = shown_verbs(&granted);
    let names: String = verbs.iter().map(|verb| format!(" {verb} |")).collect();
    let _ = writeln!(text, "| principal |{names} other actions |\n| --- |{} --- |", " --- |".repeat(verbs.len()));
    for (principal, granted) in granted {
        let marks: String = verbs.iter().map(|verb| format!(" {} |", plain(&mark(granted, *verb)))).collect();
        let _ = writeln!(text, "| {} |{marks} {} |", plain(&principal.name), plain(&other_actions(granted)));
    }
    if !remarks.is_empty() {
        text.push('\n');
    }
    remarks.iter().for_each(|remark| text.push_str(&format!("- {}\n", plain(remark))));
}

fn principals(permissions: &EffectivePermissions, text: &mut String) {
    text.push_str("\n### Principals\n\n");
    if permissions.principals.is_empty() {
        text.push_str("No principals.\n");
        return;
    }
    for principal in &permissions.principals {
        let _ = write!(text, "- **{}**: {}", plain(&principal.name), plain(&title(principal)));
        let Kind::Role { .. } = principal.kind else {
            let _ = writeln!(text, "; {}", elsewhere(&principal.kind));
            continue;
        };
        text.push('\n');
        for trust_statement in permissions.trust_statements(principal) {
            let verb = if trust_statement.effect == Effect::Allow { "trusts" } else { "denies" };
            for subject in &trust_statement.subjects {
                let event =
                    subject.event.iter().map(|event| format!(" (events: {})", plain(event))).collect::<String>();
                let _ = writeln!(text, "  - {verb} {}{event}: {}", plain(&subject.who), code(&subject.text));
            }
            if !trust_statement.conditions.is_empty() {
                let conditions: Vec<String> =
                    trust_statement.conditions.iter().map(|condition| code(condition)).collect();
                let _ = writeln!(text, "  - only if {}", conditions.join(" and "));
            }
        }
        text.extend(unjudged(principal).map(|sentence| format!("  - {}\n", plain(&sentence))));
        for weak in permissions.weaknesses(principal) {
            let _ = writeln!(text, "  - weak: {} {}", plain(&weak.weakness.to_string()), code(&weak.culprit));
        }
    }
    if has_events(permissions) {
        let _ = write!(text, "\n{NOTE_ON_EVENTS}\n");
    }
}

fn sizes(permissions: &EffectivePermissions, text: &mut String) {
    text.push_str("\n### Policy sizes\n\n| policy | characters | limit |\n| --- | ---: | ---: |\n");
    for policy in permissions.documents {
        let (about, verdict) = judged(permissions, policy);
        let size = thousands(policy.characters(permissions.bindings));
        let limit = thousands(policy.kind.limit());
        let _ = writeln!(text, "| {} | {about}{size}{verdict} | {limit} |", plain(&policy.title()));
    }
    if has_estimates(permissions) {
        let _ = write!(text, "\n{NOTE_ON_ESTIMATES}\n");
    }
}
