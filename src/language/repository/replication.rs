//! Where ECR replicates the images of a repository to.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::Encryption;
use crate::decode::{Decode, Decoder, Definitions, record, words};
use crate::source::{Span, Spanned};
use crate::value::{AccountId, Region};
use crate::yaml::{Node, Value};

/// The registries that images are replicated to, or `none`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicateTo {
    /// The registries; empty for `none`.
    pub registries: Arc<[Item]>,
    /// The place of the first of them or of the word `none`.
    pub span: Span,
}

impl Decode for ReplicateTo {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let registries = <Arc<[Item]>>::decode(node, decoder)?;
        let span = registries.first().map_or(node.span, |item| item.0.span);
        Some(ReplicateTo { registries, span })
    }

    fn if_none(span: Span) -> Option<Self> {
        Some(ReplicateTo { registries: Arc::default(), span })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        <Arc<[Item]>>::schema(definitions)
    }
}

/// An item of the list: a region of this account, or a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item(pub Destination);

impl Decode for Item {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if let Value::Map(_) = node.value {
            return Destination::decode(node, decoder).map(Item);
        }
        let region = Spanned::decode(node, decoder)?;
        Some(Item(Destination { region, account: None, replica: None, encryption: None, span: node.span }))
    }

    fn keys() -> &'static [&'static str] {
        Destination::KEYS
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [Region::schema(definitions), Destination::schema(definitions)] })
    }
}

record! {
    /// A registry that ECR replicates the images of a repository to.
    pub struct Destination {
        /// Region of the registry. Required. Example: `region: us-east-1`.
        required region: Spanned<Region>,
        /// ID of the AWS account of the registry. Default: the account of this registry. Example: `account: "222222222222"`.
        optional account: Spanned<AccountId>,
        /// What becomes of the repository there: with `managed`, this root module creates it with the settings of this
        /// repository; with `plain`, ECR creates it with its default settings when it replicates the first image. Default:
        /// `managed` in this account, `plain` in another account. Example: `replica: plain`.
        optional replica: Spanned<ReplicaWord>,
        /// Encryption at rest of a `managed` replica. A KMS key belongs to one region, so a repository with a customer managed
        /// key needs another one for each replica: write its ARN, or `create`. Default: the encryption of this repository.
        /// Example: `encryption: { kms: create }`.
        optional encryption: Spanned<Encryption>,
    }
}

words! {
    /// What becomes of a repository in another registry.
    pub enum ReplicaWord {
        /// The root module creates it with the same settings.
        Managed = "managed",
        /// ECR creates it with its default settings.
        Plain = "plain",
    }
}
