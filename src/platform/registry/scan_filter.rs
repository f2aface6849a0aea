//! Filters of scanning rules: the patterns that decide which repositories a rule is about.
//!
//! ECR user guide, "Filters to choose which repositories are scanned": a filter without `*` matches every name that contains
//! it, and a filter with `*` must match the whole name. So even the full name of a repository matches others, such as
//! `web-app` for the filter `app`. The filters here match each repository that wishes a scan. Where that is possible, they
//! match none of the other repositories of the spec, and a filter for several repositories covers a whole namespace.

use std::collections::BTreeSet;

use crate::iam::matches_pattern;
use crate::platform::naming::common_prefix;

/// Filters per rule (ECR API reference, RegistryScanningRule, `repositoryFilters`).
pub const MOST: usize = 100;

/// Characters per filter (ECR API reference, ScanningRepositoryFilter, `filter`).
const LONGEST: usize = 255;

/// A filter that matches a repository which is not meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooWide {
    /// The filter: no other filter for the repository matches fewer of the others.
    pub filter: String,
    /// The repository that it is for.
    pub wished: String,
    /// Another repository that it matches.
    pub other: String,
}

/// Whether ECR applies a rule with this filter to the repository.
pub fn matches(filter: &str, name: &str) -> bool {
    if filter.contains('*') { matches_pattern(filter, name) } else { name.contains(filter) }
}

/// The filters for what is wished, sorted, and those that match others. More than [`MOST`] are needed if the names of `others`
/// are between those of `wished`. Both are names of repositories, or patterns such as `team/*` for repositories that do not
/// exist yet.
pub fn filters(wished: &BTreeSet<String>, others: &BTreeSet<String>) -> (Vec<String>, Vec<TooWide>) {
    let (patterns, names): (Vec<&str>, Vec<&str>) =
        wished.iter().map(String::as_str).partition(|one| one.contains('*'));
    let mut groups = namespaces(&names, others);
    if groups.len() + patterns.len() > MOST {
        groups = at_most(MOST.saturating_sub(patterns.len()), groups_by_beginning(&names, others), others);
    }
    let shared = groups.iter().filter(|group| group.names.len() > 1).map(Group::filter);
    let mut filters: BTreeSet<String> = shared.chain(patterns.iter().map(|pattern| of_pattern(pattern))).collect();
    let mut too_wide = Vec::new();
    let mut note = |filter: &str, wished: &str, matched: Vec<&str>| {
        let matched = matched.into_iter().map(str::to_owned);
        let filter = |other| TooWide { filter: filter.to_owned(), wished: wished.to_owned(), other };
        too_wide.extend(matched.map(filter));
    };
    for pattern in patterns {
        let filter = of_pattern(pattern);
        note(&filter, pattern, matched(&filter, others));
    }
    for name in groups.iter().filter_map(Group::only) {
        let (filter, matched) = own_filter(name, others);
        note(&filter, name, matched);
        filters.insert(filter);
    }
    (needed(filters, wished), too_wide)
}

/// The filter for a pattern such as `team/*`.
fn of_pattern(pattern: &str) -> String {
    pattern.strip_suffix('*').map_or_else(|| pattern.to_owned(), shared_filter)
}

/// The others that a filter matches.
fn matched<'o>(filter: &str, others: &'o BTreeSet<String>) -> Vec<&'o str> {
    others.iter().map(String::as_str).filter(|other| matches(filter, other)).collect()
}

/// The filters without those whose repositories other filters match, too. The most specific ones go first.
fn needed(filters: BTreeSet<String>, wished: &BTreeSet<String>) -> Vec<String> {
    let matching = |filter: &str| -> Vec<usize> {
        wished.iter().enumerate().filter(|(_, name)| matches(filter, name)).map(|(at, _)| at).collect()
    };
    let mut times = vec![0_usize; wished.len()];
    let mut filters: Vec<(String, Vec<usize>)> =
        filters.into_iter().map(|filter| (filter.clone(), matching(&filter))).collect();
    filters.iter().flat_map(|(_, matched)| matched).for_each(|at| times[*at] += 1);
    filters.sort_by_key(|(filter, matched)| (matched.len(), std::cmp::Reverse(filter.len())));
    filters.retain(|(_, matched)| {
        let is_needed = matched.iter().any(|at| times[*at] == 1);
        if !is_needed {
            matched.iter().for_each(|at| times[*at] -= 1);
        }
        is_needed
    });
    let mut needed: Vec<String> = filters.into_iter().map(|(filter, _)| filter).collect();
    needed.sort();
    needed
}

/// Names that share a filter, which is their common beginning and `*`; or a single name.
struct Group<'n> {
    beginning: &'n str,
    names: Vec<&'n str>,
}

impl<'n> Group<'n> {
    /// The filter that the names share.
    fn filter(&self) -> String {
        shared_filter(self.beginning)
    }

    /// The name, if it is the only one.
    fn only(&self) -> Option<&'n str> {
        if let [name] = self.names.as_slice() { Some(name) } else { None }
    }
}

/// The filter for all names with this beginning.
fn shared_filter(beginning: &str) -> String {
    format!("{}*", separated(beginning))
}

/// Whether the filter for all names with this beginning matches none of the others.
fn is_free(beginning: &str, others: &BTreeSet<String>) -> bool {
    let filter = shared_filter(beginning);
    filter.len() <= LONGEST && !others.iter().any(|other| matches(&filter, other))
}

