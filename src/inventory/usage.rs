//! Which images are in use.

use std::collections::BTreeSet;

use hashbrown::HashMap;
use serde_json::Value;

use super::listing::Inventory;
use super::reference::{Reference, Target};

/// References to images in use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    references: BTreeSet<Reference>,
}

/// Where `kubectl get pods -o json` has images: requested ones in `spec`, running ones in `status`.
const POD: [(&str, &[&str], &[&str]); 2] = [
    ("spec", &["containers", "initContainers", "ephemeralContainers"], &["image"]),
    ("status", &["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"], &["image", "imageID"]),
];

impl Usage {
    /// Reads one reference per line (`#` starts a comment), or the output of `kubectl get pods -A -o json`.
    ///
    /// # Errors
    /// Everything that is wrong, one sentence each.
    pub fn read(text: &str) -> Result<Usage, Vec<String>> {
        if text.trim_start().starts_with('{') {
            return pods(text).map_err(|fault| vec![fault]);
        }
        let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.split('#').next().unwrap_or("").trim()));
        let mut usage = Usage::default();
        let mut faults = Vec::new();
        for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
            match Reference::parse(line) {
                Some(reference) => drop(usage.references.insert(reference)),
                None => faults.push(format!("line {number} is not an image reference: `{line}`")),
            }
        }
        if faults.is_empty() { Ok(usage) } else { Err(faults) }
    }

    /// Returns the references to each image of the inventory, and the references to this repository that match no image.
    ///
    /// Account and repository must match if both sides have them. The rest of the host is not compared, because the
    /// registry may be behind a proxy.
    pub fn of<'u>(&'u self, inventory: &Inventory) -> (Vec<Vec<&'u Reference>>, Vec<&'u Reference>) {
        let references: Vec<&Reference> = self.references.iter().filter(|r| may_be_of(r, inventory)).collect();
        let mut wanted: HashMap<(Kind, &str), Vec<&Reference>> = HashMap::default();
        for reference in &references {
            wanted.entry(kind(&reference.target)).or_default().push(reference);
        }
        let mut answered: BTreeSet<&Reference> = BTreeSet::new();
        let mut uses = Vec::with_capacity(inventory.images.len());
        for image in &inventory.images {
            let tags = image.tags.iter().map(|tag| (Kind::Tag, tag.as_str()));
            let names = tags.chain([(Kind::Digest, image.digest.as_str())]).filter(|_| !wanted.is_empty());
            let mut using: Vec<&Reference> = names.filter_map(|name| wanted.get(&name)).flatten().copied().collect();
            using.sort_unstable();
            answered.extend(&using);
            uses.push(using);
        }
        let of_this =
            |reference: &&Reference| reference.repository.is_some() && reference.repository == inventory.repository;
        let unanswered = references.into_iter().filter(|r| !answered.contains(r)).filter(of_this).collect();
        (uses, unanswered)
    }
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

fn may_be_of(reference: &Reference, inventory: &Inventory) -> bool {
    let agree = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
    agree(&reference.repository, &inventory.repository) && agree(&reference.account, &inventory.registry)
}

fn pods(text: &str) -> Result<Usage, String> {
    let document: Value =
        serde_json::from_str(text).map_err(|error| format!("the list of pods is not valid JSON: {error}"))?;
    let items = document.get("items").and_then(Value::as_array);
    let items =
        items.ok_or("the list of pods is not output of `kubectl get pods -A -o json`: it has no `items` list")?;
    let mut usage = Usage::default();
    for pod in items {
        for (part, lists, keys) in POD {
            let containers = lists.iter().filter_map(|list| pod.get(part)?.get(list)?.as_array()).flatten();
            for container in containers {
                let texts = keys.iter().filter_map(|key| container.get(key)?.as_str());
                // A container that has not started yet has an empty imageID.
                usage.references.extend(texts.filter_map(Reference::parse));
            }
        }
    }
    Ok(usage)
}
