//! Classes of image tags.

use serde_json::{Value as Json, json};

use crate::decode::record;
use crate::decode::{Decode, Decoder, Definitions};
use crate::source::Spanned;
use crate::value::{EnvironmentName, GitRef, ImageTagTemplate};
use crate::yaml::Node;

record! {
    /// A class of image tags: what its tags look like, and whether they can move.
    pub struct ImageTag {
        /// Template of the tags: letters, digits, `.`, `_`, `-` and the placeholders `{service}`, `{environment}`,
        /// `{version}`, `{git_tag}`, `{branch}`, `{sha}` (or `{sha:8}`), `{timestamp}`, `{date}` and `{any}`. Required.
        /// Example: `tag: "{service}-v{version}"`.
        required tag: Spanned<ImageTagTemplate>,
        /// Whether these tags can move from one image to another, whatever the repository's `tag_mutability` is: `true`
        /// allows it in an immutable repository, `false` prevents it in a mutable one. Default: as `tag_mutability`.
        /// Example: `moving: true`.
        optional moving: Spanned<bool>,
        /// Git branch whose builds get these tags; `*` matches any characters. `ecrgen tag` gives them to no other builds.
        /// Default: tags with `{version}` or `{git_tag}` are for builds of git tags, other tags with `{branch}`, `{sha}`,
        /// `{timestamp}` or `{date}` for builds of branches, and the rest for no build. Example: `branch: main`.
        optional branch: Spanned<GitRef>,
        /// Environments in which this class does not exist: there, no retention rule or mutability exception uses it.
        /// They need not be environments of the spec, because `ecrgen tag --deployable` reads this list too. Default: the
        /// class exists in every environment. Example: `never_in: [staging, prod]`.
        optional never_in: Vec<Spanned<EnvironmentName>>,
    }
}

/// A class of image tags; a plain string is short for `{ tag: … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageTagClass(pub ImageTag);

impl Decode for ImageTagClass {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if node.as_text().is_none() {
            return ImageTag::decode(node, decoder).map(ImageTagClass);
        }
        let tag = Spanned::decode(node, decoder)?;
        Some(ImageTagClass(ImageTag { tag, moving: None, branch: None, never_in: None, span: node.span }))
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [ImageTagTemplate::schema(definitions), ImageTag::schema(definitions)] })
    }
}
