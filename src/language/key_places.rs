//! Where the keys of a spec are.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::Diagnostic;
use crate::source::{Sources, Span};
use crate::yaml::{self, Entry, Node, Value};

/// Keys of the first two levels of a spec, by path, such as `names` and `names.role`. Of the sections that can have many
/// entries, only `removed` is searched.
#[derive(Clone, Debug, Default)]
pub struct KeyPlaces(BTreeMap<String, Span>);

/// The sections with entries that are not searched: their parts know their own places.
const LARGE: [&str; 6] = ["repositories", "access", "image_tags", "expect", "assert", "waive"];

impl KeyPlaces {
    /// Reads them from a spec, with the place of `environments`, which is no longer in it.
    pub(super) fn of(node: &Node, environments: Option<Span>) -> KeyPlaces {
        let mut places: BTreeMap<String, Span> =
            environments.map(|span| ("environments".to_owned(), span)).into_iter().collect();
        for section in node.entries() {
            let name = &section.key.text;
            places.insert(name.clone(), section.key.span);
            if !LARGE.contains(&name.as_str()) {
                let below = section.value.entries().iter();
                places.extend(below.map(|entry| (format!("{name}.{}", entry.key.text), entry.key.span)));
            }
        }
        KeyPlaces(places)
    }

    /// The place of the first of these keys that the spec has.
    pub fn first(&self, paths: &[&str]) -> Option<Span> {
        paths.iter().find_map(|path| self.0.get(*path)).copied()
    }
}

/// Moves the primary place of findings that mark a key from its value to the key. The files are read again, because the
/// decoded values do not know their keys, and almost every run has none of these findings.
pub fn mark_keys(sources: &Sources, findings: &mut [Diagnostic]) {
    let mut files = Files::of(sources);
    for finding in findings.iter_mut().filter(|finding| finding.marks_key) {
        finding.marks_key = false;
        let Some(place) = finding.labels.first_mut() else { continue };
        if let Some(key) = files.node(place.span.file).and_then(|node| key_of(node, place.span)) {
            place.span = key;
        }
    }
}

/// The key of the innermost entry whose value contains a place.
fn key_of(node: &Node, place: Span) -> Option<Span> {
    match &node.value {
        Value::Map(entries) => {
            let entry = entries.iter().find(|entry| contains(entry.value.span, place))?;
            key_of(&entry.value, place).or(Some(entry.key.span))
        }
        Value::List(items) => key_of(items.iter().find(|item| contains(item.span, place))?, place),
        _ => None,
    }
}

/// The keys that lead to each of these places, such as `repository_defaults.retention`. Items of lists have no names.
pub fn path_of(sources: &Sources, places: impl Iterator<Item = Span>) -> HashMap<Span, String> {
    let mut files = Files::of(sources);
    let mut paths = HashMap::new();
    for place in places {
        let Some(node) = files.node(place.file) else { continue };
        let mut path = Vec::new();
        keys_to(node, place, &mut path);
        if !path.is_empty() {
            paths.insert(place, path.join("."));
        }
    }
    paths
}

fn keys_to(node: &Node, place: Span, path: &mut Vec<String>) {
    // Entries are in the order of the text, and a spec can have thousands of them.
    let entries = node.entries();
    let before = entries.partition_point(|entry| entry.key.span.start <= place.start);
    let is_at = |entry: &&Entry| contains(entry.key.span, place) || contains(entry.value.span, place);
    if let Some(entry) = entries[..before].last().filter(is_at) {
        path.push(entry.key.text.clone());
        keys_to(&entry.value, place, path);
    }
}

/// Whether a place is inside another.
pub(super) fn contains(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The nodes of files, each parsed when it is needed.
pub(super) struct Files<'s> {
    sources: &'s Sources,
    nodes: HashMap<u32, Option<Node>>,
}

impl<'s> Files<'s> {
    pub(super) fn of(sources: &'s Sources) -> Self {
        Files { sources, nodes: HashMap::new() }
    }

    /// The node of a file; `None` if the file is not YAML.
    pub(super) fn node(&mut self, file: u32) -> Option<&Node> {
        let parsed = || yaml::parse(file, &self.sources.file(file).text).ok();
        self.nodes.entry(file).or_insert_with(parsed).as_ref()
    }
}
