//! Where a count ends: the oldest image that an `imageCountMoreThan` rule still keeps.

use std::cmp::Ordering;

use super::image::Image;
use crate::time::Time;

/// An image as a count compares it with others.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    /// Its index in the inventory.
    pub(super) image: u32,
    /// When it was pushed, or restored.
    pub(super) pushed: Time,
    /// Whether it depends on other images, or may.
    pub(super) depends: bool,
}

impl Counted {
    /// The youngest first; of those pushed in the same second the smallest digest first, an order of ours: AWS documents
    /// none.
    fn by_age(&self, other: &Counted, images: &[Image]) -> Ordering {
        let digest = |counted: &Counted| images[counted.image as usize].digest.as_str();
        other.pushed.cmp(&self.pushed).then_with(|| digest(self).cmp(digest(other)))
    }
}

/// The last image that a count keeps.
#[derive(Clone, Copy)]
pub(super) struct Boundary {
    last_kept: Counted,
    /// Whether the first that is not kept was pushed in the same second.
    tied: bool,
}

impl Boundary {
    /// The boundary of the newest `keep` of these images; `None` if there are no more of them. Their order is changed.
    fn of(counted: &mut [Counted], keep: usize, images: &[Image]) -> Option<Boundary> {
        if counted.len() <= keep {
            return None;
        }
        let (_, last_kept, rest) = counted.select_nth_unstable_by(keep - 1, |a, b| a.by_age(b, images));
        Some(Boundary { last_kept: *last_kept, tied: rest.iter().any(|other| other.pushed == last_kept.pushed) })
    }
}

/// The boundary of one rule in both readings of AWS's documentation: it does not say whether the manifests that an image
/// index lists, and referrers, are counted.
#[derive(Clone, Copy)]
pub(super) struct CountBoundary {
    all: Option<Boundary>,
    independent: Option<Boundary>,
}

impl CountBoundary {
    /// The boundary of the newest `keep` of these images.
    pub(super) fn of(mut counted: Vec<Counted>, keep: usize, images: &[Image]) -> CountBoundary {
        let all = Boundary::of(&mut counted, keep, images);
        counted.retain(|counted| !counted.depends);
        CountBoundary { all, independent: Boundary::of(&mut counted, keep, images) }
    }

    /// Whether the image is over the count if all images are counted.
    pub(super) fn is_over(&self, image: &Counted, images: &[Image]) -> bool {
        is_beyond(self.all, image, images)
    }

    /// Whether it is over the count if only images are counted that depend on no other.
    pub(super) fn is_surely_over(&self, image: &Counted, images: &[Image]) -> bool {
        is_beyond(self.independent, image, images)
    }

    /// Whether it was pushed in the one second in which both kept images and others were.
    pub(super) fn ties(&self, image: &Counted) -> bool {
        [self.all, self.independent]
            .iter()
            .flatten()
            .any(|boundary| boundary.tied && boundary.last_kept.pushed == image.pushed)
    }
}

fn is_beyond(boundary: Option<Boundary>, image: &Counted, images: &[Image]) -> bool {
    boundary.is_some_and(|boundary| boundary.last_kept.by_age(image, images) == Ordering::Less)
}
