//! Which images are in use.

mod app_runner;
mod ecs;
mod kubernetes;
mod lambda;
mod source;

use std::collections::BTreeSet;

use hashbrown::HashMap;
use serde_json::Value;

use self::source::{Found, Source};
use super::listing::Inventory;
use super::reference::{Reference, Target};
use crate::prose::few;

/// The outputs that ecrgen reads, by who prints them.
static SOURCES: [&Source; 8] = [
    &kubernetes::WORKLOADS,
    &ecs::TASK_DEFINITION,
    &ecs::TASKS,
    &ecs::SERVICES,
    &ecs::SERVICE_REVISIONS,
    &lambda::FUNCTION,
    &lambda::FUNCTIONS,
    &app_runner::SERVICE,
];

/// References to images in use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    references: BTreeSet<Reference>,
    /// What the input does not tell, one sentence each.
    remarks: Vec<String>,
    /// Whether it was read. The default is that nothing is known about images in use.
    is_known: bool,
}

/// Which images of an inventory are in use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses<'u> {
    /// The references to each image, in the order of the inventory.
    pub by_image: Vec<Vec<&'u Reference>>,
    /// The references to this repository that match no image.
    pub unanswered: Vec<&'u Reference>,
    /// What is unknown about the images in use, one sentence each.
    pub remarks: Vec<String>,
}

impl Usage {
    /// Reads one reference per line (`#` starts a comment), or JSON: the output of the commands in `SOURCES`, one after
    /// the other or in lists, and references as strings.
    ///
    /// # Errors
    /// Everything that is wrong, one sentence each.
    pub fn read(text: &str) -> Result<Usage, Vec<String>> {
        let text = text.trim_start_matches('\u{feff}');
        let mut found = Found::default();
        match text.trim_start().starts_with(['{', '[', '"']) {
            true => documents(text, &mut found).map_err(|fault| vec![fault])?,
            false => lines(text, &mut found)?,
        }
        let (references, remarks) = found.finish()?;
        Ok(Usage { references, remarks, is_known: true })
    }

    /// Returns which images of the inventory are in use.
    ///
    /// Account and repository must match if both sides have them. The rest of the host is not compared, because the
    /// registry may be behind a proxy.
    pub fn of<'u>(&'u self, inventory: &Inventory) -> Uses<'u> {
        let references: Vec<&Reference> = self.references.iter().filter(|r| may_be_of(r, inventory)).collect();
        let mut wanted: HashMap<(Kind, &str), Vec<&Reference>> = HashMap::default();
        for reference in &references {
            wanted.entry(kind(&reference.target)).or_default().push(reference);
        }
        let mut answered: BTreeSet<&Reference> = BTreeSet::new();
        let mut by_image = Vec::with_capacity(inventory.images.len());
        for image in &inventory.images {
            let tags = image.tags.iter().map(|tag| (Kind::Tag, tag.as_str()));
            let names = tags.chain([(Kind::Digest, image.digest.as_str())]).filter(|_| !wanted.is_empty());
            let mut using: Vec<&Reference> = names.filter_map(|name| wanted.get(&name)).flatten().copied().collect();
            using.sort_unstable();
            answered.extend(&using);
            by_image.push(using);
        }
        let of_this =
            |reference: &&Reference| reference.repository.is_some() && reference.repository == inventory.repository;
        let unanswered: Vec<_> = references.into_iter().filter(|r| !answered.contains(r)).filter(of_this).collect();
        let mut remarks = self.remarks.clone();
        if self.is_known && answered.is_empty() && unanswered.is_empty() {
            remarks.push(self.unrelated());
        }
        Uses { by_image, unanswered, remarks }
    }

    /// States which references are to images of other repositories than these, if others are to images of these: they
    /// are not counted. Without an account, an image is of any registry.
    pub fn of_others(&self, inventories: &[Inventory]) -> Option<String> {
        let is_other = |reference: &&Reference| !inventories.iter().any(|inventory| may_be_of(reference, inventory));
        let others: Vec<String> = self.references.iter().filter(is_other).map(named).collect();
        (!others.is_empty() && others.len() < self.references.len()).then(|| {
            let (references, are) = match others.len() {
                1 => ("1 image".to_owned(), "is"),
                many => (format!("{many} images"), "are"),
            };
            let shown = few(others.iter().map(String::as_str), SHOWN);
            format!("{references} of --in-use {are} not in this listing: {shown}")
        })
    }

    /// States that no image of a repository is in use, because that is more often a mistake than the truth.
    fn unrelated(&self) -> String {
        let others: BTreeSet<String> = self.references.iter().filter_map(repository).collect();
        if others.is_empty() {
            return "the input of --in-use names no images, so no image counts as in use".into();
        }
        let shown = few(others.iter().map(String::as_str), SHOWN);
        format!("the input of --in-use names no image of this repository, only images of {shown}")
    }
}

