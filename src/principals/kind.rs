//! The properties of a kind of principal.

use serde_json::Value as Json;

use super::{Principal, SharedPrincipal};
use crate::decode::keys::Keys;
use crate::decode::{Decode, Decoder, Definitions};
use crate::iam::{Action, Verb};

/// A kind of principal.
pub struct Kind {
    /// The key of a principal of this kind in an access entry.
    pub key: &'static str,
    /// The description that editors show for the key.
    pub description: &'static str,
    /// Keys that can be used next to the key of this kind, and with no other kind.
    pub companions: &'static [Companion],
    /// Decodes the principal of an entry and reports errors to the decoder.
    pub decode: fn(&Kind, &Keys, &mut Decoder) -> Option<SharedPrincipal>,
    /// The JSON Schema of the value of the key.
    pub schema: fn(&mut Definitions) -> Json,
    /// The default issuer of its tokens, for a kind that signs in with tokens and whose key is also the name of its
    /// provider in `oidc_providers`.
    pub issuer: Option<DefaultIssuer>,
    /// Verbs that an entry of this kind cannot grant, each with the reason. All other verbs are allowed.
    pub refused: &'static [(Verb, &'static str)],
    /// The actions that a verb stands for with this kind.
    pub actions: fn(Verb) -> Vec<&'static Action>,
    /// Why an entry of this kind cannot grant an exact ECR action, if it cannot.
    pub refuses: fn(&Action) -> Option<&'static str>,
    /// An access entry for documentation and tests. It grants `pull` on the repository `shop`, or another verb that fits
    /// the kind.
    pub example: &'static str,
}

/// The issuer of the tokens of a kind, unless an access entry sets another one.
#[derive(Clone, Copy, Debug)]
pub struct DefaultIssuer {
    /// Host and path, in the form that IAM uses.
    pub host_and_path: &'static str,
    /// The audience of its tokens.
    pub audience: &'static str,
}

/// A key that can be used next to the key of one kind, and only there.
pub struct Companion {
    /// The key.
    pub key: &'static str,
    /// The key that it narrows or completes, without which it cannot be used.
    pub needs: &'static str,
    /// The value of the kind's key that makes this key mandatory, if there is one.
    pub required_by: Option<&'static str>,
    /// The description that editors show for the key.
    pub description: &'static str,
    /// The JSON Schema of its value.
    pub schema: fn(&mut Definitions) -> Json,
}

/// Decodes a principal that is the value of its kind's key.
pub(super) fn decode<P: Principal + Decode + 'static>(
    kind: &Kind,
    keys: &Keys,
    decoder: &mut Decoder,
) -> Option<SharedPrincipal> {
    let principal: P = keys.optional(kind.key, decoder)?;
    Some(std::sync::Arc::new(principal))
}

/// All actions of a verb, including the login. Every kind that calls ECR itself needs them.
pub(super) fn all_actions(verb: Verb) -> Vec<&'static Action> {
    let login = verb.logs_in().then(|| Action::named("ecr:GetAuthorizationToken"));
    verb.actions().chain(login).collect()
}

/// Refuses no exact action.
pub(super) fn refuses_nothing(_: &Action) -> Option<&'static str> {
    None
}

/// Refuses actions that cannot be limited to a repository: a repository policy cannot grant them.
pub(super) fn refuses_unscoped(action: &Action) -> Option<&'static str> {
    (!action.is_scopable())
        .then_some("a repository policy cannot grant this action; only an IAM policy with the resource `*` can")
}
