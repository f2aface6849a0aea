//! What a spec says about IAM OIDC providers.

use serde_json::{Value as Json, json};

use crate::decode::keys::word;
use crate::decode::{Decode, Decoder, Definitions};
use crate::value::{OrCreate, ProviderArn};
use crate::yaml::Node;

/// Where an IAM OIDC provider comes from. One an account and issuer.
pub type OidcProvider = OrCreate<ProviderSource>;

/// A provider that exists already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderSource {
    /// Its ARN follows from account and issuer.
    Computed,
    /// A data source finds it.
    LookUp,
    /// This is its ARN.
    Arn(ProviderArn),
}

impl Decode for ProviderSource {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if node.as_text().is_some_and(|text| text.starts_with("arn:")) {
            return ProviderArn::decode(node, decoder).map(ProviderSource::Arn);
        }
        match word(node, &["create", "existing", "look_up"], decoder)? {
            "existing" => Some(ProviderSource::Computed),
            "look_up" => Some(ProviderSource::LookUp),
            _ => unreachable!("`create` is not a provider that exists already"),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "enum": ["existing", "look_up"] }, ProviderArn::schema(definitions)] })
    }
}
