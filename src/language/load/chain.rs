//! The files of a spec: the file itself, and those that it extends.

use std::path::Path;

use super::merge::merge;
use super::overrides;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::other_file;
use crate::source::{Sources, Span};
use crate::yaml;
use crate::yaml::{Node, Value};

/// Reads the bytes of a file. The error is a sentence without the path.
pub type Read<'r> = &'r dyn Fn(&str) -> Result<Vec<u8>, String>;

/// The most files in a chain of `extends`.
const MAX_CHAIN: usize = 8;

/// Reads a file and merges it over the files it extends.
pub(super) fn read(path: &str, read: Read, sources: &mut Sources, faults: &mut Vec<Diagnostic>) -> Option<Node> {
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
    merged(chain, faults)
}

/// Merges the files of a chain, whose last one extends no other.
fn merged(chain: Vec<Node>, faults: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut removals = Vec::new();
    let mut platform: Option<Node> = None;
    for file in chain.into_iter().rev() {
        removals.extend(overrides::removals(platform.as_ref(), &file));
        platform = Some(match platform {
            Some(base) => merge(base, file),
            None => file,
        });
    }
    let platform = platform?;
    faults.extend(removals.iter().filter_map(|removal| removal.fault(&platform)));
    Some(platform)
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
