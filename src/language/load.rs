//! From a spec file to specs: reads the file, follows `extends`, merges the environments and decodes the result.

use std::collections::HashMap;
use std::path::Path;

use super::Spec;
use super::key_places::KeyPlaces;
use super::other_file;
use crate::decode::{Decode, Decoder};
use crate::diagnostic::{Diagnostic, Gaps, codes, nearest};
use crate::language::json_schema::NOT_IN_ENVIRONMENTS;
use crate::source::{Sources, Span};
use crate::value::{EnvironmentName, Form};
use crate::yaml;
use crate::yaml::{Entry, Key, Node, Value};

/// Reads the bytes of a file. The error is a sentence without the path.
pub type Read<'r> = &'r dyn Fn(&str) -> Result<Vec<u8>, String>;

/// The most files in a chain of `extends`.
const MAX_CHAIN: usize = 8;

/// One environment of a spec file, and its errors.
#[derive(Debug)]
pub struct Loaded {
    /// What could be decoded.
    pub spec: Spec,
    /// Its environment, if the file has several.
    pub environment: Option<String>,
    /// Top-level keys that could not be decoded at all. References to them are not reported as well.
    pub broken: Vec<String>,
    /// The parts with errors.
    pub gaps: Gaps,
    /// Warnings about overrides that probably have a misspelled name.
    pub doubts: Vec<Diagnostic>,
    /// Where its keys are.
    pub keys: KeyPlaces,
}

/// The merged node of one environment.
pub struct Merged {
    node: Node,
    /// Whether the file has several environments.
    is_one_of_several: bool,
    doubts: Vec<Diagnostic>,
    /// The place of the key `environments`.
    environments: Option<Span>,
}

/// Reads a spec and the files it extends. Returns one [`Spec`] per environment, and adds all errors to `faults`.
pub fn load(path: &str, read: Read, sources: &mut Sources, faults: &mut Vec<Diagnostic>) -> Vec<Loaded> {
    let merged = read_merged(path, read, sources, faults);
    merged.into_iter().filter_map(|merged| merged.decode(faults)).collect()
}

/// Reads a spec and the files it extends, and merges each environment.
pub fn read_merged(path: &str, read: Read, sources: &mut Sources, faults: &mut Vec<Diagnostic>) -> Vec<Merged> {
    match read_chain(path, read, sources, faults) {
        Some(root) => per_environment(root, faults),
        None => Vec::new(),
    }
}

impl Merged {
    /// The number of entries under `repositories`: how large the platform is.
    pub fn repositories(&self) -> usize {
        self.node.get("repositories").map_or(0, |repositories| repositories.entries().len())
    }

    /// Decodes the merged node.
    pub fn decode(&self, faults: &mut Vec<Diagnostic>) -> Option<Loaded> {
        let Merged { node, is_one_of_several, doubts, environments } = self;
        let environment = node.get("environment").and_then(Node::as_text);
        let environment = environment.filter(|_| *is_one_of_several).map(str::to_owned);
        let mut decoder = Decoder::default();
        let spec = Spec::decode(node, &mut decoder);
        let whole_key = |fault: &Diagnostic| {
            let (key, below) = fault.path.split_once('.').unwrap_or((&fault.path, ""));
            // A fault under `terraform` discards all of it.
            (below.is_empty() || key == "terraform").then(|| key.to_owned())
        };
        let broken = decoder.faults.iter().filter_map(whole_key).chain(misspelled(node)).collect();
        let gaps = Gaps::of(&decoder.faults);
        faults.extend(decoder.faults.into_iter().map(|fault| fault.in_environment(environment.as_deref())));
        let keys = KeyPlaces::of(node, *environments);
        Some(Loaded { spec: spec?, environment, broken, gaps, doubts: doubts.clone(), keys })
    }
}

/// Top-level keys that others refer to, and that are missing because their name is probably misspelled.
fn misspelled(node: &Node) -> impl Iterator<Item = String> {
    let meant = |entry: &Entry| nearest(&entry.key.text, ["repositories", "image_tags", "access"]);
    node.entries().iter().filter_map(meant).filter(|key| node.get(key).is_none()).map(str::to_owned)
}

