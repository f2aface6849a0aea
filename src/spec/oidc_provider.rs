//! What a spec says about IAM OIDC providers.

use serde_json::{Value as Json, json};

use super::decode::{Decode, Decoder};
use super::schema::Definitions;
use super::text::ProviderArn;
use crate::node::Node;
use crate::words;

/// Where an IAM OIDC provider comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OidcProvider {
    /// This spec makes it. One an account and issuer.
    Create,
    /// It is there; its ARN follows from account and issuer.
    Existing,
    /// It is there; a data source finds it.
    LookUp,
    /// It is there, and this is its ARN.
    Arn(ProviderArn),
}

words! {
    /// Where a provider comes from, if not an ARN.
    pub enum OidcProviderWord {
        /// Made here.
        Create = "create",
        /// There; the ARN is computed.
        Existing = "existing",
        /// There; a data source finds it.
        LookUp = "look_up",
    }
}

impl Decode for OidcProvider {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if node.as_text().is_some_and(|text| text.starts_with("arn:")) {
            return ProviderArn::decode(node, decoder).map(OidcProvider::Arn);
        }
        OidcProviderWord::decode(node, decoder).map(|word| match word {
            OidcProviderWord::Create => OidcProvider::Create,
            OidcProviderWord::Existing => OidcProvider::Existing,
            OidcProviderWord::LookUp => OidcProvider::LookUp,
        })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [OidcProviderWord::schema(definitions), ProviderArn::schema(definitions)] })
    }
}
