//! What a spec expects of its retentions.

use crate::decode::Map;
use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{Count, Days, PushRate, PushedTags, RepositoryKey, Share, Size, TagName};

record! {
    /// What becomes of one image, or of the images of a schedule, under a repository's retention.
    pub struct Expectation {
        /// Whose retention.
        required repository: Spanned<RepositoryKey>,
        /// One image, by its tag.
        optional tag: Spanned<TagName>,
        /// How long ago it was pushed.
        optional age: Spanned<Days>,
        /// What has become of it.
        optional is: Spanned<Fate>,
        /// Pushes: how often images of a class, of several at once (`build+commit`), or `untagged`.
        optional pushes: Map<PushedTags, Spanned<PushRate>>,
        /// How long they are pushed.
        optional r#for: Spanned<Days>,
        /// How large each image is; prices the result.
        optional image_size: Spanned<Size>,
        /// How many images are left in the end.
        optional kept: Spanned<Count>,
        /// Which share of the images is gone in the end, as exactly as it is written.
        optional saved: Spanned<Share>,
    }
    exactly one of [tag, pushes]
}

words! {
    /// What has become of an image.
    pub enum Fate {
        /// It is there.
        Kept = "kept",
        /// It is deleted.
        Expired = "expired",
        /// It is in the archive.
        Archived = "archived",
    }
}
