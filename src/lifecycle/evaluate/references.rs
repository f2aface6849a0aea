//! Dependencies between images: manifests depend on the image indexes that list them, and referrers on their subjects.

use std::hash::BuildHasher;
use std::mem;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::image::Image;

/// The dependencies within one inventory. An image that depends on something outside the inventory counts as
/// independent.
pub(super) struct References {
    /// Image `i` depends on `targets[starts[i]..starts[i + 1]]`.
    starts: Vec<usize>,
    targets: Vec<usize>,
    listed: Vec<bool>,
    /// Whether the inventory has an image index without the list of its manifests.
    pub(super) unlisted_index: bool,
}

/// How an image depends on others.
pub(super) enum Relation<'r> {
    /// These image indexes list it. A referrer that an image index lists counts only as listed.
    ListedBy(&'r [usize]),
    /// It refers to this subject.
    RefersTo(usize),
}

impl References {
    pub(super) fn of(images: &[Image]) -> References {
        let named = Named::of(images);
        let (links, listed) = links(images, &named);
        let mut starts = vec![0; images.len() + 1];
        for &(dependent, _) in &links {
            starts[dependent + 1] += 1;
        }
        for i in 0..images.len() {
            starts[i + 1] += starts[i];
        }
        let targets = links.into_iter().map(|(_, target)| target).collect();
        References { starts, targets, listed, unlisted_index: named.unlisted_index }
    }

    /// The image indexes that list the image, or else its subject.
    fn targets(&self, image: usize) -> &[usize] {
        &self.targets[self.starts[image]..self.starts[image + 1]]
    }

    /// Whether the image depends on others.
    pub(super) fn is_dependent(&self, image: usize) -> bool {
        !self.targets(image).is_empty()
    }

    /// Whether the image depends on others, or may depend on them because it is untagged and the inventory has an image
    /// index without the list of its manifests.
    pub(super) fn may_depend(&self, image: usize, images: &[Image]) -> bool {
        self.is_dependent(image) || self.unlisted_index && images[image].tags.is_empty()
    }

    /// All images that depend on others, each after the images that it depends on. Images in a dependency cycle are
    /// left out and count as independent. Digests make cycles impossible, but an inventory written by hand may contain
    /// them.
    pub(super) fn dependents(&self) -> impl Iterator<Item = (usize, Relation<'_>)> {
        self.in_order().into_iter().map(|image| match self.targets(image) {
            indexes if self.listed[image] => (image, Relation::ListedBy(indexes)),
            subject => (image, Relation::RefersTo(subject[0])),
        })
    }

    /// Follows each image to what it depends on before it adds the image, so it looks at each dependency once.
    fn in_order(&self) -> Vec<usize> {
        let mut settled: Vec<bool> = (0..self.starts.len() - 1).map(|image| !self.is_dependent(image)).collect();
        let mut seen = settled.clone();
        let mut order = Vec::new();
        // The images from `start` to the current one, each with the number of targets that were followed.
        let mut path: Vec<(usize, usize)> = Vec::new();
        for start in 0..settled.len() {
            path.extend((!mem::replace(&mut seen[start], true)).then_some((start, 0)));
            while let Some((image, followed)) = path.last_mut() {
                let (image, targets) = (*image, self.targets(*image));
                if let Some(&target) = targets.get(*followed) {
                    *followed += 1;
                    path.extend((!mem::replace(&mut seen[target], true)).then_some((target, 0)));
                    continue;
                }
                path.pop();
                // A target that is still in the path is part of a cycle.
                if targets.iter().all(|&target| settled[target]) {
                    settled[image] = true;
                    order.push(image);
                }
            }
        }
        order
    }
}

/// Returns pairs of a dependent and its target, sorted by dependent and then by the target's digest, and which images
/// are listed by an image index.
fn links(images: &[Image], named: &Named) -> (Vec<(usize, usize)>, Vec<bool>) {
    let mut links: Vec<(usize, usize)> = Vec::new();
    let mut listed = vec![false; images.len()];
    for &(parent, name) in &named.children {
        if let Some(child) = named.images[name] {
            links.push((child, parent));
            listed[child] = true;
        }
    }
    let referrers = named.subjects.iter().filter(|(referrer, _)| !listed[*referrer]);
    links.extend(referrers.filter_map(|&(referrer, name)| Some((referrer, named.images[name]?))));
    links.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| images[a.1].digest.cmp(&images[b.1].digest)));
    links.dedup();
    (links, listed)
}

/// The digests that images refer to. Most images are not referred to, so only these digests are stored, each once.
struct Named {
    /// The image with the digest, if there is one.
    images: Vec<Option<usize>>,
    /// Image indexes, each with the number of a digest that it lists.
    children: Vec<(usize, usize)>,
    /// Images, each with the number of the digest that it refers to.
    subjects: Vec<(usize, usize)>,
    /// Whether the inventory has an image index without the list of its manifests.
    unlisted_index: bool,
}

impl Named {
    fn of(images: &[Image]) -> Named {
        let mut digests = Digests::default();
        let (mut children, mut subjects, mut unlisted_index) = (Vec::new(), Vec::new(), false);
        for (i, image) in images.iter().enumerate() {
            children.extend(image.children.iter().map(|digest| (i, digests.number(digest))));
            subjects.extend(image.subject.iter().map(|digest| (i, digests.number(digest))));
            unlisted_index |= image.children.is_empty() && image.is_index();
        }
        let mut named = Named { images: vec![None; digests.texts.len()], children, subjects, unlisted_index };
        if !digests.texts.is_empty() {
            for (i, image) in images.iter().enumerate() {
                if let Some(number) = digests.find(&image.digest) {
                    named.images[number] = Some(i);
                }
            }
        }
        named
    }
}

/// Digests and their numbers. The table stores only the numbers, so that it fits into a processor's cache even if there
/// are hundreds of thousands of digests.
#[derive(Default)]
struct Digests<'i> {
    /// The digests with their hashes.
    texts: Vec<(u64, &'i str)>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl<'i> Digests<'i> {
    /// The number of the digest. Assigns a new one if it has none.
    fn number(&mut self, digest: &'i str) -> usize {
        let Digests { texts, table, hasher } = self;
        let hash = hasher.hash_one(digest);
        let same = |number: &u32| texts[*number as usize] == (hash, digest);
        match table.entry(hash, same, |number| texts[*number as usize].0) {
            Entry::Occupied(known) => *known.get() as usize,
            Entry::Vacant(free) => {
                let number = texts.len();
                free.insert(u32::try_from(number).expect("images refer to fewer than four billion digests"));
                texts.push((hash, digest));
                number
            }
        }
    }

    fn find(&self, digest: &str) -> Option<usize> {
        let hash = self.hasher.hash_one(digest);
        let same = |number: &u32| self.texts[*number as usize] == (hash, digest);
        self.table.find(hash, same).map(|number| *number as usize)
    }
}
