//! Checks a well-formed policy against AWS's constraints.

use super::Policy;
use super::constraint::{
    ANY_RULE_NOT_LAST, ARCHIVE_DAYS_TOO_FEW, ARCHIVE_RULE_TRANSITIONS, Constraint, DUPLICATE_PRIORITY, EMPTY_ENTRY,
    NO_SUCH_TAG, POLICY_TOO_LONG, POLICY_TOO_SHORT, PULLED_RULE_EXPIRES, SAME_PATTERNS, SAME_PREFIXES,
    SECOND_UNTAGGED_RULE, SHARED_PREFIX, TAGGED_WITHOUT_LIST, TOO_MANY_RULES, WILDCARD_IN_PREFIX,
};
use super::fault::Fault;
use super::pattern::{Pattern, Prefix};
use super::rule::{Action, Criterion, Rule};
use super::tags::{TagList, Tags};

const TEXT_MIN: usize = 100;
const TEXT_MAX: usize = 30_720;
const RULES_MAX: usize = 50;
const ARCHIVE_DAYS_MIN: u32 = 90;
const TAG_MAX: usize = 128;

/// Finds everything that AWS rejects in a policy that [`Policy::from_json`] accepts, and everything that AWS accepts
/// but that is probably a mistake. Faults of the whole policy come first, followed by the faults of each rule.
///
/// Based on "Lifecycle policy properties", "Amazon ECR service quotas" and the texts of AWS's own errors.
pub fn check(policy: &Policy) -> Vec<Fault> {
    let mut faults = size(policy);
    for (index, rule) in policy.rules.iter().enumerate() {
        let class = rule.selection.criterion.storage_class();
        let peers: Vec<(usize, &Rule)> = policy
            .rules
            .iter()
            .enumerate()
            .filter(|&(other, peer)| other != index && peer.selection.criterion.storage_class() == class)
            .collect();
        let at = RuleAt { index, rule };
        faults.extend(criterion(&at));
        faults.extend(list(&at));
        faults.extend(duplicate(&at, &policy.rules[..index]));
        faults.extend(any_last(&at, &peers));
        let earlier = peers.iter().filter(|(peer, _)| *peer < index);
        faults.extend(earlier.filter_map(|(peer, rule)| twin(&at, rule).map(|fault| fault.about(*peer))).take(1));
    }
    faults
}

/// The rule that is being checked, with its index in the policy.
struct RuleAt<'p> {
    index: usize,
    rule: &'p Rule,
}

impl RuleAt<'_> {
    fn fault(&self, constraint: &'static Constraint, key: &str, message: impl Into<String>) -> Fault {
        let path = format!("/rules/{}/{key}", self.index);
        Fault { constraint, rule: Some(self.index), path, message: message.into(), other: None, fix: None }
    }
}

/// The keys, numbers and brackets of a rule never take more characters than this. Its texts are counted separately.
const RULE_MOST: usize = 300;

/// Whether the policy is certain to be within the limits. Generating the JSON to count its characters takes longer than
/// all other checks together.
fn has_valid_size_for_certain(policy: &Policy) -> bool {
    // The smallest policy with one rule is longer than the lower limit. An escaped character takes six characters.
    let text: usize = policy.rules.iter().map(|rule| 6 * rule.text_length()).sum();
    !policy.rules.is_empty() && policy.rules.len() * RULE_MOST + text < TEXT_MAX && policy.rules.len() <= RULES_MAX
}

