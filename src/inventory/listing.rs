//! The listing of a repository: what `aws ecr describe-images` prints.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::clock::{from_epoch, parse_time, second};
use super::manifests::Manifests;
use crate::lifecycle::{Image, Storage, Time};

/// The images of one repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// `repositoryName`, where the listing tells it.
    pub repository: Option<String>,
    /// `registryId`, the account, where the listing tells it.
    pub registry: Option<String>,
    /// The images in the order of the listing, digests unique.
    pub images: Vec<Image>,
    /// Whether these are all images: no `nextToken` was left.
    pub complete: bool,
    /// What the listing leaves open and what was assumed instead, a sentence each.
    pub remarks: Vec<String>,
}

/// One page of the listing (API reference, `DescribeImages`).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    image_details: Vec<Detail>,
    next_token: Option<String>,
    /// The AWS command line's own name for the same.
    #[serde(rename = "NextToken")]
    cli_token: Option<String>,
}

/// `ImageDetail`; AWS adds keys at any time.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Detail {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_digest: Option<String>,
    #[serde(default)]
    image_tags: Vec<String>,
    image_size_in_bytes: Option<u64>,
    image_pushed_at: Option<Stamp>,
    image_manifest_media_type: Option<String>,
    last_recorded_pull_time: Option<Stamp>,
    subject_manifest_digest: Option<String>,
    image_status: Option<String>,
    last_archived_at: Option<Stamp>,
    last_activated_at: Option<Stamp>,
}

/// A time: the AWS command line prints seconds or ISO 8601, as `cli_timestamp_format` says.
#[derive(Deserialize, PartialEq)]
#[serde(untagged)]
enum Stamp {
    Seconds(f64),
    Text(String),
}

/// Reads a listing, or several one after another; one inventory a repository, in the order of the text.
///
/// A bare list of images, as `--query imageDetails` prints it, is read too. `at` is the time for which verdicts are
/// wanted: images pushed later are remarked upon.
///
/// # Errors
/// All that is wrong, a sentence each. Text that is no JSON, or is cut off, is one fault.
pub fn read(text: &str, manifests: &Manifests, at: Time) -> Result<Vec<Inventory>, Vec<String>> {
    let mut faults = Vec::new();
    let mut readers: Vec<Reader<'_>> = Vec::new();
    let pages = pages(text).map_err(|fault| vec![fault])?;
    for (last, page) in pages.iter().enumerate().map(|(i, page)| (i + 1 == pages.len(), page)) {
        for detail in &page.image_details {
            let repository = detail.repository_name.as_deref();
            let known = readers.iter().position(|reader| reader.inventory.repository.as_deref() == repository);
            let reader = known.unwrap_or_else(|| {
                readers.push(Reader::of(detail, manifests, at));
                readers.len() - 1
            });
            readers[reader].add(detail, &mut faults);
        }
        // A token in the midst of several pages is answered by the next one.
        if last && (page.next_token.is_some() || page.cli_token.is_some()) {
            readers.iter_mut().for_each(|reader| reader.inventory.complete = false);
        }
    }
    if readers.is_empty() && faults.is_empty() {
        let (registry, repository) = (None, None);
        return Ok(vec![Inventory { repository, registry, images: vec![], complete: true, remarks: vec![] }]);
    }
    match faults.is_empty() {
        true => Ok(readers.into_iter().map(Reader::finish).collect()),
        false => Err(faults),
    }
}

fn pages(text: &str) -> Result<Vec<Page>, String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err("the listing is empty: not even `{ \"imageDetails\": [] }` is in it".into());
    }
    let read = match text.starts_with('[') {
        true => serde_json::from_str(text)
            .map(|image_details| vec![Page { image_details, next_token: None, cli_token: None }]),
        false => serde_json::Deserializer::from_str(text).into_iter().collect(),
    };
    read.map_err(|error| match error.classify() {
        serde_json::error::Category::Eof => format!("the listing is cut off: {error}"),
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            format!("the listing is no JSON: {error}")
        }
        serde_json::error::Category::Data => {
            format!("the listing is not what `aws ecr describe-images` prints: {error}")
        }
    })
}

/// One repository's images while they are read.
struct Reader<'p> {
    inventory: Inventory,
    manifests: &'p Manifests,
    at: Time,
    seen: HashMap<&'p str, &'p Detail>,
    /// Which image each tag was seen on.
    tags: HashMap<&'p str, &'p str>,
    /// Remarks with the images they are about.
    assumed: BTreeMap<&'static str, Vec<String>>,
}

const TWICE: &str = "listed twice with the same details: counted once";
const SIZELESS: &str = "without imageSizeInBytes: counted as 0 bytes";
const ACTIVATING: &str = "being restored from the archive: taken as restored already";
const FUTURE: &str = "pushed after the time of the simulation: counted as if they were there already";
const TYPELESS: &str = "without imageManifestMediaType: any of them may be an image index";

