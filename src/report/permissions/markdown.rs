//! Permissions as Markdown, for a comment in a pull request.

use std::fmt::Write;

use super::words::{NOTE_ON_EVENTS, besides, elsewhere, has_events, judged, mark, remarks, repositories, title};
use crate::escape::markdown::{code, text as plain};
use crate::iam::{Effect, Verb};
use crate::permissions::{Group, Held, Holder, Kind, Rights};
use crate::report::numbers::thousands;

/// Who can do what where, who gets in, and how large the policies are.
pub fn markdown(rights: &Rights) -> String {
    let platform = rights.platform;
    let scope = &platform.scope;
    let mut text =
        format!("## Access: {}, {} ({})\n", plain(&scope.platform), plain(&scope.environment), platform.region);
    rights.groups.iter().for_each(|group| matrix(rights, group, &mut text));
    doors(rights, &mut text);
    sizes(rights, &mut text);
    text
}

fn matrix(rights: &Rights, group: &Group, text: &mut String) {
    let _ = write!(text, "\n### On {}\n\n", plain(&repositories(group)));
    let held: Vec<(&Holder, &Held)> =
        rights.holders.iter().zip(&group.held).filter(|(_, held)| !held.is_empty()).collect();
    if held.is_empty() {
        text.push_str("Nobody can do anything.\n");
        return;
    }
    text.push_str(
        "| who | pull | push | read | delete | create | besides |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (holder, held) in held {
        let marks: String = Verb::ALL.map(|verb| format!(" {} |", plain(&mark(held, verb)))).concat();
        let _ = writeln!(text, "| {} |{marks} {} |", plain(&holder.name), plain(&besides(held)));
    }
    let remarks = remarks(rights, group);
    if !remarks.is_empty() {
        text.push('\n');
    }
    remarks.iter().for_each(|remark| text.push_str(&format!("- {}\n", plain(remark))));
}

fn doors(rights: &Rights, text: &mut String) {
    text.push_str("\n### Who that is\n\n");
    for holder in &rights.holders {
        let _ = write!(text, "- **{}**: {}", plain(&holder.name), plain(&title(holder)));
        let Kind::Role { .. } = holder.kind else {
            let _ = writeln!(text, "; {}", elsewhere(&holder.kind));
            continue;
        };
        text.push('\n');
        for admission in rights.admissions(holder) {
            let verb = if admission.effect == Effect::Allow { "lets in" } else { "keeps out" };
            for subject in &admission.subjects {
                let event = subject.event.iter().map(|event| format!(" (on {})", plain(event))).collect::<String>();
                let _ = writeln!(text, "  - {verb} {}{event}: {}", plain(&subject.who), code(&subject.text));
            }
            if !admission.conditions.is_empty() {
                let conditions: Vec<String> = admission.conditions.iter().map(|condition| code(condition)).collect();
                let _ = writeln!(text, "  - and only when {}", conditions.join(" and "));
            }
        }
        for weak in rights.weaknesses(holder) {
            let _ = writeln!(text, "  - weak: {} {}", plain(&weak.weakness.to_string()), code(&weak.culprit));
        }
    }
    if has_events(rights) {
        let _ = write!(text, "\n{NOTE_ON_EVENTS}\n");
    }
}

fn sizes(rights: &Rights, text: &mut String) {
    text.push_str("\n### Policies\n\n| policy | characters | of |\n| --- | ---: | ---: |\n");
    for emitted in rights.documents {
        let (about, verdict) = judged(rights, emitted);
        let size = thousands(emitted.characters(rights.bindings));
        let limit = thousands(emitted.kind.limit());
        let _ = writeln!(text, "| {} | {about}{size}{verdict} | {limit} |", plain(&emitted.title()));
    }
}