/// One group per namespace (`team/`) in which there are at least two names and none of the others, and one per name outside of
/// these.
fn namespaces<'n>(names: &[&'n str], others: &BTreeSet<String>) -> Vec<Group<'n>> {
    let mut groups: Vec<Group<'n>> = Vec::new();
    for name in names {
        if groups.last().is_some_and(|group| group.names.len() > 1 && name.starts_with(group.beginning)) {
            continue;
        }
        let ends = name.match_indices('/').map(|(at, _)| at + 1);
        let shared = ends
            .map(|end| &name[..end])
            .find(|namespace| below(namespace, names).len() > 1 && is_free(namespace, others));
        let members = shared.map_or_else(|| vec![*name], |namespace| below(namespace, names));
        groups.push(Group { beginning: common(&members, '/'), names: members });
    }
    groups
}

/// The names, which are sorted, with this beginning.
fn below<'n>(beginning: &str, names: &[&'n str]) -> Vec<&'n str> {
    let start = names.partition_point(|name| *name < beginning);
    names[start..].iter().take_while(|name| name.starts_with(beginning)).copied().collect()
}

/// The longest common beginning of sorted names that ends with the character.
fn common<'n>(names: &[&'n str], end: char) -> &'n str {
    let beginning = common_beginning(names);
    &beginning[..beginning.rfind(end).map_or(0, |at| at + 1)]
}

fn common_beginning<'n>(names: &[&'n str]) -> &'n str {
    let same = common_prefix(names[0], names[names.len() - 1]);
    &same[..same.len().min(LONGEST - 1)]
}

/// As few groups as possible that share any beginning with none of the others.
fn groups_by_beginning<'n>(names: &[&'n str], others: &BTreeSet<String>) -> Vec<Group<'n>> {
    let beginning = common_beginning(names);
    if names.len() <= 1 || is_free(beginning, others) {
        return vec![Group { beginning, names: names.to_vec() }];
    }
    let parts = divided(names, beginning.len());
    if parts.len() == 1 {
        singles(names)
    } else {
        parts.iter().flat_map(|part| groups_by_beginning(part, others)).collect()
    }
}

/// Sorted names, divided by the character after the common beginning.
fn divided<'a, 'n>(names: &'a [&'n str], at: usize) -> Vec<&'a [&'n str]> {
    names.chunk_by(|one, other| one.as_bytes().get(at) == other.as_bytes().get(at)).collect()
}

fn singles<'n>(names: &[&'n str]) -> Vec<Group<'n>> {
    names.iter().map(|name| Group { beginning: name, names: vec![name] }).collect()
}

/// Divides the groups with the shortest beginnings, as long as there are at most `most`, so that a filter matches as little as
/// possible outside of the spec.
fn at_most<'n>(most: usize, mut groups: Vec<Group<'n>>, others: &BTreeSet<String>) -> Vec<Group<'n>> {
    loop {
        let several = groups.iter().enumerate().filter(|(_, group)| group.names.len() > 1);
        let Some((at, shortest)) = several.min_by_key(|(_, group)| group.beginning.len()) else { return groups };
        let parts = divided(&shortest.names, shortest.beginning.len());
        let parts: Vec<Group> = match parts.len() {
            1 => singles(&shortest.names),
            _ => parts.iter().flat_map(|part| groups_by_beginning(part, others)).collect(),
        };
        if groups.len() - 1 + parts.len() > most {
            return groups;
        }
        groups.splice(at..=at, parts);
    }
}

/// A filter for one name, and the others that it matches: the first of the candidates that match the fewest.
fn own_filter<'o>(name: &str, others: &'o BTreeSet<String>) -> (String, Vec<&'o str>) {
    let mut best: Option<(String, Vec<&str>)> = None;
    for candidate in candidates(name) {
        let matched = matched(&candidate, others);
        if matched.is_empty() {
            return (candidate, matched);
        }
        if best.as_ref().is_none_or(|(_, fewest)| matched.len() < fewest.len()) {
            best = Some((candidate, matched));
        }
    }
    best.expect("each name has a candidate")
}

/// The filters for one name that match nothing that another filter for it does not match: the name itself, and the name with
/// one `*` at the beginning, at the end or between two characters. More `*` or fewer letters only match more.
fn candidates(name: &str) -> impl Iterator<Item = String> {
    let separated = separated(name);
    let plain = (separated.len() <= LONGEST).then(|| separated.clone());
    let can_have_one = !separated.contains('*');
    let places = [separated.len(), 0].into_iter().chain(1..separated.len());
    let too_long = (separated.len() + 1).saturating_sub(LONGEST);
    let with_one = move |at: usize| {
        let after = (at + too_long).min(separated.len());
        let before = at.min(LONGEST - 1);
        format!("{}*{}", &separated[..before], &separated[after..])
    };
    let is_needed = plain.is_none();
    let with_one = places.filter(move |_| can_have_one || is_needed).map(with_one);
    plain.into_iter().chain(with_one.filter(|filter| filter.len() <= LONGEST))
}

/// A name with a `*` between adjacent separators, which a filter cannot have (ECR API reference, ScanningRepositoryFilter:
/// `^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$`).
fn separated(name: &str) -> String {
    let is_separator = |c: char| "._-/".contains(c);
    let mut separated = String::with_capacity(name.len() + 1);
    for character in name.chars() {
        if is_separator(character) && separated.ends_with(is_separator) {
            separated.push('*');
        }
        separated.push(character);
    }
    separated
}
