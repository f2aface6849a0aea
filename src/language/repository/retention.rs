//! Retention rules: which images are kept.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::amount::Amount;
use crate::decode::{self, Decode, Decoder, Definitions};
use crate::decode::{record, words};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{Span, Spanned};
use crate::value::{ClassName, Count, Days, Form, Sentence};
use crate::yaml::{Node, Value};

record! {
    /// A retention rule: what to do (`keep` or one of the `…_after` keys), and which images to do it to (`of`, `of_each` or
    /// `of_all`).
    pub struct RetentionRule {
        /// Keep this many of the newest images and apply `then` to the rest; `all` keeps every image. Required unless the
        /// rule has one of the `…_after` keys. Example: `keep: 10`.
        optional keep: Spanned<Amount<Keep>>,
        /// What happens to the images that `keep` does not keep: `expire` deletes them, `archive` moves them to the archive
        /// storage class. Default: `expire`. Example: `then: archive`.
        optional then: Spanned<Then>,
        /// Delete images this long after they were pushed: days, weeks or years of 365 days. Required unless the rule has
        /// `keep` or another `…_after` key. Example: `expire_after: 14d`.
        optional expire_after: Spanned<Amount<Days>>,
        /// Archive images this many days after they were pushed. Required unless the rule has `keep` or another `…_after`
        /// key. Example: `archive_after: 30d`.
        optional archive_after: Spanned<Amount<Days>>,
        /// Archive images this many days after they were last pulled. Required unless the rule has `keep` or another
        /// `…_after` key. Example: `archive_unpulled_after: 60d`.
        optional archive_unpulled_after: Spanned<Amount<Days>>,
        /// Delete archived images after this many days in the archive, at least 90. Required unless the rule has `keep` or
        /// another `…_after` key. Example: `expire_archived_after: 180d`.
        optional expire_archived_after: Spanned<Amount<Days>>,
        /// Images that the rule is about: a class of `image_tags`, `cosign` for the signatures, attestations and SBOMs of
        /// cosign (tags that start with `sha256-`), `tagged`, `untagged` or `any`. Default: `any`.
        /// Example: `of: untagged`.
        optional of: OneClass,
        /// Classes of `image_tags` that get a separate rule each, with separate counts. Default: a single rule for `of`.
        /// Example: `of_each: [release, build]`.
        optional of_each: Vec<Spanned<ClassName>>,
        /// Classes of `image_tags`: the rule is about images that have a tag of every one of them. Default: the rule is about
        /// the images of `of`. Example: `of_all: [build, commit]`.
        optional of_all: Vec<Spanned<ClassName>>,
        /// `service` makes one rule per service of the repository, with separate counts. Default: one rule for all services.
        /// Example: `per: service`.
        optional per: Spanned<Per>,
        /// Description of the rule in the lifecycle policy, for people who read the policy in the AWS console. Default: a
        /// sentence that says what the rule does. Example: `description: Releases that customers run`.
        optional description: Spanned<Sentence>,
        /// Number of the rule in the lifecycle policy, from 1 to 100000; it must be higher than that of the previous rule.
        /// Default: the next free number. Example: `priority: 10`.
        optional priority: Spanned<Count>,
    }
    exactly one of [keep, expire_after, archive_after, archive_unpulled_after, expire_archived_after]
    at most one of [of, of_each, of_all]
}

/// The retention of a repository: its rules, or `none`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The rules; empty for `none`.
    pub rules: Arc<[RetentionRule]>,
    /// The place of the first rule or of the word `none`.
    pub span: Span,
}

impl Decode for Retention {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let rules = <Arc<[RetentionRule]>>::decode(node, decoder)?;
        let span = rules.first().map_or(node.span, |rule| rule.span);
        Some(Retention { rules, span })
    }

    fn if_none(span: Span) -> Option<Self> {
        Some(Retention { rules: Arc::default(), span })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        <Arc<[RetentionRule]>>::schema(definitions)
    }
}

/// A single class, not a list.
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
                "write `of_each: […]` for one rule per class, or `of_all: […]` for images that have a tag of each listed class",
            ));
            return None;
        }
        Spanned::decode(node, decoder).map(OneClass)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "enum": ["tagged", "untagged", "any", "cosign"] }, ClassName::schema(definitions)] })
    }
}

/// How many of the newest images are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// This many.
    Newest(Count),
    /// All of them.
    All,
}

words! {
    /// What happens to the images that are not kept.
    pub enum Then {
        /// Delete them.
        Expire = "expire",
        /// Move them to the archive storage class.
        Archive = "archive",
    }
}

words! {
    /// What a rule is repeated for.
    pub enum Per {
        /// Every service of the repository.
        Service = "service",
    }
}

impl Decode for Keep {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("all") => Some(Keep::All),
            Some(text) if text.eq_ignore_ascii_case("all") => {
                let message = format!("expected a number or `all`, found `{text}`");
                decoder.fault(Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message).help("write `all`"));
                None
            }
            Some(text) if Days::parse(text).is_some() => {
                let message = format!("`keep` is a number of images, and `{text}` is an age");
                let help = format!("write `expire_after: {text}` instead of `keep` to delete images by age");
                decoder.fault(Diagnostic::new(&codes::WRONG_TYPE, node.span, message).help(help));
                None
            }
            _ => decode::count(node, decoder, "; to keep every image, write `keep: all`").map(Keep::Newest),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [Count::schema(definitions), { "const": "all" }] })
    }
}
