//! A spec file to specs: read, `extends` followed, environments merged, decoded.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::Spec;
use crate::decode::{Decode, Decoder};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::language::json_schema::NOT_IN_ENVIRONMENTS;
use crate::source::{Sources, Span};
use crate::value::EnvironmentName;
use crate::yaml;
use crate::yaml::{Entry, Key, Node, Value};

/// Reads a file's bytes by its path. The error is a sentence without the path.
pub type Read<'r> = &'r dyn Fn(&str) -> Result<Vec<u8>, String>;

/// How many files a chain of `extends` may have.
const MAX_CHAIN: usize = 8;

/// One environment of a spec file, and the faults it had.
#[derive(Debug)]
pub struct Loaded {
    /// What could be decoded.
    pub spec: Spec,
    /// Top-level keys that could not be decoded at all: what refers to them is not reported again.
    pub broken: Vec<String>,
}

/// Reads a spec and whatever it extends: one [`Spec`] an environment, and all faults.
pub fn load(path: &str, read: Read, sources: &mut Sources, faults: &mut Vec<Diagnostic>) -> Vec<Loaded> {
    let Some(root) = read_chain(path, read, sources, faults) else { return Vec::new() };
    let mut specs = Vec::new();
    let mut seen = HashSet::new();
    for node in per_environment(root, faults) {
        let mut decoder = Decoder::default();
        let spec = Spec::decode(&node, &mut decoder);
        let whole_key = |fault: &Diagnostic| (!fault.path.contains('.')).then(|| fault.path.clone());
        let broken = decoder.faults.iter().filter_map(whole_key).chain(misspelled(&node)).collect();
        // What stands outside of `environments` is decoded for each of them.
        let place = |fault: &Diagnostic| fault.labels.first().map(|label| label.span);
        faults.extend(decoder.faults.into_iter().filter(|fault| seen.insert((place(fault), fault.message.clone()))));
        specs.extend(spec.map(|spec| Loaded { spec, broken }));
    }
    specs
}

/// Top-level keys that others refer to and that were probably meant by a key that is not one.
fn misspelled(node: &Node) -> impl Iterator<Item = String> {
    let meant = |entry: &Entry| nearest(&entry.key.text, ["repositories", "image_tags", "access"]);
    node.entries().iter().filter_map(meant).filter(|key| node.get(key).is_none()).map(str::to_owned)
}

/// A file merged over what it extends.
fn read_chain(path: &str, read: Read, sources: &mut Sources, faults: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut chain: Vec<Node> = Vec::new();
    let mut next: Option<Next> = Some((path.to_owned(), None));
    let mut visited: Vec<String> = Vec::new();
    while let Some((path, asked_at)) = next {
        if visited.contains(&path) || visited.len() == MAX_CHAIN {
            let span = asked_at.expect("the first file of a chain is neither visited nor the ninth");
            let fault = Diagnostic::new(
                &codes::EXTENDS_LOOP,
                span,
                format!("`{path}` extends itself, or the chain is longer than {MAX_CHAIN} files"),
            );
            faults.push(fault.at("extends").help("a spec extends one that stands by itself in the end"));
            return None;
        }
        let mut node = read_file(&path, asked_at, read, sources, faults)?;
        visited.push(path.clone());
        next = take_extends(&mut node, &path, faults)?;
        chain.push(node);
    }
    chain.into_iter().rev().reduce(merge)
}

/// Text that is UTF-8, of a size we read, parsed.
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
            let span = asked_at.unwrap_or_default();
            let mut fault = Diagnostic::new(&codes::UNREADABLE_FILE, span, message).at("extends");
            if asked_at.is_none() {
                fault.labels.clear();
            }
            faults.push(fault);
            return None;
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let broken_at = match std::str::from_utf8(&bytes) {
        Err(error) => Some((error.valid_up_to(), "a byte that is not UTF-8 text")),
        Ok(text) => text.find('\0').map(|at| (at, "a NUL byte")),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    let file = sources.add(path, text);
    if let Some((at, what)) = broken_at {
        let at = u32::try_from(at).unwrap_or(0);
        let fault = Diagnostic::new(
            &codes::NOT_TEXT,
            Span { file, start: at, end: at },
            format!("{what}: this is no YAML file"),
        );
        faults.push(fault.help("save the file as UTF-8"));
        return None;
    }
    yaml::parse(file, &sources.file(file).text).map_err(|found| faults.extend(found)).ok()
}

/// The next file of a chain, and where it is named.
type Next = (String, Option<Span>);

