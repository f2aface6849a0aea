//! Findings about retention rules of `repository_defaults` that are only about some of the repositories.

use std::collections::{BTreeMap, BTreeSet};

use crate::platform::Platform;
use crate::prose::{FEW_NAMED, named};
use crate::rules::Finding;
use crate::source::Span;

/// Adds to the help of these findings that a change of the rule changes all repositories, and how to change only some.
pub(in crate::rules) fn explain(platform: &Platform, findings: &mut [Finding]) {
    let mut affected: BTreeMap<(&str, Span), BTreeSet<String>> = BTreeMap::new();
    for finding in findings.iter() {
        if let (Some(key), Some(place)) = (repository(finding), place(finding)) {
            affected.entry((finding.code.name, place)).or_default().insert(key.to_owned());
        }
    }
    for finding in findings {
        let Some(place) = place(finding).filter(|_| repository(finding).is_some()) else { continue };
        let keys: Vec<&str> = affected[&(finding.code.name, place)].iter().map(String::as_str).collect();
        if let Some(note) = note(platform, &keys) {
            finding.help = Some(finding.help.as_ref().map_or_else(|| note.clone(), |help| format!("{help}\n{note}")));
        }
    }
}

/// How to change the lifecycle policy of only these repositories, if others inherit it too.
pub(super) fn note(platform: &Platform, keys: &[&str]) -> Option<String> {
    let inheriting = platform
        .repositories
        .iter()
        .filter_map(|repository| Some((repository.key.as_str(), repository.lifecycle.as_ref()?)))
        .filter(|(_, lifecycle)| lifecycle.is_inherited);
    let (affected, others): (Vec<_>, Vec<_>) = inheriting.partition(|(key, _)| keys.contains(key));
    let (_, lifecycle) = affected.first()?;
    let setting = if lifecycle.written.is_empty() { "lifecycle_policy" } else { "retention" };
    let others = match others.len() {
        0 => return None,
        1 => "1 other repository".to_owned(),
        many => format!("{many} other repositories"),
    };
    let places: Vec<String> = affected.iter().map(|(key, _)| format!("repositories.{key}")).collect();
    let places = named(places.iter().map(String::as_str), FEW_NAMED);
    Some(format!(
        "`repository_defaults` also applies to {others}; to leave those as they are, copy its `{setting}` to {places} and change it there"
    ))
}

fn place(finding: &Finding) -> Option<Span> {
    finding.labels.first().map(|label| label.span)
}

/// The repository of a finding about a lifecycle policy.
fn repository(finding: &Finding) -> Option<&str> {
    let rest = finding.path.strip_prefix("repositories.")?;
    rest.strip_suffix(".retention").or(rest.strip_suffix(".lifecycle_policy"))
}
