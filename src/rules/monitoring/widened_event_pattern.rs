//! An event pattern that also matches repositories outside of the spec, because there are too many to name.

use super::long_rule_name::place;
use crate::diagnostic::{Code, Example, Severity};
use crate::platform::event_filter::{By, Entry, MOST, Watched, watched};
use crate::platform::monitoring::event_rules::{EventRule, event_rules};
use crate::prose::{NAMED, named};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "widened-event-pattern",
        severity: Severity::Note,
        what: "The event pattern has no room for the names of all repositories, so it matches others, too.",
        why: "EventBridge allows 2,048 characters per event pattern. If the names of the repositories need more, ecrgen replaces \
              names with the same beginning by that beginning. If the spec has `registry`, it defines the settings of the \
              whole registry, and the pattern matches the events of all repositories in the account and region.",
        bad: Example::Words("`monitoring.event_log` in a spec with 200 repositories."),
        good: Example::Words("`monitoring.event_log` in a spec with 20 repositories."),
        source: "EventBridge user guide, \"Amazon EventBridge quotas\" and \"Comparison operators for use in event patterns\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let rules = event_rules(platform);
    // The pattern of most events, or else the one of scans of Amazon Inspector.
    let is_widened = |rule: &&EventRule| {
        let watched = watched(platform, rule.signal.names_repositories());
        matches!(watched, Some(Watched::All | Watched::Shortened(_)))
    };
    let by_name = rules.iter().find(|rule| rule.signal.names_repositories() == By::Name && is_widened(rule));
    let Some(rule) = by_name.or_else(|| rules.iter().find(is_widened)) else { return Vec::new() };
    let (span, path) = place(rule.receivers[0]);
    let matched = match watched(platform, rule.signal.names_repositories()) {
        None | Some(Watched::Exactly(_) | Watched::Registry) => return Vec::new(),
        Some(Watched::All) => "every repository in the account and region".to_owned(),
        Some(Watched::Shortened(entries)) => {
            let beginnings = entries.iter().filter_map(|entry| match entry {
                Entry::Prefix(beginning) => Some(beginning.as_str()),
                Entry::Name(_) => None,
            });
            format!("every repository whose name begins with {}", named(beginnings, NAMED))
        }
    };
    let repositories = platform.repositories.len();
    let message = format!(
        "the names of {repositories} repositories do not fit into the {MOST} characters of an event pattern, so it matches {matched}"
    );
    let help = "if that is too much, give the repositories of the platform a common beginning, with `names.repository`";
    vec![RULE.finding(span, message).help(help).at(path)]
}
