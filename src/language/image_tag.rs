//! What a spec says about the tags of images.

use serde_json::{Value as Json, json};

use crate::decode::record;
use crate::decode::{Decode, Decoder, Definitions};
use crate::source::Spanned;
use crate::value::{EnvironmentName, GitRef, ImageTagTemplate};
use crate::yaml::Node;

record! {
    /// A class of image tags.
    pub struct ImageTag {
        /// What the tag looks like, for example `{service}-v{version}`.
        required tag: Spanned<ImageTagTemplate>,
        /// `true`: these tags may move although the repository is immutable; `false`: they stay although it is mutable.
        optional moving: Spanned<bool>,
        /// The only branch that makes these tags.
        optional branch: Spanned<GitRef>,
        /// Environments in which the class does not exist.
        optional never_in: Vec<Spanned<EnvironmentName>>,
    }
}

/// A class; plain text is short for `{ tag: … }`.
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