/// How many names or errors a sentence lists.
const SHOWN: usize = 5;

/// Reads one reference per line.
fn lines(text: &str, found: &mut Found) -> Result<(), Vec<String>> {
    let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.split('#').next().unwrap_or("").trim()));
    let mut faults = Vec::new();
    for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
        match Reference::parse(line) {
            Some(reference) => _ = found.references.insert(reference),
            None => faults.push(format!("line {number} is not an image reference: `{line}`")),
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    faults.truncate(SHOWN);
    faults.push(what_is_read());
    Err(faults)
}

/// Reads JSON documents in a row.
fn documents(text: &str, found: &mut Found) -> Result<(), String> {
    for document in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let document = document.map_err(|error| format!("the images in use are not valid JSON: {error}"))?;
        one_document(&document, found)?;
    }
    Ok(())
}

fn one_document(document: &Value, found: &mut Found) -> Result<(), String> {
    match document {
        Value::Array(documents) => documents.iter().try_for_each(|document| one_document(document, found)),
        Value::String(text) => match Reference::parse(text) {
            Some(reference) => {
                found.references.insert(reference);
                Ok(())
            }
            None => Err(format!("`{text}` is not an image reference")),
        },
        _ => match SOURCES.iter().any(|source| (source.read)(document, found)) {
            true => Ok(()),
            false => Err(format!(
                "{} does not name images in a form that ecrgen knows; {}",
                kind_of(document),
                what_is_read()
            )),
        },
    }
}

/// The `kind` of a Kubernetes object, or the keys of another one.
fn kind_of(document: &Value) -> String {
    let kinds = kubernetes::kinds(document);
    match document.as_object() {
        _ if !kinds.is_empty() => format!("an object of kind {}", kinds.join(", ")),
        Some(keys) if !keys.is_empty() => {
            let keys: Vec<&str> = keys.keys().take(SHOWN).map(String::as_str).collect();
            format!("a JSON object with the keys {}", keys.join(", "))
        }
        _ => "the JSON".into(),
    }
}

fn what_is_read() -> String {
    let commands: Vec<String> = SOURCES.iter().map(|source| format!("`{}`", source.command)).collect();
    format!("ecrgen reads the output of {}, or one image reference per line", commands.join(", "))
}

/// How a reference names an image.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Tag,
    Digest,
}

fn kind(target: &Target) -> (Kind, &str) {
    match target {
        Target::Tag(tag) => (Kind::Tag, tag),
        Target::Digest(digest) => (Kind::Digest, digest),
    }
}

/// A reference with the account of its registry, if it has one.
fn named(reference: &Reference) -> String {
    match &reference.account {
        Some(account) => format!("{reference} of account {account}"),
        None => reference.to_string(),
    }
}

/// The repository of a reference, with the account of its registry, if it has one.
fn repository(reference: &Reference) -> Option<String> {
    let repository = reference.repository.as_ref()?;
    Some(match &reference.account {
        Some(account) => format!("{repository} of account {account}"),
        None => repository.clone(),
    })
}

fn may_be_of(reference: &Reference, inventory: &Inventory) -> bool {
    let agree = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
    agree(&reference.repository, &inventory.repository) && agree(&reference.account, &inventory.registry)
}