/// Reads a file and merges it over the files it extends.
fn read_chain(path: &str, read: Read, sources: &mut Sources, faults: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut chain: Vec<Node> = Vec::new();
    let mut next: Option<Next> = Some((path.to_owned(), None));
    let mut visited: Vec<String> = Vec::new();
    while let Some((path, asked_at)) = next {
        if visited.contains(&path) || visited.len() == MAX_CHAIN {
            let span = asked_at.expect("the first file of a chain is neither visited nor the ninth");
            let (message, help) = match visited.contains(&path) {
                true => (
                    format!("`{path}` extends itself, directly or through other files"),
                    "remove `extends` from one of the files".to_owned(),
                ),
                false => (
                    format!("this chain of `extends` is longer than {MAX_CHAIN} files"),
                    format!("merge some of the files, so that the chain has at most {MAX_CHAIN}"),
                ),
            };
            faults.push(Diagnostic::new(&codes::EXTENDS_LOOP, span, message).at("extends").help(help));
            return None;
        }
        let mut node = read_file(&path, asked_at, read, sources, faults)?;
        if asked_at.is_some() && !matches!(node.value, Value::Map(_)) {
            let message = format!("`{path}` is not a spec: expected a map, found {}", node.kind());
            let help = "name a file with keys of a spec after `extends`, or remove `extends`";
            faults.push(Diagnostic::new(&codes::WRONG_TYPE, node.span, message).help(help));
            return None;
        }
        if let Some(fault) = other_file::recognize(&path, &node) {
            faults.push(fault);
            return None;
        }
        visited.push(path.clone());
        next = take_extends(&mut node, &path, faults)?;
        chain.push(node);
    }
    chain.into_iter().rev().reduce(merge)
}

