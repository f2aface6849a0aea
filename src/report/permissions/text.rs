//! Permissions for people: at most 100 columns where the names admit it.

use std::fmt::Write;

use super::words::{NOTE_ON_EVENTS, besides, elsewhere, has_events, judged, mark, remarks, repositories, title};
use crate::escape::terminal::Charset;
use crate::iam::{Effect, Verb};
use crate::permissions::{Admission, Group, Held, Holder, Kind, Rights};
use crate::policies::split::MOST_POLICIES;
use crate::report::layout::{WIDTH, fold, wrapped};
use crate::report::numbers::thousands;

/// Who can do what where, who gets in, and how large the policies are.
pub fn text(rights: &Rights, charset: Charset) -> String {
    let platform = rights.platform;
    let mut text = format!("{}, {} ({})\n", platform.scope.platform, platform.scope.environment, platform.region);
    rights.groups.iter().for_each(|group| matrix(rights, group, &mut text));
    doors(rights, &mut text);
    sizes(rights, &mut text);
    text.lines().map(|line| charset.sanitize(line).trim_end().to_owned() + "\n").collect()
}

fn matrix(rights: &Rights, group: &Group, text: &mut String) {
    text.push('\n');
    *text += &wrapped(&format!("Who can do what on {}", repositories(group)), 0, 2);
    text.push('\n');
    let held: Vec<(&Holder, &Held)> =
        rights.holders.iter().zip(&group.held).filter(|(_, held)| !held.is_empty()).collect();
    if held.is_empty() {
        text.push_str("  nobody anything\n");
        return;
    }
    let width = held.iter().map(|(holder, _)| holder.name.chars().count()).max().unwrap_or(0).max(3);
    let row = |who: &str, verbs: [String; 5], besides: &str| {
        let verbs: String = verbs.iter().map(|verb| format!("{verb:8}")).collect();
        let line = format!("  {who:width$}  {verbs}");
        let indent = line.chars().count();
        let folded = fold(besides, WIDTH.saturating_sub(indent).max(30));
        let rest = folded.iter().skip(1).map(|more| format!("{}{more}\n", " ".repeat(indent)));
        format!("{line}{}\n{}", folded.first().map_or("", String::as_str), rest.collect::<String>())
    };
    *text += &row("who", Verb::ALL.map(|verb| verb.to_string()), "besides");
    for (holder, held) in held {
        *text += &row(&holder.name, Verb::ALL.map(|verb| mark(held, verb)), &besides(held));
    }
    for remark in remarks(rights, group) {
        *text += &wrapped(&remark, 2, 4);
    }
}

fn doors(rights: &Rights, text: &mut String) {
    if rights.holders.is_empty() {
        text.push_str("\nNobody gets in.\n");
        return;
    }
    text.push_str("\nWho that is\n");
    for holder in &rights.holders {
        let Kind::Role { description, .. } = &holder.kind else {
            let _ = write!(text, "\n  {}: {}\n", holder.name, title(holder));
            *text += &wrapped(elsewhere(&holder.kind), 4, 4);
            continue;
        };
        text.push('\n');
        *text += &wrapped(&format!("{}: {}. {description}.", holder.name, title(holder)), 2, 4);
        for admission in rights.admissions(holder) {
            door(&admission, text);
        }
        for weak in rights.weaknesses(holder) {
            let culprit = if weak.culprit.is_empty() { String::new() } else { format!(": {}", weak.culprit) };
            *text += &wrapped(&format!("weak ({}): {}{culprit}", weak.weakness.code(), weak.weakness), 4, 6);
        }
    }
    if has_events(rights) {
        text.push('\n');
        *text += &wrapped(NOTE_ON_EVENTS, 2, 2);
    }
}

/// Those who mean the same stand together, with every subject that does.
fn door(admission: &Admission, text: &mut String) {
    let verb = if admission.effect == Effect::Allow { "lets in" } else { "keeps out" };
    let mut last = None;
    for subject in &admission.subjects {
        let meaning = (&subject.who, &subject.event);
        if last != Some(meaning) {
            *text += &wrapped(&format!("{verb} {}", subject.who), 4, 6);
            text.extend(subject.event.iter().map(|event| wrapped(&format!("on {event}"), 6, 8)));
            last = Some(meaning);
        }
        let _ = writeln!(text, "      {}", subject.text);
    }
    if !admission.conditions.is_empty() {
        *text += &wrapped(&format!("and only when {}", admission.conditions.join(" and ")), 4, 6);
    }
}

fn sizes(rights: &Rights, text: &mut String) {
    if rights.documents.is_empty() {
        return;
    }
    text.push_str("\nPolicies, in characters as AWS counts them\n\n");
    let width = rights.documents.iter().map(|emitted| emitted.title().chars().count()).max().unwrap_or(0).min(78);
    for emitted in rights.documents {
        let (about, verdict) = judged(rights, emitted);
        let (title, limit) = (emitted.title(), thousands(emitted.kind.limit()));
        let size = format!("{about}{}", thousands(emitted.characters(rights.bindings)));
        let _ = writeln!(text, "  {title:width$}  {size:>7} of {limit:>6}{verdict}");
    }
    let roles = rights.holders.iter().filter(|holder| holder.kind.has_policies());
    let Some(most) = roles.clone().map(Holder::attached).max() else { return };
    let who: Vec<&str> = roles.filter(|role| role.attached() == most).map(|role| role.name.as_str()).collect();
    let some = if who.len() > 3 { format!("{} roles", who.len()) } else { who.join(", ") };
    let policies = if most == 1 { "policy" } else { "policies" };
    let sentence = format!(
        "At most {most} managed {policies} of {} on a role ({some}); what existing roles have besides is not known here.",
        MOST_POLICIES
    );
    text.push('\n');
    *text += &wrapped(&sentence, 2, 2);
}
