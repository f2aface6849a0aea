//! Expectations of a spec about its retention rules.

use crate::decode::Map;
use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{Count, Days, PushRate, PushedTags, RepositoryKey, Share, Size, TagName};

record! {
    /// An expectation about a repository's retention rules: the outcome for one image (`tag`, `age`, `is`), or for the
    /// images of a push schedule (`pushes`, `for`, and `kept` or `saved`).
    pub struct Expectation {
        /// The repository whose retention rules are tested. Required. Example: `repository: cart`.
        required repository: Spanned<RepositoryKey>,
        /// Tag of the one image that is tested. Required unless the expectation has `pushes`. Example: `tag: v1.5.0`.
        optional tag: Spanned<TagName>,
        /// How many days ago the image was pushed. Required with `tag`. Example: `age: 30d`.
        optional age: Spanned<Days>,
        /// The expected outcome: `kept`, `expired` (deleted) or `archived`. Required with `tag`. Example: `is: kept`.
        optional is: Spanned<Fate>,
        /// How often images are pushed, by class of image tags: a number per `hour`, `day`, `week` or `month`.
        /// `build+commit` means that each image has a tag of both classes, `untagged` that it has none. Required unless
        /// the expectation has `tag`. Example: `pushes: { build+commit: 5/day, untagged: 1/week }`.
        optional pushes: Map<PushedTags, Spanned<PushRate>>,
        /// How many days the schedule runs. Required with `pushes`. Example: `for: 90d`.
        optional r#for: Spanned<Days>,
        /// Size of each image, in `kB`, `MB` or `GB`. It affects only the estimated cost. Default: `500MB`.
        /// Example: `image_size: 400MB`.
        optional image_size: Spanned<Size>,
        /// Number of images that are left at the end. Required with `pushes`, unless it has `saved`. Example: `kept: 10`.
        optional kept: Spanned<Count>,
        /// Percentage of the pushed images that are deleted by the end, compared to as many decimal places as are written.
        /// Required with `pushes`, unless it has `kept`. Example: `saved: 71%`.
        optional saved: Spanned<Share>,
    }
    exactly one of [tag, pushes]
}

words! {
    /// The expected outcome for an image.
    pub enum Fate {
        /// The image is kept in the standard storage class.
        Kept = "kept",
        /// The image is deleted.
        Expired = "expired",
        /// The image is in the archive storage class.
        Archived = "archived",
    }
}
