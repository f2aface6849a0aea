//! The boundary of a count: the oldest image that an `imageCountMoreThan` rule keeps.

use std::cmp::Ordering;

use super::image::Image;
use crate::time::Time;

/// The properties of an image that matter for a count.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    /// Its index in the inventory.
    pub(super) image: u32,
    /// When it was pushed or restored.
    pub(super) pushed: Time,
    /// Whether it depends on other images, or may depend on them.
    pub(super) depends: bool,
}

impl Counted {
    /// The same image, sorted by its push even if it was restored later.
    pub(super) fn by_push(&self, images: &[Image]) -> Counted {
        Counted { pushed: images[self.image as usize].pushed, ..*self }
    }

    /// Orders the newest image first. Images that were pushed in the same second are ordered by digest, because AWS
    /// does not document an order for them.
    fn by_age(&self, other: &Counted, images: &[Image]) -> Ordering {
        let digest = |counted: &Counted| images[counted.image as usize].digest.as_str();
        other.pushed.cmp(&self.pushed).then_with(|| digest(self).cmp(digest(other)))
    }
}

/// The last image that a count keeps.
#[derive(Clone, Copy)]
pub(super) struct Boundary {
    last_kept: Counted,
    /// Whether an image that is not kept was pushed in the same second.
    tied: bool,
}

impl Boundary {
    /// The boundary after the newest `keep` of these images, or `None` if there are no older ones. Reorders the images.
    fn of(counted: &mut [Counted], keep: usize, images: &[Image]) -> Option<Boundary> {
        if counted.len() <= keep {
            return None;
        }
        let (_, last_kept, rest) = counted.select_nth_unstable_by(keep - 1, |a, b| a.by_age(b, images));
        Some(Boundary { last_kept: *last_kept, tied: rest.iter().any(|other| other.pushed == last_kept.pushed) })
    }
}

/// The boundary of one rule under both readings of AWS's documentation, which does not state whether ECR counts
/// referrers and the manifests that an image index lists.
#[derive(Clone, Copy)]
pub(super) struct CountBoundary {
    all: Option<Boundary>,
    independent: Option<Boundary>,
}

impl CountBoundary {
    /// The boundary after the newest `keep` of these images.
    pub(super) fn of(mut counted: Vec<Counted>, keep: usize, images: &[Image]) -> CountBoundary {
        let all = Boundary::of(&mut counted, keep, images);
        counted.retain(|counted| !counted.depends);
        CountBoundary { all, independent: Boundary::of(&mut counted, keep, images) }
    }

    /// Whether the image exceeds the count if all images are counted.
    pub(super) fn is_over(&self, image: &Counted, images: &[Image]) -> bool {
        is_beyond(self.all, image, images)
    }

    /// Whether the image exceeds the count even if only independent images are counted.
    pub(super) fn is_over_for_certain(&self, image: &Counted, images: &[Image]) -> bool {
        is_beyond(self.independent, image, images)
    }

    /// Whether the image was pushed in a second in which ECR keeps some images but not others.
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
