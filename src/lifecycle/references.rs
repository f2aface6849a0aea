//! Which images hang on which others: manifests on the image indexes that list them, referrers on their subjects.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::image::Image;

/// The relations within one inventory. What hangs on something that is not in it is an ordinary image.
pub(super) struct Kinship {
    /// The hosts of image `i` are `hosts[starts[i]..starts[i + 1]]`.
    starts: Vec<usize>,
    hosts: Vec<usize>,
    listed: Vec<bool>,
    /// Whether some image index does not tell what it lists.
    pub(super) unlisted_index: bool,
}

/// How an image hangs on others.
pub(super) enum Kin<'k> {
    /// These image indexes list it. A referrer that is listed counts as listed only.
    Listed(&'k [usize]),
    /// It refers to this subject.
    Refers(usize),
}

impl Kinship {
    pub(super) fn of(images: &[Image]) -> Kinship {
        let named = Named::of(images);
        let (links, listed) = links(images, &named);
        let mut starts = vec![0; images.len() + 1];
        for &(dependent, _) in &links {
            starts[dependent + 1] += 1;
        }
        for i in 0..images.len() {
            starts[i + 1] += starts[i];
        }
        let hosts = links.into_iter().map(|(_, host)| host).collect();
        Kinship { starts, hosts, listed, unlisted_index: named.unlisted_index }
    }

    /// The indexes that list the image, or else its subject.
    fn hosts(&self, image: usize) -> &[usize] {
        &self.hosts[self.starts[image]..self.starts[image + 1]]
    }

    /// Whether it hangs on others.
    pub(super) fn is_dependent(&self, image: usize) -> bool {
        !self.hosts(image).is_empty()
    }

    /// Whether it hangs on others, or may: untagged, and some index does not tell what it lists.
    pub(super) fn may_depend(&self, image: usize, images: &[Image]) -> bool {
        self.is_dependent(image) || self.unlisted_index && images[image].tags.is_empty()
    }

    /// All images that hang on others, each after those it hangs on. Left out, and so treated as ordinary images, are
    /// those that hang on themselves in a circle: digests rule that out, an inventory written by hand does not.
    pub(super) fn dependents(&self) -> impl Iterator<Item = (usize, Kin<'_>)> {
        self.in_order().into_iter().map(|image| match self.hosts(image) {
            indexes if self.listed[image] => (image, Kin::Listed(indexes)),
            subject => (image, Kin::Refers(subject[0])),
        })
    }

    fn in_order(&self) -> Vec<usize> {
        let mut settled: Vec<bool> = (0..self.starts.len() - 1).map(|image| !self.is_dependent(image)).collect();
        let mut waiting: Vec<usize> = (0..settled.len()).filter(|&image| !settled[image]).collect();
        let mut order = Vec::with_capacity(waiting.len());
        loop {
            let before = waiting.len();
            waiting.retain(|&image| {
                let ready = self.hosts(image).iter().all(|&host| settled[host]);
                if ready {
                    settled[image] = true;
                    order.push(image);
                }
                !ready
            });
            if waiting.len() == before {
                return order;
            }
        }
    }
}

/// Pairs of dependent and host, sorted by dependent, then by the host's digest; and which images some index lists.
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

/// The digests that images name. Most images are named by none, so only these are kept, each once.
struct Named {
    /// The image that has the digest, if one does.
    images: Vec<Option<usize>>,
    /// Image indexes, each with a digest that it lists, by its number.
    children: Vec<(usize, usize)>,
    /// Images, each with the digest that it refers to.
    subjects: Vec<(usize, usize)>,
    /// Whether some image index does not tell what it lists.
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

/// Digests and their numbers. The table holds the numbers alone, so that it fits into a processor's cache where there are
/// hundreds of thousands.
#[derive(Default)]
struct Digests<'i> {
    /// The digests with their hashes.
    texts: Vec<(u64, &'i str)>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl<'i> Digests<'i> {
    /// The number of a digest; a new one if it has none.
    fn number(&mut self, digest: &'i str) -> usize {
        let Digests { texts, table, hasher } = self;
        let hash = hasher.hash_one(digest);
        let same = |number: &u32| texts[*number as usize] == (hash, digest);
        match table.entry(hash, same, |number| texts[*number as usize].0) {
            Entry::Occupied(known) => *known.get() as usize,
            Entry::Vacant(free) => {
                let number = texts.len();
                free.insert(u32::try_from(number).expect("images name fewer than four billion digests"));
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
