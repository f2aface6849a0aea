//! Manifests, which tell what an image index lists: `aws ecr describe-images` does not.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

/// Manifests by digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifests {
    by_digest: HashMap<String, Manifest>,
}

/// What one manifest says about others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// Digests of what an image index lists.
    pub(super) children: Vec<String>,
    /// Digest of what it refers to.
    pub(super) subject: Option<String>,
}

/// An image manifest or image index, as far as it speaks of others (OCI image specification).
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

/// What `aws ecr batch-get-image` prints.
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
    /// Adds a file: what `aws ecr batch-get-image` prints, or one manifest in a file that is named for its digest (the 64
    /// hexadecimal digits stand in the name, as in the blobs of an OCI layout).
    ///
    /// # Errors
    /// What is wrong with it, with the file's name.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("{name} is no JSON: {error}"))?;
        if value.get("images").is_some() {
            let batch: Batch = serde_json::from_value(value)
                .map_err(|error| format!("{name} is not what `aws ecr batch-get-image` prints: {error}"))?;
            for fetched in batch.images {
                let digest = fetched.image_id.image_digest;
                let raw = serde_json::from_str(&fetched.image_manifest)
                    .map_err(|error| format!("{name}: the imageManifest of {digest} is no manifest: {error}"))?;
                self.insert(digest, raw);
            }
            return Ok(());
        }
        let digest = digest_in(name).ok_or_else(|| {
            format!("{name} is a manifest whose file name does not hold its digest, 64 hexadecimal digits")
        })?;
        let raw = serde_json::from_value(value).map_err(|error| format!("{name} is no manifest: {error}"))?;
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

/// The digest a file is named for.
fn digest_in(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next()?;
    let hex = file.split(|c: char| !c.is_ascii_hexdigit()).find(|run| run.len() == 64)?;
    Some(format!("sha256:{}", hex.to_ascii_lowercase()))
}
