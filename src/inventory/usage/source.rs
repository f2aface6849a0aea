//! What a reader of images in use finds in the output of a command.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::inventory::reference::Reference;

/// A command whose JSON output names images in use.
pub(super) struct Source {
    /// The command.
    pub(super) command: &'static str,
    /// Reads a document. Returns whether the document is output of this command.
    pub(super) read: fn(&Value, &mut Found) -> bool,
}

/// What is found in all documents.
#[derive(Default)]
pub(super) struct Found {
    pub(super) references: BTreeSet<Reference>,
    remarks: BTreeSet<String>,
    /// What only another document tells, with what it is missing for and the command that prints it.
    needed: BTreeMap<String, String>,
    /// What the documents tell about.
    told: BTreeSet<String>,
}

impl Found {
    /// Adds a reference, if there is one: a container that has not started yet has an empty text.
    pub(super) fn add(&mut self, image: &Value) {
        self.references.extend(image.as_str().and_then(Reference::parse));
    }

    /// Adds an image, and the digest to which its tag was resolved.
    pub(super) fn add_resolved(&mut self, image: &Value, digest: &Value) {
        self.add(image);
        if let (Some(image), Some(digest)) = (image.as_str(), digest.as_str()) {
            let place = image.split('@').next().unwrap_or(image);
            self.references.extend(Reference::parse(&format!("{place}@{digest}")));
        }
    }

    /// Notes that something, such as a task definition, is in use. Its images must be in another document.
    pub(super) fn need(&mut self, name: &str, fault: String) {
        self.needed.entry(name.to_owned()).or_insert(fault);
    }

    /// Notes that the images of something are known.
    pub(super) fn tell(&mut self, name: &str) {
        self.told.insert(name.to_owned());
    }

    /// Adds a sentence about what the input does not tell.
    pub(super) fn remark(&mut self, sentence: String) {
        self.remarks.insert(sentence);
    }

    /// Adds a remark if there is a token for the next page.
    pub(super) fn remark_on_pages(&mut self, token: &Value, what: &str) {
        if token.as_str().is_some_and(|token| !token.is_empty()) {
            self.remark(format!("the list of {what} in use is incomplete: it ends with a token for the next page"));
        }
    }

    /// The references and the remarks.
    ///
    /// # Errors
    /// What is in use although no document names its images.
    pub(super) fn finish(self) -> Result<(BTreeSet<Reference>, Vec<String>), Vec<String>> {
        let missing = self.needed.into_iter().filter(|(name, _)| !self.told.contains(name));
        let missing: Vec<String> = missing.map(|(_, fault)| fault).collect();
        if missing.is_empty() { Ok((self.references, self.remarks.into_iter().collect())) } else { Err(missing) }
    }
}
