//! Where a count ends: the oldest image that an `imageCountMoreThan` rule still keeps.

use std::cmp::Ordering;

use super::image::Image;
use crate::time::Time;

/// An image as counts see it.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// Its index in the inventory.
    pub(super) image: u32,
    /// When it was pushed, or restored.
    pub(super) pushed: Time,
    /// Whether it hangs on other images, or may.
    pub(super) depends: bool,
}

impl Seen {
    /// The youngest first; of those pushed in the same second the smallest digest first, an order of ours: AWS documents
    /// none.
    fn by_age(&self, other: &Seen, images: &[Image]) -> Ordering {
        let digest = |seen: &Seen| images[seen.image as usize].digest.as_str();
        other.pushed.cmp(&self.pushed).then_with(|| digest(self).cmp(digest(other)))
    }
}

/// The last image that a count keeps.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    last_kept: Seen,
    /// Whether the first that is not kept was pushed in the same second.
    tied: bool,
}

impl Edge {
    /// The edge of the newest `keep` of these images; `None` if there are no more of them. Their order is changed.
    fn of(seen: &mut [Seen], keep: usize, images: &[Image]) -> Option<Edge> {
        if seen.len() <= keep {
            return None;
        }
        let (_, last_kept, rest) = seen.select_nth_unstable_by(keep - 1, |a, b| a.by_age(b, images));
        Some(Edge { last_kept: *last_kept, tied: rest.iter().any(|other| other.pushed == last_kept.pushed) })
    }
}

/// The edges of one rule in both readings of AWS's documentation: it does not say whether the manifests that an image
/// index lists, and referrers, are counted.
#[derive(Clone, Copy)]
pub(super) struct Edges {
    all: Option<Edge>,
    independent: Option<Edge>,
}

impl Edges {
    /// The edges of the newest `keep` of these images.
    pub(super) fn of(mut seen: Vec<Seen>, keep: usize, images: &[Image]) -> Edges {
        let all = Edge::of(&mut seen, keep, images);
        seen.retain(|seen| !seen.depends);
        Edges { all, independent: Edge::of(&mut seen, keep, images) }
    }

    /// Whether the image is over the count if all images are counted.
    pub(super) fn is_over(&self, image: &Seen, images: &[Image]) -> bool {
        is_behind(self.all, image, images)
    }

    /// Whether it is over the count if only those are counted that hang on no other.
    pub(super) fn is_surely_over(&self, image: &Seen, images: &[Image]) -> bool {
        is_behind(self.independent, image, images)
    }

    /// Whether it was pushed in the one second in which both kept images and others were.
    pub(super) fn ties(&self, image: &Seen) -> bool {
        [self.all, self.independent].iter().flatten().any(|edge| edge.tied && edge.last_kept.pushed == image.pushed)
    }
}

fn is_behind(edge: Option<Edge>, image: &Seen, images: &[Image]) -> bool {
    edge.is_some_and(|edge| edge.last_kept.by_age(image, images) == Ordering::Less)
}
