//! Images as ECR describes them.

use crate::lifecycle::policy::StorageClass;
use crate::time::Time;

/// A manifest in a repository: an image, an image index, or something that refers to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its digest, which is unique in an inventory.
    pub digest: String,
    /// Its tags. Empty for an untagged image.
    pub tags: Vec<String>,
    /// `imagePushedAt`.
    pub pushed: Time,
    /// `lastRecordedPullTime`, which AWS updates at most once a day.
    pub pulled: Option<Time>,
    /// Its storage class, and when it was moved there.
    pub storage: Storage,
    /// `imageSizeInBytes`.
    pub size: u64,
    /// `imageManifestMediaType`.
    pub media_type: Option<String>,
    /// Digest of the manifest that it refers to, such as the image that a signature signs or an SBOM describes.
    pub subject: Option<String>,
    /// Digests of the manifests that an image index lists, if known. AWS's image descriptions do not include them.
    pub children: Vec<String>,
}

/// Where an image is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// In the `standard` class.
    Standard {
        /// `lastActivatedAt`: when it was restored from the archive, if it ever was.
        activated_at: Option<Time>,
    },
    /// In the `archive` class.
    Archive {
        /// `lastArchivedAt`.
        archived_at: Time,
    },
}

impl Image {
    /// Its storage class.
    pub fn storage_class(&self) -> StorageClass {
        match self.storage {
            Storage::Standard { .. } => StorageClass::Standard,
            Storage::Archive { .. } => StorageClass::Archive,
        }
    }

    /// Whether it is an image index, which lists other manifests.
    pub fn is_index(&self) -> bool {
        !self.children.is_empty()
            || self.media_type.as_deref().is_some_and(|media_type| {
                media_type == "application/vnd.oci.image.index.v1+json"
                    || media_type == "application/vnd.docker.distribution.manifest.list.v2+json"
            })
    }

    /// When it was archived, if it is in the archive.
    pub(super) fn archived_at(&self) -> Option<Time> {
        match self.storage {
            Storage::Archive { archived_at } => Some(archived_at),
            Storage::Standard { .. } => None,
        }
    }

    /// When it was pushed. A restored image counts as pushed when it was restored ("Archiving an image").
    pub(super) fn pushed_or_activated(&self) -> Time {
        match self.storage {
            Storage::Standard { activated_at: Some(activated) } => activated,
            _ => self.pushed,
        }
    }

    /// When it was last pulled or restored, whichever is later, or else when it was pushed.
    pub(super) fn pulled_or_activated(&self) -> Time {
        match self.storage {
            Storage::Standard { activated_at: Some(activated) } => {
                self.pulled.map_or(activated, |pulled| pulled.max(activated))
            }
            _ => self.pulled.unwrap_or(self.pushed),
        }
    }
}
