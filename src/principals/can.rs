//! What an access entry grants, and on which repositories.

use serde_json::{Value as Json, json};

use crate::decode::keys::word;
use crate::decode::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, codes};
use crate::iam::{Action, Verb};
use crate::source::Spanned;
use crate::value::{EcrAction, RepositoryArn, RepositoryKey};
use crate::yaml::Node;

/// A verb or an exact action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Can {
    /// A verb.
    Verb(Verb),
    /// An exact ECR action.
    Action(EcrAction),
}

impl Can {
    /// The text that the spec contains.
    pub fn as_str(&self) -> &str {
        match self {
            Can::Verb(verb) => verb.name(),
            Can::Action(action) => action.as_str(),
        }
    }
}

impl Decode for Can {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if node.as_text().is_some_and(|text| text.contains(':')) {
            return EcrAction::decode(node, decoder).map(Can::Action);
        }
        if let Some(all) = node.as_text().filter(|text| matches!(text.to_lowercase().as_str(), "all" | "*" | "any")) {
            let message = format!("expected a verb or an ECR action, found `{all}`");
            let help = "list the verbs, for example `can: [pull, push]`; the verbs are pull, push, read, delete, create and import";
            decoder.fault(Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message).help(help));
            return None;
        }
        let action = node.as_text().and_then(|text| Action::find(&format!("ecr:{text}")));
        if let (Some(action), Some(text)) = (action, node.as_text()) {
            let message = format!("expected a verb or an ECR action, found `{text}`");
            let fault = Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message);
            decoder.fault(fault.help(format!("write `{}`", action.name)));
            return None;
        }
        if let Some(text) = node.as_text().filter(|text| matches!(text.to_lowercase().as_str(), "login" | "auth")) {
            let message = format!("expected a verb or an ECR action, found `{text}`");
            let help = "remove it: the verbs that need `ecr:GetAuthorizationToken` include it";
            decoder.fault(Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message).help(help));
            return None;
        }
        let verb = word(node, &Verb::ALL.map(Verb::name), decoder)?;
        Verb::named(verb).map(Can::Verb)
    }

    fn if_missing() -> Option<&'static str> {
        Some("add `can`, for example `can: [pull]`; the verbs are pull, push, read, delete, create and import")
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "enum": Verb::ALL.map(Verb::name) }, EcrAction::schema(definitions)] })
    }
}

/// The repositories of an access entry or of an assertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repositories<T> {
    /// All repositories of the spec.
    All,
    /// These repositories.
    These(Vec<Spanned<T>>),
}

/// A repository of an access entry: one of the spec, or one outside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepositoryRef {
    /// The key of a repository of the spec.
    Key(RepositoryKey),
    /// The ARN of a repository outside of the spec.
    Arn(RepositoryArn),
}

impl Decode for RepositoryRef {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some(text) if text.starts_with("arn:") => RepositoryArn::decode(node, decoder).map(RepositoryRef::Arn),
            Some("ROOT") => {
                let message = "`ROOT` is for every repository of the registry, and cannot be listed";
                let fault = Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message);
                decoder.fault(fault.help("write `repositories: all`, without brackets"));
                None
            }
            _ => RepositoryKey::decode(node, decoder).map(RepositoryRef::Key),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [RepositoryKey::schema(definitions), RepositoryArn::schema(definitions)] })
    }
}

impl<T: Decode> Decode for Repositories<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("all") => Some(Repositories::All),
            Some(all) if matches!(all.to_lowercase().as_str(), "all" | "*" | "any" | "every") => {
                let message = format!("expected a list of repositories or `all`, found `{all}`");
                decoder.fault(Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message).help("write `all`"));
                None
            }
            _ => Vec::decode(node, decoder).map(Repositories::These),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "const": "all" }, Vec::<T>::schema(definitions)] })
    }
}