/// Reads and parses a file, which must be UTF-8 text.
fn read_file(
    path: &str,
    asked_at: Option<Span>,
    read: Read,
    sources: &mut Sources,
    faults: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(reason) => {
            let message = format!("cannot read {path}: {reason}");
            faults.push(match asked_at {
                Some(span) => Diagnostic::new(&codes::UNREADABLE_FILE, span, message)
                    .help("the path is relative to the file that contains `extends`; correct it, or create the file")
                    .at("extends"),
                None => Diagnostic::without_place(&codes::UNREADABLE_FILE, message),
            });
            return None;
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let broken_at = match std::str::from_utf8(&bytes) {
        Err(error) => Some((error.valid_up_to(), "is not valid UTF-8")),
        Ok(text) => text.find('\0').map(|at| (at, "is not text: it contains a NUL byte")),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if let Some((at, what)) = broken_at {
        // A file that is not text is not quoted: it is not a spec, and what it is must not appear in a log.
        let text: String = text.chars().filter(|c| *c == '\n').collect();
        let at = bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        let (file, at) = (sources.add(path, text), u32::try_from(at).unwrap_or(0));
        let fault = Diagnostic::new(&codes::NOT_TEXT, Span { file, start: at, end: at }, format!("this file {what}"));
        faults.push(fault.help("save the file as UTF-8"));
        return None;
    }
    let file = sources.add(path, text);
    yaml::parse(file, &sources.file(file).text).map_err(|found| faults.extend(found)).ok()
}

/// The next file of a chain, and the place that names it.
type Next = (String, Option<Span>);

/// Removes `extends` from the top level and returns the file it names, whose path is relative to this file. Returns
/// `None` after an error.
fn take_extends(node: &mut Node, path: &str, faults: &mut Vec<Diagnostic>) -> Option<Option<Next>> {
    let Value::Map(entries) = &mut node.value else { return Some(None) };
    let Some(at) = entries.iter().position(|entry| entry.key.text == "extends") else { return Some(None) };
    let entry = entries.remove(at);
    if entry.value.value == Value::None {
        return Some(None);
    }
    match entry.value.as_text() {
        Some(base) if is_absolute(base) => {
            let message = format!("cannot read {base}: `extends` needs a relative path");
            let help = "write the path of a file in the same repository, relative to this file";
            faults.push(Diagnostic::new(&codes::UNREADABLE_FILE, entry.value.span, message).at("extends").help(help));
            None
        }
        Some(base) if !base.is_empty() => {
            let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            Some(Some((format!("{folder}{base}"), Some(entry.value.span))))
        }
        _ => {
            let message = format!("expected the path of a spec, found {}", entry.value.kind());
            faults.push(Diagnostic::new(&codes::WRONG_TYPE, entry.value.span, message).at("extends"));
            None
        }
    }
}

/// Whether a path does not depend on the folder of the file that contains it, on any system. A shell expands `~`.
fn is_absolute(path: &str) -> bool {
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    has_drive || path.starts_with(['/', '\\', '~']) || Path::new(path).is_absolute()
}

/// Merges maps key by key. Of any other two values, the second one wins.
pub fn merge(base: Node, over: Node) -> Node {
    match (base.value, over.value) {
        (Value::Map(mut entries), Value::Map(others)) => {
            let places: HashMap<String, usize> =
                entries.iter().enumerate().map(|(i, entry)| (entry.key.text.clone(), i)).collect();
            for other in others {
                match places.get(&other.key.text) {
                    Some(&i) => {
                        let value = std::mem::replace(
                            &mut entries[i].value,
                            Node { span: other.value.span, value: Value::Null },
                        );
                        entries[i] = Entry { value: merge(value, other.value), key: other.key };
                    }
                    None => entries.push(other),
                }
            }
            Node { span: over.span, value: Value::Map(entries) }
        }
        (_, value) => Node { span: over.span, value },
    }
}

/// One node per environment: the file without `environments`, with that environment merged over it; and the warnings about
/// the names in it.
fn per_environment(root: Node, faults: &mut Vec<Diagnostic>) -> Vec<Merged> {
    let only = |node| vec![Merged { node, is_one_of_several: false, doubts: Vec::new(), environments: None }];
    let Node { span, value: Value::Map(mut entries) } = root else { return only(root) };
    let none = |entry: &Entry| entry.value.value == Value::None;
    entries.retain(|entry| !(none(entry) && ["environment", "environments"].contains(&entry.key.text.as_str())));
    let Some(at) = entries.iter().position(|entry| entry.key.text == "environments") else {
        return only(Node { span, value: Value::Map(entries) });
    };
    let Entry { key, value } = entries.remove(at);
    let other = entries.iter().find(|entry| entry.key.text == "environment").map(|entry| entry.key.span);
    let base = Node { span, value: Value::Map(entries) };
    match environments(&key, value, other, &base) {
        Ok(found) => {
            let merged = found.into_iter().filter_map(|one| one_environment(&base, one, faults));
            let merged: Vec<_> = merged.collect();
            let is_one_of_several = merged.len() > 1;
            let environments = Some(key.span);
            merged.into_iter().map(|(node, doubts)| Merged { node, is_one_of_several, doubts, environments }).collect()
        }
        Err(fault) => {
            faults.push(fault.at("environments"));
            Vec::new()
        }
    }
}

/// The environments of a file. `other` is the place of `environment`, if the file has both keys.
fn environments(key: &Key, value: Node, other: Option<Span>, base: &Node) -> Result<Vec<Entry>, Diagnostic> {
    let by_name = "write environments by name: `environments: { dev: {}, prod: {} }`";
    if let Some(other) = other {
        let message = "`environment` and `environments` cannot be used together";
        return Err(Diagnostic::new(&codes::KEYS_EXCLUDE_EACH_OTHER, key.span, message)
            .and(other, "conflicts with this key")
            .help("remove `environment`; it is short for `environments: { x: {} }`"));
    }
    let kind = value.kind();
    let Value::Map(mut environments) = value.value else {
        let message = format!("expected a map of environments, found {kind}");
        return Err(Diagnostic::new(&codes::WRONG_TYPE, value.span, message).help(by_name));
    };
    environments.retain(|environment| environment.value.value != Value::None);
    if environments.is_empty() {
        let message = "`environments` is empty, so there is nothing to generate";
        return Err(Diagnostic::new(&codes::MISSING_KEY, value.span, message).help(by_name));
    }
    let (count, together) = (environments.len(), environments.len() * size(base));
    if together > yaml::MAX_VALUES {
        let message = format!("this spec is too large: its {count} environments have {together} values in total");
        let help = format!("split the platform into several specs with at most {} values each", yaml::MAX_VALUES);
        return Err(Diagnostic::new(&codes::TOO_LARGE, key.span, message).help(help));
    }
    Ok(environments)
}

/// The number of values in a node, including the node itself.
fn size(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Map(entries) => 1 + entries.iter().map(|entry| size(&entry.value)).sum::<usize>(),
        _ => 1,
    }
}

fn one_environment(base: &Node, environment: Entry, faults: &mut Vec<Diagnostic>) -> Option<(Node, Vec<Diagnostic>)> {
    let path = format!("environments.{}", environment.key.text);
    let Entry { key, value } = environment;
    if !matches!(value.value, Value::Map(_)) {
        let fault = Diagnostic::new(&codes::WRONG_TYPE, value.span, format!("expected a map, found {}", value.kind()));
        faults.push(fault.at(path).help("write `{}` for an environment without overrides"));
        return None;
    }
    if EnvironmentName::parse(&key.text).is_none() {
        let message = format!("`{}` is not valid here: expected {}", key.text, EnvironmentName::WANTED);
        faults.push(Diagnostic::new(&codes::MALFORMED, key.span, message).at(path));
        return None;
    }
    for entry in value.entries().iter().filter(|entry| NOT_IN_ENVIRONMENTS.contains(&entry.key.text.as_str())) {
        let message =
            format!("`{}` applies to the platform as a whole and cannot differ between environments", entry.key.text);
        faults.push(
            Diagnostic::new(&codes::NOT_IN_ENVIRONMENTS, entry.key.span, message)
                .at(&path)
                .help("move it to the top level"),
        );
    }
    let doubts = unmatched_overrides(base, &value);
    let mut merged = merge(base.clone(), value);
    if let Value::Map(entries) = &mut merged.value {
        let name = Node { span: key.span, value: Value::Text(key.text) };
        entries.push(Entry { key: Key { text: "environment".into(), span: key.span }, value: name });
    }
    Some((merged, doubts))
}

/// Warnings about entries of an environment that override nothing, and that are `none`, or whose name is nearly that of an entry
/// that they could override.
fn unmatched_overrides(base: &Node, over: &Node) -> Vec<Diagnostic> {
    let mut doubts = Vec::new();
    for section in ["repositories", "repository_templates", "access"] {
        let (Some(base), Some(over)) = (base.get(section), over.get(section)) else { continue };
        let names = base.entries().iter().map(|entry| entry.key.text.as_str());
        let free = names.filter(|name| over.get(name).is_none());
        let free: Vec<&str> = free.collect();
        for entry in over.entries().iter().filter(|entry| base.get(&entry.key.text).is_none()) {
            let meant = misspelled_name(&entry.key.text, &free);
            let removes = entry.value.value == Value::None;
            if meant.is_none() && !removes {
                continue;
            }
            let written = &entry.key.text;
            let message = format!("`{written}` overrides nothing, because the platform has no `{section}.{written}`");
            let doubt = Diagnostic::new(&codes::UNMATCHED_OVERRIDE, entry.key.span, message);
            let doubt = match (meant, removes) {
                (Some(meant), true) => doubt.help(format!("did you mean `{meant}`? Otherwise, remove it")),
                (None, _) => doubt.help("remove it: only an entry of the platform can be left out with `none`"),
                (Some(meant), false) => doubt.label("creates another one").help(format!(
                    "did you mean `{meant}`? If `{written}` is new in this environment, waive this warning"
                )),
            };
            doubts.push(doubt.at(format!("{section}.{written}")));
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
