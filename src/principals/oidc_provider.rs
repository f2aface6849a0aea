//! IAM OIDC providers in a spec.

use serde_json::{Value as Json, json};

use crate::decode::keys::word;
use crate::decode::{Decode, Decoder, Definitions};
use crate::value::{OrCreate, ProviderArn};
use crate::yaml::Node;

/// Where an IAM OIDC provider comes from. An account has one provider per issuer.
pub type OidcProvider = OrCreate<ProviderSource>;

/// A provider that already exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderSource {
    /// The ARN is computed from the account and the issuer.
    Computed,
    /// A data source looks up the ARN.
    LookUp,
    /// The ARN is in the spec.
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
            _ => unreachable!("`create` is not a provider that already exists"),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "enum": ["existing", "look_up"] }, ProviderArn::schema(definitions)] })
    }
}
