//! From a spec file to specs: reads the file, follows `extends`, merges the environments and decodes the result.

mod chain;
mod environments;
mod merge;
mod overrides;

use super::Spec;
use super::key_places::KeyPlaces;
use crate::decode::{Decode, Decoder};
use crate::diagnostic::{Diagnostic, Gaps, nearest};
use crate::source::Sources;
use crate::yaml::{Entry, Node};

pub use chain::Read;
pub use environments::Merged;
pub use merge::merge;

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

/// Reads a spec and the files it extends. Returns one [`Spec`] per environment, and adds all errors to `faults`.
pub fn load(path: &str, read: Read, sources: &mut Sources, faults: &mut Vec<Diagnostic>) -> Vec<Loaded> {
    let merged = read_merged(path, read, sources, faults);
    merged.into_iter().filter_map(|merged| merged.decode(faults)).collect()
}

/// Reads a spec and the files it extends, and merges each environment.
pub fn read_merged(path: &str, read: Read, sources: &mut Sources, faults: &mut Vec<Diagnostic>) -> Vec<Merged> {
    match chain::read(path, read, sources, faults) {
        Some(root) => environments::split(root, faults),
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