/// Removes `extends` from the top level; the path in it is relative to the file. `None` after a fault.
fn take_extends(node: &mut Node, path: &str, faults: &mut Vec<Diagnostic>) -> Option<Option<Next>> {
    let Value::Map(entries) = &mut node.value else { return Some(None) };
    let Some(at) = entries.iter().position(|entry| entry.key.text == "extends") else { return Some(None) };
    let entry = entries.remove(at);
    if entry.value.value == Value::None {
        return Some(None);
    }
    match entry.value.as_text() {
        Some(base) if !base.is_empty() => {
            let folder = match path.rsplit_once('/') {
                Some((folder, _)) if !Path::new(base).is_absolute() => format!("{folder}/"),
                _ => String::new(),
            };
            Some(Some((format!("{folder}{base}"), Some(entry.value.span))))
        }
        _ => {
            let message = format!("expected the path of a spec, found {}", entry.value.kind());
            faults.push(Diagnostic::new(&codes::WRONG_TYPE, entry.value.span, message).at("extends"));
            None
        }
    }
}

/// Maps merge key by key; of everything else the second one stays.
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

/// The file without `environments`, once with each of them merged over it.
fn per_environment(root: Node, faults: &mut Vec<Diagnostic>) -> Vec<Node> {
    let Node { span, value: Value::Map(mut entries) } = root else { return vec![root] };
    let none = |entry: &Entry| entry.value.value == Value::None;
    entries.retain(|entry| !(none(entry) && ["environment", "environments"].contains(&entry.key.text.as_str())));
    let Some(at) = entries.iter().position(|entry| entry.key.text == "environments") else {
        return vec![Node { span, value: Value::Map(entries) }];
    };
    let Entry { key, value } = entries.remove(at);
    let other = entries.iter().find(|entry| entry.key.text == "environment").map(|entry| entry.key.span);
    let base = Node { span, value: Value::Map(entries) };
    match environments(&key, value, other, &base) {
        Ok(found) => found.into_iter().filter_map(|one| one_environment(&base, one, faults)).collect(),
        Err(fault) => {
            faults.push(fault.at("environments"));
            Vec::new()
        }
    }
}

/// The environments that a file writes; `other` is the place of an `environment` beside them.
fn environments(key: &Key, value: Node, other: Option<Span>, base: &Node) -> Result<Vec<Entry>, Diagnostic> {
    let by_name = "write them by name: `environments: { dev: {}, prod: {} }`";
    if let Some(other) = other {
        let message = "`environment` and `environments` cannot stand together";
        return Err(Diagnostic::new(&codes::KEYS_EXCLUDE_EACH_OTHER, key.span, message)
            .and(other, "the other one")
            .help("`environment: x` is short for `environments: { x: {} }`"));
    }
    let kind = value.kind();
    let Value::Map(mut environments) = value.value else {
        let message = format!("expected a map of environments, found {kind}");
        return Err(Diagnostic::new(&codes::WRONG_TYPE, value.span, message).help(by_name));
    };
    environments.retain(|environment| environment.value.value != Value::None);
    if environments.is_empty() {
        let message = "there is no environment here, so nothing would be made";
        return Err(Diagnostic::new(&codes::MISSING_KEY, value.span, message).help(by_name));
    }
    let (count, together) = (environments.len(), environments.len() * size(base));
    if together > yaml::MAX_VALUES {
        let message = format!("this spec has {count} environments and {together} values in all of them together");
        let help = format!("{} is the most: part the platform into several specs", yaml::MAX_VALUES);
        return Err(Diagnostic::new(&codes::TOO_LARGE, key.span, message).help(help));
    }
    Ok(environments)
}

/// How many values a node holds, itself included.
fn size(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Map(entries) => 1 + entries.iter().map(|entry| size(&entry.value)).sum::<usize>(),
        _ => 1,
    }
}

fn one_environment(base: &Node, environment: Entry, faults: &mut Vec<Diagnostic>) -> Option<Node> {
    let path = format!("environments.{}", environment.key.text);
    let Entry { key, value } = environment;
    if !matches!(value.value, Value::Map(_)) {
        let fault = Diagnostic::new(&codes::WRONG_TYPE, value.span, format!("expected a map, found {}", value.kind()));
        faults.push(fault.at(path).help("write `{}` for an environment that overrides nothing"));
        return None;
    }
    if EnvironmentName::parse(&key.text).is_none() {
        let message = format!("`{}` is not a name of lowercase letters, digits and single hyphens", key.text);
        faults.push(Diagnostic::new(&codes::MALFORMED, key.span, message).at(path));
        return None;
    }
    for entry in value.entries().iter().filter(|entry| NOT_IN_ENVIRONMENTS.contains(&entry.key.text.as_str())) {
        let message =
            format!("`{}` belongs to the platform as a whole and cannot differ between environments", entry.key.text);
        faults.push(
            Diagnostic::new(&codes::NOT_IN_ENVIRONMENTS, entry.key.span, message)
                .at(&path)
                .help("move it to the top level"),
        );
    }
    let mut merged = merge(base.clone(), value);
    if let Value::Map(entries) = &mut merged.value {
        let name = Node { span: key.span, value: Value::Text(key.text) };
        entries.push(Entry { key: Key { text: "environment".into(), span: key.span }, value: name });
    }
    Some(merged)
}