fn size(policy: &Policy) -> Vec<Fault> {
    if has_valid_size_for_certain(policy) {
        return Vec::new();
    }
    let whole = |constraint, path: &str, message| Fault {
        constraint,
        rule: None,
        path: path.to_owned(),
        message,
        other: None,
        fix: None,
    };
    let characters = policy.to_json().chars().count();
    let mut faults = Vec::new();
    if characters < TEXT_MIN {
        let message = format!("the policy has {characters} characters; ECR requires at least {TEXT_MIN}");
        faults.push(whole(&POLICY_TOO_SHORT, "", message));
    }
    if characters > TEXT_MAX {
        let message = format!("the policy has {characters} characters; ECR allows at most {TEXT_MAX}");
        faults.push(whole(&POLICY_TOO_LONG, "", message));
    }
    if policy.rules.len() > RULES_MAX {
        let message = format!("the policy has {} rules; ECR allows at most {RULES_MAX}", policy.rules.len());
        faults.push(whole(&TOO_MANY_RULES, "/rules", message));
    }
    faults
}

fn criterion(at: &RuleAt<'_>) -> Option<Fault> {
    match (at.rule.selection.criterion, at.rule.action) {
        (Criterion::SincePulled { .. }, Action::Expire) => {
            let message = "`sinceImagePulled` is not allowed with the action `expire`";
            Some(at.fault(&PULLED_RULE_EXPIRES, "action/type", message))
        }
        (Criterion::SinceTransitioned { .. }, Action::TransitionToArchive) => Some(at.fault(
            &ARCHIVE_RULE_TRANSITIONS,
            "action/type",
            "`sinceImageTransitioned` is not allowed with the action `transition`",
        )),
        (Criterion::SinceTransitioned { days }, Action::Expire) if days.get() < ARCHIVE_DAYS_MIN => {
            let message =
                format!("the number of days in the archive is {days}; ECR requires at least {ARCHIVE_DAYS_MIN}");
            Some(at.fault(&ARCHIVE_DAYS_TOO_FEW, "selection/countNumber", message))
        }
        _ => None,
    }
}

fn list(at: &RuleAt<'_>) -> Vec<Fault> {
    let (key, entries): (_, Vec<&str>) = match &at.rule.selection.tags {
        Tags::Tagged(TagList::Patterns(list)) => ("tagPatternList", list.iter().map(Pattern::as_str).collect()),
        Tags::Tagged(TagList::Prefixes(list)) => ("tagPrefixList", list.iter().map(Prefix::as_str).collect()),
        Tags::Untagged | Tags::Any => return Vec::new(),
    };
    if entries.is_empty() {
        return vec![at.fault(&TAGGED_WITHOUT_LIST, &format!("selection/{key}"), format!("`{key}` is empty"))];
    }
    let fault = |(item, entry): (usize, &str)| {
        let (constraint, message) = entry_fault(key, entry)?;
        let fix = entry_fix(constraint, key, entry, entries.len() > 1);
        Some(Fault { fix, ..at.fault(constraint, &format!("selection/{key}/{item}"), message) })
    };
    entries.iter().copied().enumerate().filter_map(fault).collect()
}

/// How to correct an entry of a list.
fn entry_fix(constraint: &Constraint, key: &str, entry: &str, has_others: bool) -> Option<String> {
    if *constraint == EMPTY_ENTRY {
        return Some(match (has_others, key) {
            (true, _) => "remove the entry `\"\"`".to_owned(),
            (_, "tagPrefixList") => return None,
            _ => format!("replace `{key}: [\"\"]` with `{key}: [\"*\"]`, which selects all tagged images"),
        });
    }
    if *constraint != NO_SUCH_TAG {
        return None;
    }
    let after = entry.rsplit([':', '/', '@']).next().filter(|rest| *rest != entry && !rest.is_empty());
    match (after, entry.strip_prefix('-')) {
        (Some(rest), _) => Some(format!("write only the tag, without the repository name: `{rest}`")),
        (None, Some(_)) => Some(format!("if tags end in `{entry}`, write `tagPatternList: [\"*{entry}\"]`")),
        _ => None,
    }
}

