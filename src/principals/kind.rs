//! What is particular to a kind of principal.

use serde_json::Value as Json;

use super::{Principal, SharedPrincipal};
use crate::decode::keys::Keys;
use crate::decode::{Decode, Decoder, Definitions};
use crate::iam::{Action, Verb};

/// A kind of principal.
pub struct Kind {
    /// The key of an access entry under which the spec writes such a principal.
    pub key: &'static str,
    /// What it is, for editors.
    pub description: &'static str,
    /// Keys that may stand beside it in the entry, and make sense with no other kind.
    pub companions: &'static [Companion],
    /// Reads it from an entry; faults go to the decoder.
    pub decode: fn(&Kind, &Keys, &mut Decoder) -> Option<SharedPrincipal>,
    /// The JSON Schema of the key's value.
    pub schema: fn(&mut Definitions) -> Json,
    /// The issuer of its tokens unless the entry says otherwise, if it signs in with tokens of an issuer that
    /// `oidc_providers` calls by the kind's key.
    pub issuer: Option<DefaultIssuer>,
    /// Verbs that it cannot be given, each with the reason. All others are legal.
    pub refused: &'static [(Verb, &'static str)],
    /// The actions that a verb is for it.
    pub actions: fn(Verb) -> Vec<&'static Action>,
    /// Why it cannot be given an exact action of ECR, if it cannot.
    pub refuses: fn(&Action) -> Option<&'static str>,
    /// An access entry, for the documentation and for tests: pulls from the repository `shop`, or does what the kind can.
    pub example: &'static str,
}

/// The issuer of the tokens of a kind, unless an entry says otherwise.
#[derive(Clone, Copy, Debug)]
pub struct DefaultIssuer {
    /// Host and path, as IAM spells them.
    pub host_and_path: &'static str,
    /// The audience of its tokens.
    pub audience: &'static str,
}

/// A key that can be written next to the key of a kind, and only there.
pub struct Companion {
    /// The key.
    pub key: &'static str,
    /// The word that, as the value of the kind's key, requires this key.
    pub required_by: &'static str,
    /// What it is, for editors.
    pub description: &'static str,
    /// The JSON Schema of its value.
    pub schema: fn(&mut Definitions) -> Json,
}

/// Reads a principal that is the value of its kind's key.
pub(super) fn decode<P: Principal + Decode + 'static>(
    kind: &Kind,
    keys: &Keys,
    decoder: &mut Decoder,
) -> Option<SharedPrincipal> {
    let principal: P = keys.optional(kind.key, decoder)?;
    Some(std::sync::Arc::new(principal))
}

/// The actions of a verb as IAM's documentation names them: what every kind needs that calls ECR by itself.
pub(super) fn all_actions(verb: Verb) -> Vec<&'static Action> {
    let login = verb.logs_in().then(|| Action::named("ecr:GetAuthorizationToken"));
    verb.actions().chain(login).collect()
}

/// No exact action is refused.
pub(super) fn refuses_nothing(_: &Action) -> Option<&'static str> {
    None
}

/// A repository's policy grants only what a repository can be named for.
pub(super) fn refuses_unscoped(action: &Action) -> Option<&'static str> {
    (!action.is_scopable()).then_some("no repository's policy can grant it, only a policy of their own on `*`")
}
