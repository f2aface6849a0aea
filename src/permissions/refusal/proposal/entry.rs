//! A new access entry with the permissions of an existing one.

use super::yaml::{add_entry, word};
use super::{Draft, Proposal};
use crate::platform::claims::assertion::Claim;
use crate::platform::{Access, Platform};

/// The longest addition to the name of an entry: the name is part of the name of the role.
const LONGEST: usize = 24;

/// A new entry next to the closest one. `part` distinguishes its name, and `kind` and `keys` are its principal.
pub(super) fn new(draft: &Draft, part: &str, kind: &str, keys: &[(&str, String)], admitted: &str) -> Option<Proposal> {
    let access = draft.case.access?;
    let platform = draft.case.role.permissions.platform;
    let name = name(platform, &access.name, part);
    let can: Vec<String> = access.can.iter().map(|can| word(can.value.as_str())).collect();
    let keys: Vec<String> = keys.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    let body = format!(
        "{{ can: [{}], repositories: {}, {kind}: {{ {} }} }}",
        can.join(", "),
        repositories(platform, access),
        keys.join(", ")
    );
    let also_admits = format!("{admitted}, to the new role, which has the permissions of `{}`", access.name);
    Some(Proposal {
        summary: format!("add the access entry `{name}`"),
        edits: vec![add_entry(draft.sources, access.span, &name, &body)?],
        also_admits,
        creates_role: true,
        assertions: assertions(platform, &access.name),
    })
}

fn repositories(platform: &Platform, access: &Access) -> String {
    let has_all = access.outside.is_empty() && access.repositories.len() == platform.repositories.len();
    if has_all && access.repositories.len() > 1 {
        return "all".into();
    }
    let keys = access.repositories.iter().map(|key| word(key));
    let outside = access.outside.iter().map(|arn| word(arn.value.as_str()));
    format!("[{}]", keys.chain(outside).collect::<Vec<_>>().join(", "))
}

/// The assertions that name an entry as one of the only ones with some permission.
fn assertions(platform: &Platform, entry: &str) -> Vec<String> {
    let names = |claim: &Claim| matches!(claim, Claim::Only(_, entries) if entries.contains(entry));
    let assertions = platform.assertions.iter().filter(|assertion| names(&assertion.claim));
    assertions.map(|assertion| assertion.sentence.clone()).collect()
}

/// A name that no entry has yet.
fn name(platform: &Platform, entry: &str, part: &str) -> String {
    let hyphens = part.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let words: Vec<&str> = hyphens.split('-').filter(|word| !word.is_empty()).collect();
    let part: String = words.join("-").chars().take(LONGEST).collect();
    let part = part.trim_end_matches('-');
    let first = if part.is_empty() { format!("{entry}-2") } else { format!("{entry}-{part}") };
    let numbered = (2..).map(|number| format!("{first}-{number}"));
    let is_free = |name: &String| platform.access.iter().all(|access| access.name != *name);
    std::iter::once(first.clone()).chain(numbered).find(is_free).expect("numbers have no end")
}
