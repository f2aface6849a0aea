//! What a spec expects of its retentions.

use super::decode::{Map, Spanned};
use super::number::Count;
use super::text::{Days, RepositoryKey};
use crate::{record, text, words};

record! {
    /// What becomes of one image, or of the images of a schedule, under a repository's retention.
    pub struct Expectation {
        /// Whose retention.
        required repository: Spanned<RepositoryKey>,
        /// One image, by its tag.
        optional tag: Spanned<Tag>,
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

text! {
    /// An expectation in words: what reports quote.
    pub struct Sentence = r"[^ \t\r\n]", "a sentence";
}

text! {
    /// A tag (OCI distribution specification, "Pulling manifests").
    pub struct Tag = "^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$", "an image tag: 128 letters, digits, `.`, `_` and `-` at most";
}

text! {
    /// Classes of image tags that one image has at once.
    pub struct PushedTags = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*(\+[a-z][a-z0-9]*(-[a-z0-9]+)*)*$",
        "a class of image tags, several joined by `+`, or `untagged`";
}

text! {
    /// How often something is pushed.
    pub struct PushRate = "^[1-9][0-9]{0,4}/(hour|day|week|month)$", "a rate such as 5/day: per hour, day, week or month";
}

text! {
    /// A number of bytes.
    pub struct Size = "^[1-9][0-9]{0,5}(kB|MB|GB)$", "a size such as 400MB: in kB, MB or GB";
}

text! {
    /// A share in percent.
    pub struct Share = r"^(100|[0-9]{1,2}(\.[0-9]{1,2})?)%$", "a share such as 71%";
}