impl<'p> Reader<'p> {
    fn of(detail: &Detail, manifests: &'p Manifests, at: Time) -> Self {
        let inventory = Inventory {
            repository: detail.repository_name.clone(),
            registry: detail.registry_id.clone(),
            images: Vec::new(),
            complete: true,
            remarks: Vec::new(),
        };
        Reader { inventory, manifests, at, seen: HashMap::new(), tags: HashMap::new(), assumed: BTreeMap::new() }
    }

    fn add(&mut self, detail: &'p Detail, faults: &mut Vec<String>) {
        let Some(digest) = detail.image_digest.as_deref().filter(|digest| digest.contains(':')) else {
            let tags = detail.image_tags.join(", ");
            faults.push(format!("image {} (tags: {tags}) has no imageDigest", self.inventory.images.len() + 1));
            return;
        };
        if let Some(first) = self.seen.get(digest) {
            match *first == detail {
                true => self.assume(TWICE, digest),
                false => faults.push(format!("{digest} is listed twice, with different details")),
            }
            return;
        }
        match self.image(digest, detail) {
            Ok(image) => self.inventory.images.push(image),
            Err(fault) => faults.push(format!("{digest} {fault}")),
        }
        for tag in &detail.image_tags {
            if let Some(other) = self.tags.insert(tag, digest) {
                let remark =
                    format!("the tag {tag} is on two images, {other} and {digest}: the listing is of two times");
                self.inventory.remarks.push(remark);
            }
        }
        self.seen.insert(digest, detail);
    }

    fn image(&mut self, digest: &str, detail: &Detail) -> Result<Image, String> {
        let time = |key: &str, stamp: &Option<Stamp>| match stamp {
            None => Ok(None),
            Some(Stamp::Seconds(seconds)) => {
                from_epoch(*seconds).map(Some).map_err(|why| format!("has an {key} that {why}"))
            }
            Some(Stamp::Text(text)) => {
                parse_time(text).map(Some).map_err(|why| format!("has an {key} that {why}: `{text}`"))
            }
        };
        let pushed = time("imagePushedAt", &detail.image_pushed_at)?
            .ok_or("has no imagePushedAt: no rule of a lifecycle policy can be applied to it")?;
        let pulled = time("lastRecordedPullTime", &detail.last_recorded_pull_time)?;
        let archived_at = time("lastArchivedAt", &detail.last_archived_at)?;
        let activated_at = time("lastActivatedAt", &detail.last_activated_at)?;
        let storage = match detail.image_status.as_deref() {
            None | Some("ACTIVE") => Storage::Standard { activated_at },
            Some("ACTIVATING") => {
                self.assume(ACTIVATING, digest);
                Storage::Standard { activated_at: Some(self.at) }
            }
            Some("ARCHIVED") => Storage::Archive {
                archived_at: archived_at
                    .ok_or("is ARCHIVED and has no lastArchivedAt: its time in the archive is unknown")?,
            },
            Some(other) => return Err(format!("has the imageStatus `{other}`, not ACTIVE, ARCHIVED or ACTIVATING")),
        };
        if detail.image_size_in_bytes.is_none() {
            self.assume(SIZELESS, digest);
        }
        if pushed > self.at {
            self.assume(FUTURE, digest);
        }
        let manifest = self.manifests.get(digest);
        if detail.image_manifest_media_type.is_none() && manifest.is_none() {
            self.assume(TYPELESS, digest);
        }
        let subject = detail.subject_manifest_digest.clone();
        Ok(Image {
            digest: digest.to_owned(),
            tags: detail.image_tags.clone(),
            pushed,
            pulled,
            storage,
            size: detail.image_size_in_bytes.unwrap_or(0),
            media_type: detail.image_manifest_media_type.clone(),
            subject: subject.or_else(|| manifest.and_then(|manifest| manifest.subject.clone())),
            children: manifest.map(|manifest| manifest.children.clone()).unwrap_or_default(),
        })
    }

    fn assume(&mut self, what: &'static str, digest: &str) {
        self.assumed.entry(what).or_default().push(digest.to_owned());
    }

    fn finish(mut self) -> Inventory {
        for (what, digests) in self.assumed {
            let example = match digests.as_slice() {
                [only] => only.clone(),
                [first, ..] => format!("{first}, for example"),
                [] => continue,
            };
            self.inventory.remarks.push(match what {
                FUTURE => format!("{} images {what} ({}; {example})", digests.len(), second(self.at)),
                _ => format!("{} images {what} ({example})", digests.len()),
            });
        }
        if !self.inventory.complete {
            let remark =
                "the listing is incomplete: a nextToken is left, and the images of the other pages are not counted";
            self.inventory.remarks.push(remark.into());
        }
        self.inventory
    }
}
