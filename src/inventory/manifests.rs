//! Image manifests. They contain what an image index lists, which `aws ecr describe-images` does not show.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

/// Image manifests by digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifests {
    by_digest: HashMap<String, Manifest>,
}

/// The references of one manifest to others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// Digests of the manifests that an image index lists.
    pub(super) children: Vec<String>,
    /// Digest of the subject that it refers to.
    pub(super) subject: Option<String>,
}

/// The part of an image manifest or image index that refers to others (OCI image specification).
#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    manifests: Vec<Descriptor>,
    subject: Option<Descriptor>,
}

#[derive(Deserialize)]
struct Descriptor {
    digest: String,
}

/// The output of `aws ecr batch-get-image`.
#[derive(Deserialize)]
struct Batch {
    images: Vec<Fetched>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fetched {
    image_id: ImageId,
    image_manifest: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ImageId {
    image_digest: String,
}

impl Manifests {
    /// Adds a file: the output of `aws ecr batch-get-image`, once or several times in a row, or one manifest in a file whose name contains its digest (64
    /// hexadecimal digits, as for the blobs of an OCI image layout).
    ///
    /// # Errors
    /// What is wrong with the file, with its name.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), String> {
        let documents: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(text).into_iter().collect();
        let documents = documents.map_err(|error| format!("{name} is not valid JSON: {error}"))?;
        match documents.is_empty() {
            true => Err(format!("{name} is empty")),
            false => documents.into_iter().try_for_each(|document| self.add_document(name, document)),
        }
    }

    fn add_document(&mut self, name: &str, value: Value) -> Result<(), String> {
        if value.get("images").is_some() {
            let batch: Batch = serde_json::from_value(value)
                .map_err(|error| format!("{name} is not output of `aws ecr batch-get-image`: {error}"))?;
            for fetched in batch.images {
                let digest = fetched.image_id.image_digest;
                let raw = serde_json::from_str(&fetched.image_manifest).map_err(|error| {
                    format!("{name}: the imageManifest of {digest} is not a valid manifest: {error}")
                })?;
                self.insert(digest, raw);
            }
            return Ok(());
        }
        let digest = digest_in(name).ok_or_else(|| {
            format!("{name} is a manifest, but its file name does not contain its digest (64 hexadecimal digits)")
        })?;
        let raw = serde_json::from_value(value).map_err(|error| format!("{name} is not a valid manifest: {error}"))?;
        self.insert(digest, raw);
        Ok(())
    }

    fn insert(&mut self, digest: String, raw: Raw) {
        let children = raw.manifests.into_iter().map(|child| child.digest).collect();
        self.by_digest.insert(digest, Manifest { children, subject: raw.subject.map(|subject| subject.digest) });
    }

    pub(super) fn get(&self, digest: &str) -> Option<&Manifest> {
        self.by_digest.get(digest)
    }
}

/// Returns the digest in a file name.
fn digest_in(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next()?;
    let hex = file.split(|c: char| !c.is_ascii_hexdigit()).find(|run| run.len() == 64)?;
    Some(format!("sha256:{}", hex.to_ascii_lowercase()))
}
