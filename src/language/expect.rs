//! Expectations of a spec about its retention rules.

use crate::decode::Map;
use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{Count, Days, PushRate, PushedTags, RepositoryKey, Share, Size, TagName};

record! {
    /// An expectation about a repository's retention rules: the outcome for one image (`tag` or `tags`, `age`, `is`), or for
    /// the images of a push schedule (`pushes`, `for`, and `kept` or `saved`).
    pub struct Expectation {
        /// The repository whose retention rules are tested. Required. Example: `repository: cart`.
        required repository: Spanned<RepositoryKey>,
        /// Tag of the one image that is tested, or `untagged`. Required unless the expectation has `tags` or `pushes`.
        /// Example: `tag: v1.5.0`.
        optional tag: Spanned<TagName>,
        /// Tags of the one image that is tested, if it has several. Required unless the expectation has `tag` or `pushes`.
        /// Example: `tags: [build-1a2b3c4, latest]`.
        optional tags: Vec<Spanned<TagName>>,
        /// How many days ago the image was pushed. Required with `tag` and `tags`. Example: `age: 30d`.
        optional age: Spanned<Days>,
        /// How many days ago the image was last pulled. Default: never. Example: `pulled: 10d`.
        optional pulled: Spanned<Days>,
        /// How many days ago the image was archived by other means than the retention rules. Default: never.
        /// Example: `archived: 100d`.
        optional archived: Spanned<Days>,
        /// How many days ago the image was restored from the archive. Default: never. Example: `restored: 5d`.
        optional restored: Spanned<Days>,
        /// The expected outcome: `kept`, `expired` (deleted) or `archived`. Required with `tag` and `tags`.
        /// Example: `is: kept`.
        optional is: Spanned<Fate>,
        /// How often images are pushed, by class of image tags: a number per `hour`, `day`, `week` or `month`.
        /// `build+commit` means that each image has a tag of both classes, `untagged` that it has none. Required unless
        /// the expectation has `tag` or `tags`. Example: `pushes: { build+commit: 5/day, untagged: 1/week }`.
        optional pushes: Map<PushedTags, Spanned<PushRate>>,
        /// How often images are pulled, by class of image tags. Each pull gets the newest image of the class.
        /// Default: none. Example: `pulls: { release: 1/week }`.
        optional pulls: Map<PushedTags, Spanned<PushRate>>,
        /// What cosign pushes with each image, as images with tags such as `sha256-<digest>.sig`: signatures (`sig`),
        /// attestations (`att`) or SBOMs (`sbom`). Default: nothing. Example: `signed: [sig, att]`.
        optional signed: Vec<Spanned<Companion>>,
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
    exactly one of [tag, tags, pushes]
}

words! {
    /// What cosign stores next to an image.
    pub enum Companion {
        /// A signature.
        Signature = "sig",
        /// An attestation.
        Attestation = "att",
        /// An SBOM.
        Sbom = "sbom",
    }
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
