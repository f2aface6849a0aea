//! The listing of a repository: the output of `aws ecr describe-images`.

use std::collections::BTreeMap;
use std::io::Read;

use hashbrown::HashMap;

use super::detail::{Detail, Stamp, Status};
use super::manifests::Manifests;
use super::page;
use crate::lifecycle::{Image, Storage};
use crate::time::{Time, second};

/// The images of one repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// `repositoryName`, if the listing has it.
    pub repository: Option<String>,
    /// `registryId`, which is the account ID, if the listing has it.
    pub registry: Option<String>,
    /// The images in the order of the listing, with unique digests.
    pub images: Vec<Image>,
    /// Whether these are all images, that is, the last page has no `nextToken`.
    pub complete: bool,
    /// What the listing does not say and what ecrgen assumes instead, one sentence each.
    pub remarks: Vec<String>,
}

/// Reads a listing, or several in a row, and returns one inventory per repository, in the order of the listing.
///
/// A bare list of images, the output of `--query imageDetails`, is also accepted. `at` is the time of the simulation:
/// images that were pushed later get a remark.
///
/// # Errors
/// Everything that is wrong, one sentence each. A listing that cannot be read, is not JSON or is truncated is one error.
pub fn read(listing: impl Read, manifests: &Manifests, at: Time) -> Result<Vec<Inventory>, Vec<String>> {
    let mut faults = Vec::new();
    let mut readers: Vec<Reader<'_>> = Vec::new();
    let token = page::read(listing, |detail| {
        let repository = detail.repository_name.as_deref();
        // The images of a repository are usually listed together.
        let known = readers.iter().rposition(|reader| reader.inventory.repository.as_deref() == repository);
        let reader = known.unwrap_or_else(|| {
            readers.push(Reader::of(&detail, manifests, at));
            readers.len() - 1
        });
        readers[reader].add(detail, &mut faults);
    });
    let complete = !token.map_err(|fault| vec![fault])?;
    if readers.is_empty() && faults.is_empty() {
        let (registry, repository) = (None, None);
        return Ok(vec![Inventory { repository, registry, images: vec![], complete: true, remarks: vec![] }]);
    }
    let inventories = readers.into_iter().map(|reader| reader.finish(complete, &mut faults)).collect();
    if faults.is_empty() { Ok(inventories) } else { Err(faults) }
}

/// The images of one repository during reading.
struct Reader<'m> {
    inventory: Inventory,
    manifests: &'m Manifests,
    at: Time,
    /// Each assumption, with the number of images that it applies to and the digest of the first.
    assumed: BTreeMap<&'static str, (usize, String)>,
}

/// The size that no image exceeds: a manifest of 4 MiB lists fewer than 42,000 layers of at most 52,000 MiB ("Amazon ECR
/// service quotas").
const LARGEST: u64 = 42_000 * (52_000 << 20);

const TWICE: &str = "listed twice with the same details, counted once";
const SIZELESS: &str = "without imageSizeInBytes, counted as 0 bytes";
const ACTIVATING: &str = "being restored from the archive, counted as restored";
const FUTURE: &str = "pushed after the time of the simulation, counted as if already pushed";
const TYPELESS: &str = "without imageManifestMediaType, which tells whether an image is an image index";

impl<'m> Reader<'m> {
    fn of(detail: &Detail, manifests: &'m Manifests, at: Time) -> Self {
        let inventory = Inventory {
            repository: detail.repository_name.clone(),
            registry: detail.registry_id.clone(),
            images: Vec::new(),
            complete: true,
            remarks: Vec::new(),
        };
        Reader { inventory, manifests, at, assumed: BTreeMap::new() }
    }

    fn add(&mut self, mut detail: Detail, faults: &mut Vec<String>) {
        let Some(digest) = detail.image_digest.take().filter(|digest| digest.contains(':')) else {
            let tags = match detail.image_tags.as_slice() {
                [] => "untagged".to_owned(),
                tags => format!("tags: {}", tags.join(", ")),
            };
            faults.push(format!("image {} ({tags}) has no imageDigest", self.inventory.images.len() + 1));
            return;
        };
        match self.image(&digest, detail) {
            Ok(image) => self.inventory.images.push(Image { digest, ..image }),
            Err(fault) => faults.push(format!("{digest} {fault}")),
        }
    }

