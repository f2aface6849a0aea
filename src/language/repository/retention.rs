//! What a spec says about which images stay.

use serde_json::{Value as Json, json};

use crate::decode::{Decode, Decoder, Definitions};
use crate::decode::{record, words};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::value::{ClassName, Count, Days, Form};
use crate::yaml::{Node, Value};

record! {
    /// One sentence about images: a verb with its clock, and whose images.
    pub struct RetentionRule {
        /// The newest so many stay and the rest goes; `all`: every one stays.
        optional keep: Spanned<Keep>,
        /// What `keep` does with the rest. Default: expire.
        optional then: Spanned<Then>,
        /// Gone so long after the push.
        optional expire_after: Spanned<Days>,
        /// Archived so long after the push.
        optional archive_after: Spanned<Days>,
        /// Archived so long after the last pull.
        optional archive_unpulled_after: Spanned<Days>,
        /// Gone after so long in the archive; 90 days at least.
        optional expire_archived_after: Spanned<Days>,
        /// Whose images: a class of `image_tags`, `tagged`, `untagged` or `any`. Default: any.
        optional of: OneClass,
        /// One rule for each of these classes; counts are separate.
        optional of_each: Vec<Spanned<ClassName>>,
        /// Images that carry a tag of every one of these classes.
        optional of_all: Vec<Spanned<ClassName>>,
        /// One rule for each service of the repository.
        optional per: Spanned<Per>,
        /// The rule's number in AWS's policy; must rise. Default: the next free one.
        optional priority: Spanned<Count>,
    }
    exactly one of [keep, expire_after, archive_after, archive_unpulled_after, expire_archived_after]
    at most one of [of, of_each, of_all]
}

/// A single class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneClass(pub Spanned<ClassName>);

impl std::ops::Deref for OneClass {
    type Target = Spanned<ClassName>;

    fn deref(&self) -> &Spanned<ClassName> {
        &self.0
    }
}

impl Decode for OneClass {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if let Value::List(_) = node.value {
            let message = format!("expected {}, found {}", ClassName::WANTED, node.kind());
            decoder.fault(Diagnostic::new(&codes::WRONG_TYPE, node.span, message).help(
                "`of_each: […]` makes a rule for each class; `of_all: […]` means images with a tag of every one",
            ));
            return None;
        }
        Spanned::decode(node, decoder).map(OneClass)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        ClassName::schema(definitions)
    }
}

/// How many of the newest images stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// So many.
    Newest(Count),
    /// Every one.
    All,
}

words! {
    /// What happens to the images that are not kept.
    pub enum Then {
        /// They are deleted.
        Expire = "expire",
        /// They move to the archive storage class.
        Archive = "archive",
    }
}

words! {
    /// What a rule is repeated for.
    pub enum Per {
        /// Each service of the repository.
        Service = "service",
    }
}

impl Decode for Keep {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("all") => Some(Keep::All),
            _ => Count::decode(node, decoder).map(Keep::Newest),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [Count::schema(definitions), { "const": "all" }] })
    }
}
