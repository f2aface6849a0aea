//! Permissions as Markdown, for a comment in a pull request.

use std::fmt::Write;

use super::words::{NOTE_ON_EVENTS, besides, elsewhere, has_events, judged, mark, remarks, repositories, title};
use crate::escape::markdown::{code, text as plain};
use crate::iam::{Effect, Verb};
use crate::permissions::{EffectivePermissions, Group, Kind, Permissions, Principal};
use crate::report::numbers::thousands;

/// Who can do what where, who gets in, and how large the policies are.
pub fn markdown(permissions: &EffectivePermissions) -> String {
    let platform = permissions.platform;
    let scope = &platform.scope;
    let mut text =
        format!("## Access: {}, {} ({})\n", plain(&scope.platform), plain(&scope.environment), platform.region);
    permissions.groups.iter().for_each(|group| matrix(permissions, group, &mut text));
    doors(permissions, &mut text);
    sizes(permissions, &mut text);
    text
}

fn matrix(permissions: &EffectivePermissions, group: &Group, text: &mut String) {
    let _ = write!(text, "\n### On {}\n\n", plain(&repositories(group)));
    let granted: Vec<(&Principal, &Permissions)> =
        permissions.principals.iter().zip(&group.granted).filter(|(_, granted)| !granted.is_empty()).collect();
    if granted.is_empty() {
        text.push_str("Nobody can do anything.\n");
        return;
    }
    text.push_str(
        "| who | pull | push | read | delete | create | besides |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (principal, granted) in granted {
        let marks: String = Verb::ALL.map(|verb| format!(" {} |", plain(&mark(granted, verb)))).concat();
        let _ = writeln!(text, "| {} |{marks} {} |", plain(&principal.name), plain(&besides(granted)));
    }
    let remarks = remarks(permissions, group);
    if !remarks.is_empty() {
        text.push('\n');
    }
    remarks.iter().for_each(|remark| text.push_str(&format!("- {}\n", plain(remark))));
}

fn doors(permissions: &EffectivePermissions, text: &mut String) {
    text.push_str("\n### Who that is\n\n");
    for principal in &permissions.principals {
        let _ = write!(text, "- **{}**: {}", plain(&principal.name), plain(&title(principal)));
        let Kind::Role { .. } = principal.kind else {
            let _ = writeln!(text, "; {}", elsewhere(&principal.kind));
            continue;
        };
        text.push('\n');
        for trust_statement in permissions.trust_statements(principal) {
            let verb = if trust_statement.effect == Effect::Allow { "lets in" } else { "keeps out" };
            for subject in &trust_statement.subjects {
                let event = subject.event.iter().map(|event| format!(" (on {})", plain(event))).collect::<String>();
                let _ = writeln!(text, "  - {verb} {}{event}: {}", plain(&subject.who), code(&subject.text));
            }
            if !trust_statement.conditions.is_empty() {
                let conditions: Vec<String> =
                    trust_statement.conditions.iter().map(|condition| code(condition)).collect();
                let _ = writeln!(text, "  - and only when {}", conditions.join(" and "));
            }
        }
        for weak in permissions.weaknesses(principal) {
            let _ = writeln!(text, "  - weak: {} {}", plain(&weak.weakness.to_string()), code(&weak.culprit));
        }
    }
    if has_events(permissions) {
        let _ = write!(text, "\n{NOTE_ON_EVENTS}\n");
    }
}

fn sizes(permissions: &EffectivePermissions, text: &mut String) {
    text.push_str("\n### Policies\n\n| policy | characters | of |\n| --- | ---: | ---: |\n");
    for policy in permissions.documents {
        let (about, verdict) = judged(permissions, policy);
        let size = thousands(policy.characters(permissions.bindings));
        let limit = thousands(policy.kind.limit());
        let _ = writeln!(text, "| {} | {about}{size}{verdict} | {limit} |", plain(&policy.title()));
    }
}