/// Why an entry of a list matches no tag (OCI distribution specification, "Pulling manifests"), or may match none.
fn entry_fault(key: &str, entry: &str) -> Option<(&'static Constraint, String)> {
    if entry.is_empty() {
        return Some((&EMPTY_ENTRY, format!("`{key}` has an empty entry, and AWS does not document what it matches")));
    }
    let is_tag_character = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let contains = |what, c| format!("the {what} `{entry}` contains `{c}`, which no tag can contain");
    if let Some(c) = entry.chars().find(|c| !is_tag_character(*c) && *c != '*') {
        return Some((&NO_SUCH_TAG, contains("entry", c)));
    }
    if key == "tagPrefixList" && entry.contains('*') {
        return Some((&WILDCARD_IN_PREFIX, contains("prefix", '*')));
    }
    if entry.starts_with(['.', '-']) {
        let message = format!("the entry `{entry}` begins with `{}`, which no tag begins with", &entry[..1]);
        return Some((&NO_SUCH_TAG, message));
    }
    let length = entry.chars().filter(|c| *c != '*').count();
    (length > TAG_MAX).then(|| {
        (&NO_SUCH_TAG, format!("the entry `{entry}` is longer than any tag: it has {length} characters, and a tag has at most {TAG_MAX}"))
    })
}

fn duplicate(at: &RuleAt<'_>, earlier: &[Rule]) -> Option<Fault> {
    let taken = earlier.iter().any(|rule| rule.priority == at.rule.priority);
    taken.then(|| {
        let message = format!("an earlier rule also has `rulePriority` {}", at.rule.priority);
        at.fault(&DUPLICATE_PRIORITY, "rulePriority", message)
    })
}

fn any_last(at: &RuleAt<'_>, peers: &[(usize, &Rule)]) -> Option<Fault> {
    let (other, last) = peers.iter().map(|(other, peer)| (*other, peer.priority)).max_by_key(|(_, last)| *last)?;
    (at.rule.selection.tags == Tags::Any && last > at.rule.priority).then(|| {
        let message =
            format!("a rule for all images must have the highest `rulePriority`, but this one has {} and another rule has {last}", at.rule.priority);
        at.fault(&ANY_RULE_NOT_LAST, "rulePriority", message).about(other)
    })
}

/// Something that two rules of the same storage class must not have in common.
fn twin(at: &RuleAt<'_>, earlier: &Rule) -> Option<Fault> {
    let other = earlier.priority;
    match (&at.rule.selection.tags, &earlier.selection.tags) {
        (Tags::Untagged, Tags::Untagged) => {
            let message = format!(
                "only one rule per storage class can select untagged images, and the rule with `rulePriority` {other} already does"
            );
            Some(at.fault(&SECOND_UNTAGGED_RULE, "selection/tagStatus", message))
        }
        (Tags::Tagged(TagList::Prefixes(mine)), Tags::Tagged(TagList::Prefixes(theirs))) => {
            let shared = mine.iter().find(|prefix| theirs.contains(prefix))?;
            let (constraint, what) = match same_set(mine, theirs) {
                true => (&SAME_PREFIXES, "has the same prefixes, so one of the two rules never acts".to_owned()),
                false => (
                    &SHARED_PREFIX,
                    format!(
                        "also has the prefix `{}`, but AWS requires each prefix to be in only one rule",
                        shared.as_str()
                    ),
                ),
            };
            let message = format!("the rule with `rulePriority` {other} {what}");
            Some(at.fault(constraint, "selection/tagPrefixList", message))
        }
        (Tags::Tagged(TagList::Patterns(mine)), Tags::Tagged(TagList::Patterns(theirs))) => {
            let message = || {
                format!(
                    "the rule with `rulePriority` {other} has the same patterns, so one of the two rules never acts"
                )
            };
            same_set(mine, theirs).then(|| at.fault(&SAME_PATTERNS, "selection/tagPatternList", message()))
        }
        _ => None,
    }
}

fn same_set<T: PartialEq>(mine: &[T], theirs: &[T]) -> bool {
    mine.iter().all(|entry| theirs.contains(entry)) && theirs.iter().all(|entry| mine.contains(entry))
}
