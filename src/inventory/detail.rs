//! An image in the output of `aws ecr describe-images` (API reference, `ImageDetail`).

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use crate::lifecycle::Storage;
use crate::time::{Time, from_epoch, parse_time};

/// The keys that ecrgen reads. AWS may add others at any time.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Detail {
    pub(super) registry_id: Option<String>,
    pub(super) repository_name: Option<String>,
    pub(super) image_digest: Option<String>,
    /// Some programs write `null` for an untagged image.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) image_tags: Vec<String>,
    pub(super) image_size_in_bytes: Option<u64>,
    pub(super) image_pushed_at: Option<Stamp>,
    pub(super) image_manifest_media_type: Option<String>,
    pub(super) last_recorded_pull_time: Option<Stamp>,
    pub(super) subject_manifest_digest: Option<String>,
    image_status: Option<String>,
    last_archived_at: Option<Stamp>,
    last_activated_at: Option<Stamp>,
}

fn null_is_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A time, or what is wrong with it. The AWS CLI prints seconds or ISO 8601, depending on `cli_timestamp_format`.
pub(super) struct Stamp(Result<Time, String>);

impl Stamp {
    /// Returns the time in a key, if the key is present.
    pub(super) fn read(stamp: Option<Stamp>, key: &str) -> Result<Option<Time>, String> {
        stamp.map(|stamp| stamp.0.map_err(|why| format!("has an invalid {key}: {why}"))).transpose()
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StampVisitor;
        impl Visitor<'_> for StampVisitor {
            type Value = Stamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time in seconds or as text")
            }

            fn visit_f64<E: Error>(self, seconds: f64) -> Result<Stamp, E> {
                Ok(Stamp(from_epoch(seconds).map_err(|why| format!("`{seconds}` {why}"))))
            }

            fn visit_u64<E: Error>(self, seconds: u64) -> Result<Stamp, E> {
                self.visit_f64(seconds as f64)
            }

            fn visit_i64<E: Error>(self, seconds: i64) -> Result<Stamp, E> {
                self.visit_f64(seconds as f64)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Stamp, E> {
                Ok(Stamp(parse_time(text).map_err(|why| format!("`{text}` {why}"))))
            }
        }
        deserializer.deserialize_any(StampVisitor)
    }
}

/// The status of an image, from `imageStatus`.
pub(super) enum Status {
    /// It is stored.
    Stored(Storage),
    /// It is being restored from the archive.
    Activating,
}

impl Detail {
    /// Returns the status of the image and since when it applies.
    pub(super) fn status(&mut self) -> Result<Status, String> {
        let archived_at = Stamp::read(self.last_archived_at.take(), "lastArchivedAt")?;
        let activated_at = Stamp::read(self.last_activated_at.take(), "lastActivatedAt")?;
        match self.image_status.as_deref() {
            None | Some("ACTIVE") => Ok(Status::Stored(Storage::Standard { activated_at })),
            Some("ACTIVATING") => Ok(Status::Activating),
            Some("ARCHIVED") => archived_at
                .map(|archived_at| Status::Stored(Storage::Archive { archived_at }))
                .ok_or_else(|| "is ARCHIVED but has no lastArchivedAt, so its time in the archive is unknown".into()),
            Some(other) => {
                Err(format!("has the unknown imageStatus `{other}`, expected ACTIVE, ARCHIVED or ACTIVATING"))
            }
        }
    }
}
