//! Entries of a file or an environment that override nothing.

use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The maps whose entries have names that the author chose. Their entries are overridden by these names.
const NAMED: [&str; 13] = [
    "access",
    "assert",
    "expect",
    "monitoring.alerts",
    "outputs",
    "pipelines",
    "registry.pull_through_cache",
    "removed",
    "repositories",
    "repository_templates",
    "resource_tags",
    "workspace.notifications",
    "workspace.teams",
];

/// Those whose entries create something, so that a misspelled name creates another one.
const CREATING: [&str; 6] =
    ["access", "monitoring.alerts", "pipelines", "registry.pull_through_cache", "repositories", "repository_templates"];

/// An entry that is `none`, and that no entry of the files below has the name of.
pub(super) struct Removal {
    map: &'static str,
    name: String,
    span: Span,
    /// The environment that it is written in.
    environment: Option<String>,
}

/// The entries of a file that are `none` without a counterpart in the file that it is merged over. Those of an environment may
/// still have one in the platform.
pub(super) fn removals(base: Option<&Node>, over: &Node) -> Vec<Removal> {
    let whole = base.into_iter().flat_map(|base| unmatched(Some(base), over, None));
    let of_environments = |node: &Node| node.get("environments").map_or(Vec::new(), |node| node.entries().to_vec());
    let environments = of_environments(over);
    let own = environments.iter().flat_map(|environment| {
        let name = &environment.key.text;
        let below = base.and_then(|base| base.get("environments")).and_then(|environments| environments.get(name));
        unmatched(below, &environment.value, Some(name))
    });
    whole.chain(own).collect()
}

fn unmatched(base: Option<&Node>, over: &Node, environment: Option<&str>) -> Vec<Removal> {
    let removed = |map: &'static str| {
        let entries = map_of(over, map).map_or(&[][..], Node::entries).iter();
        let entries = entries.filter(move |entry| {
            entry.value.value == Value::None && !base.is_some_and(|base| has(base, map, &entry.key.text))
        });
        entries.map(move |entry| Removal {
            map,
            name: entry.key.text.clone(),
            span: entry.key.span,
            environment: environment.map(str::to_owned),
        })
    };
    NAMED.iter().copied().flat_map(removed).collect()
}

impl Removal {
    /// The error, unless the platform has the entry, so that an environment leaves it out.
    pub(super) fn fault(&self, platform: &Node) -> Option<Diagnostic> {
        let Removal { map, name, span, environment } = self;
        if environment.is_some() && has(platform, map, name) {
            return None;
        }
        let message = format!("`none` removes nothing, because the platform has no `{map}.{name}`");
        let names = map_of(platform, map).map_or(&[][..], Node::entries).iter();
        let names: Vec<&str> = names.filter(|entry| entry.value.value != Value::None).map(text).collect();
        let help = match nearest(name, names) {
            Some(meant) => format!("did you mean `{meant}`? Otherwise, remove the entry"),
            None => "remove the entry".to_owned(),
        };
        let fault = Diagnostic::new(&codes::REMOVES_NOTHING, *span, message).help(help);
        let fault = match place_of(platform, map) {
            Some(place) => fault.and(place, "has no entry of this name"),
            None => fault,
        };
        Some(match environment {
            Some(environment) => fault.at(format!("environments.{environment}.{map}.{name}")),
            None => fault.at(format!("{map}.{name}")),
        })
    }
}

/// Warnings about new entries of an environment whose name is nearly that of an entry that they could override.
pub(super) fn misspelled(base: &Node, over: &Node) -> Vec<Diagnostic> {
    let mut doubts = Vec::new();
    for map in CREATING {
        let (Some(base), Some(over)) = (map_of(base, map), map_of(over, map)) else { continue };
        let free: Vec<&str> = base.entries().iter().map(text).filter(|name| over.get(name).is_none()).collect();
        let new = over.entries().iter().filter(|entry| base.get(&entry.key.text).is_none());
        for entry in new.filter(|entry| entry.value.value != Value::None) {
            let Some(meant) = misspelled_name(&entry.key.text, &free) else { continue };
            let written = &entry.key.text;
            let message = format!("`{written}` overrides nothing, because the platform has no `{map}.{written}`");
            let doubt = Diagnostic::new(&codes::UNMATCHED_OVERRIDE, entry.key.span, message);
            let doubt = doubt
                .label("creates another one")
                .help(format!("did you mean `{meant}`? If `{written}` is new in this environment, waive this warning"));
            let place = base.entries().iter().find(|entry| entry.key.text == meant).map(|entry| entry.key.span);
            let doubt = place.into_iter().fold(doubt, |doubt, place| doubt.and(place, "has nearly this name"));
            doubts.push(doubt.at(format!("{map}.{written}")));
        }
    }
    doubts
}

/// The name that was probably meant. Names that differ in digits are different names: `web1`, `web2`.
fn misspelled_name<'n>(written: &str, names: &[&'n str]) -> Option<&'n str> {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let similar =
        names.iter().copied().filter(|name| digits(name) == digits(written) && name.len().min(written.len()) > 3);
    nearest(written, similar.collect::<Vec<_>>())
}

fn text(entry: &Entry) -> &str {
    &entry.key.text
}

/// Whether a map has an entry of this name that is not `none`.
fn has(node: &Node, map: &str, name: &str) -> bool {
    let entry = map_of(node, map).and_then(|map| map.get(name));
    entry.is_some_and(|entry| entry.value != Value::None)
}

fn map_of<'n>(node: &'n Node, map: &str) -> Option<&'n Node> {
    map.split('.').try_fold(node, |node, key| node.get(key))
}

/// Where the key of a map is written.
fn place_of(node: &Node, map: &str) -> Option<Span> {
    let (above, key) = map.rsplit_once('.').map_or((Some(node), map), |(above, key)| (map_of(node, above), key));
    above?.entries().iter().find(|entry| entry.key.text == key).map(|entry| entry.key.span)
}
