//! Rights for people: at most 100 columns where the names admit it.

use std::fmt::Write;

use crate::iam::{Effect, Verb};
use crate::policies::split::MOST_POLICIES;
use crate::report::Charset;

use super::{Admission, Group, Held, Holder, Kind, Rights, can_pass_on, weak};
use crate::policies::Policy as Emitted;

const WIDTH: usize = 100;

/// Who can do what where, who gets in, and how large the policies are.
pub fn text(rights: &Rights, charset: Charset) -> String {
    let platform = rights.platform;
    let mut text = format!("{}, {} ({})\n", platform.scope.platform, platform.scope.environment, platform.region);
    rights.groups.iter().for_each(|group| matrix(rights, group, &mut text));
    doors(rights, &mut text);
    sizes(rights, &mut text);
    text.lines().map(|line| charset.disarm(line).trim_end().to_owned() + "\n").collect()
}

/// The names of a group's repositories.
pub(super) fn repositories(group: &Group) -> String {
    few(group.repositories.iter().map(|repository| repository.key.as_str()), 12)
}

/// Names, no more of them than one reads.
pub fn few<'n>(names: impl Iterator<Item = &'n str>, shown: usize) -> String {
    let names: Vec<&str> = names.collect();
    match names.len().saturating_sub(shown) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..shown].join(", ")),
    }
}

/// What a verb's column shows.
pub(super) fn mark(held: &Held, verb: Verb) -> String {
    match held.verbs().any(|other| other == verb) {
        true if held.is_conditional(verb) => format!("{verb}*"),
        true => verb.to_string(),
        false => "-".into(),
    }
}

/// The actions beside the verbs, without the service they all have in common.
pub(super) fn besides(held: &Held) -> String {
    let mark = |action: &str| if held.is_action_conditional(action) { "*" } else { "" };
    let short = |action: &'static str| format!("{}{}", action.trim_start_matches("ecr:"), mark(action));
    held.besides().into_iter().map(short).collect::<Vec<_>>().join(", ")
}

/// Sentences under the table: conditions, and who can give more than they have.
pub(super) fn remarks(rights: &Rights, group: &Group) -> Vec<String> {
    let mut remarks = Vec::new();
    for (holder, held) in rights.holders.iter().zip(&group.held) {
        let conditions: Vec<&str> = held.conditions().into_iter().collect();
        if !conditions.is_empty() {
            remarks.push(format!("* {} only when {}", holder.name, conditions.join(" or ")));
        }
        let passing: Vec<&str> = held.actions().filter(|action| can_pass_on(action)).collect();
        if !passing.is_empty() {
            let sentence = "decides with it who else can do what here";
            remarks.push(format!("{} has {} and {sentence}", holder.name, passing.join(", ")));
        }
    }
    remarks
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
            let _ = write!(text, "\n  {}: {}\n", holder.name, holder.title());
            *text += &wrapped(elsewhere(&holder.kind), 4, 4);
            continue;
        };
        text.push('\n');
        *text += &wrapped(&format!("{}: {}. {description}.", holder.name, holder.title()), 2, 4);
        for admission in rights.admissions(holder) {
            door(&admission, text);
        }
        for weak in weak::weaknesses(rights, holder) {
            let culprit = if weak.culprit.is_empty() { String::new() } else { format!(": {}", weak.culprit) };
            *text += &wrapped(&format!("weak ({}): {}{culprit}", weak.weakness.code(), weak.weakness), 4, 6);
        }
    }
    if has_events(rights) {
        text.push('\n');
        *text += &wrapped(NOTE_ON_EVENTS, 2, 2);
    }
}

/// What decides about those whom no policy of the output lets in.
pub(super) fn elsewhere(kind: &Kind) -> &'static str {
    match kind {
        Kind::Role { .. } => "",
        Kind::ExistingRole => "who assumes it, and what else it has, is decided elsewhere",
        Kind::PermissionSet => "who is given it, and in which accounts, is decided in IAM Identity Center",
        Kind::Account => "hands it on to its own roles and users, which need policies of their own to use it",
        Kind::Service | Kind::Named | Kind::Everybody => "let in by the repositories' own policies",
    }
}

/// GitHub documentation, "OpenID Connect reference": which subject a job gets.
pub(super) const NOTE_ON_EVENTS: &str = "A job with an environment has the environment's subject, whatever the event. \
    Others have that of the branch or tag they run on, whatever the event; only pull_request has one of its own.";

pub(super) fn has_events(rights: &Rights) -> bool {
    let mut admissions = rights.holders.iter().flat_map(|holder| rights.admissions(holder));
    admissions.any(|admission| admission.subjects.iter().any(|subject| subject.event.is_some()))
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

/// Whether a size is an estimate, and whether it is too large.
pub(super) fn judged(rights: &Rights, emitted: &Emitted) -> (&'static str, &'static str) {
    let about = if emitted.is_estimate() { "~" } else { "" };
    let fits = emitted.kind.fits(&emitted.document, rights.bindings);
    (about, if fits { "" } else { "  too large" })
}

/// `6144` as `6,144`.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).expect("digits")).collect();
    groups.join(",")
}

/// A sentence on as many lines as it needs; the first begins at one column, the others at another.
pub(super) fn wrapped(sentence: &str, first: usize, rest: usize) -> String {
    let lines = fold(sentence, WIDTH - rest.max(first));
    let line = |(i, line): (usize, &String)| format!("{}{line}\n", " ".repeat(if i == 0 { first } else { rest }));
    lines.iter().enumerate().map(line).collect()
}

/// The words on lines of a width; a word that is longer has one of its own.
fn fold(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