    /// Reads an image, without its digest.
    fn image(&mut self, digest: &str, mut detail: Detail) -> Result<Image, String> {
        let pushed = Stamp::read(detail.image_pushed_at.take(), "imagePushedAt")?
            .ok_or("has no imagePushedAt, so no lifecycle rule can be applied to it")?;
        let pulled = Stamp::read(detail.last_recorded_pull_time.take(), "lastRecordedPullTime")?;
        let storage = match detail.status()? {
            Status::Stored(storage) => storage,
            Status::Activating => {
                self.assume(ACTIVATING, digest);
                Storage::Standard { activated_at: Some(self.at) }
            }
        };
        if let Some(size) = detail.image_size_in_bytes.filter(|size| *size > LARGEST) {
            return Err(format!("has an imageSizeInBytes of {size}, more than the {LARGEST} that an image can have"));
        }
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
        detail.image_tags.shrink_to_fit();
        let subject = detail.subject_manifest_digest;
        Ok(Image {
            digest: String::new(),
            tags: detail.image_tags,
            pushed,
            pulled,
            storage,
            size: detail.image_size_in_bytes.unwrap_or(0),
            media_type: detail.image_manifest_media_type,
            subject: subject.or_else(|| manifest.and_then(|manifest| manifest.subject.clone())),
            children: manifest.map(|manifest| manifest.children.clone()).unwrap_or_default(),
        })
    }

    fn assume(&mut self, what: &'static str, digest: &str) {
        self.assumed.entry(what).or_insert_with(|| (0, digest.to_owned())).0 += 1;
    }

    fn finish(mut self, complete: bool, faults: &mut Vec<String>) -> Inventory {
        self.inventory.complete = complete;
        self.drop_repetitions(faults);
        self.remark_on_tags();
        for (what, (number, first)) in &self.assumed {
            let (images, example) = match number {
                1 => ("1 image".to_owned(), first.clone()),
                number => (format!("{number} images"), format!("for example {first}")),
            };
            self.inventory.remarks.push(match *what {
                FUTURE => format!("{images} {what} ({}; {example})", second(self.at)),
                _ => format!("{images} {what} ({example})"),
            });
        }
        if !complete {
            let remark =
                "the listing is incomplete: it ends with a nextToken, and images on the missing pages are not counted";
            self.inventory.remarks.push(remark.into());
        }
        self.inventory
    }

    /// Removes repeated digests.
    fn drop_repetitions(&mut self, faults: &mut Vec<String>) {
        let images = &self.inventory.images;
        let repeated = repetitions(images.iter().enumerate().map(|(i, image)| (image.digest.as_str(), i)));
        let mut is_repeated = vec![false; images.len()];
        for &(_, first, again) in &repeated {
            is_repeated[again] = true;
            if images[first] != images[again] {
                faults.push(format!("{} is listed twice, with different details", images[again].digest));
            }
        }
        if let Some((digest, ..)) = repeated.first() {
            self.assumed.insert(TWICE, (repeated.len(), (*digest).to_owned()));
            let mut is_repeated = is_repeated.into_iter();
            self.inventory.images.retain(|_| is_repeated.next() == Some(false));
        }
    }

    fn remark_on_tags(&mut self) {
        let images = &self.inventory.images;
        let tags = images.iter().enumerate().flat_map(|(i, image)| image.tags.iter().map(move |tag| (tag.as_str(), i)));
        for (tag, first, again) in repetitions(tags) {
            let (one, other) = (&images[first].digest, &images[again].digest);
            let remark = format!(
                "tag {tag} is on two images, {one} and {other}: the pages of the listing are from different times"
            );
            self.inventory.remarks.push(remark);
        }
    }
}

/// Returns each text that is repeated, with the place of its first occurrence and the place of the repetition.
fn repetitions<'t>(texts: impl Iterator<Item = (&'t str, usize)>) -> Vec<(&'t str, usize, usize)> {
    let mut first: HashMap<&str, usize> = HashMap::default();
    let again = texts.filter_map(|(text, place)| {
        let known = *first.entry(text).or_insert(place);
        (known != place).then_some((text, known, place))
    });
    again.collect()
}
