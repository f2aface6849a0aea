//! What a spec says about who may do what on which repositories.

use std::sync::LazyLock;

use serde_json::Value as Json;

use crate::decode::keys::Keys;
use crate::decode::{Decode, Decoder, Definitions, RecordSchema};
use crate::principals::{Can, KINDS, Repositories, SharedPrincipal};
use crate::source::{Span, Spanned};
use crate::value::SessionDuration;
use crate::yaml::Node;

/// Who (exactly one kind of principal) may do what on which repositories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Verbs and exact actions.
    pub can: Option<Vec<Spanned<Can>>>,
    /// Which repositories.
    pub repositories: Option<Spanned<Repositories>>,
    /// How long a session of the role or permission set made here can last.
    pub session_duration: Option<Spanned<SessionDuration>>,
    /// Who.
    pub principal: Option<SharedPrincipal>,
    /// Where the map stands.
    pub span: Span,
}

/// The keys that every entry can have, with what editors show.
const COMMON: [(&str, &str); 3] = [
    ("can", "What they can do: pull, push, read, delete, create, or exact actions such as `ecr:DescribeImages`."),
    ("repositories", "Keys of repositories, or `all` for every repository of this spec."),
    (
        "session_duration",
        "How long a session of the role or permission set made here can last, from `1h` to `12h`. Default: `iam.session_duration`.",
    ),
];

/// The keys of the kinds of principal.
static PRINCIPALS: LazyLock<Vec<&'static str>> = LazyLock::new(|| KINDS.iter().map(|kind| kind.key).collect());

/// All keys, a kind's companions behind its own.
static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let of_kinds = KINDS
        .iter()
        .flat_map(|kind| std::iter::once(kind.key).chain(kind.companions.iter().map(|companion| companion.key)));
    COMMON.iter().map(|(key, _)| *key).chain(of_kinds).collect()
});

impl Decode for Access {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let keys = Keys::of(node, &KEYS, decoder)?;
        keys.exactly_one(&PRINCIPALS, decoder);
        let can = keys.needed("can", decoder);
        let repositories = keys.needed("repositories", decoder);
        let session_duration = keys.optional("session_duration", decoder);
        let principals: Vec<_> = KINDS.iter().filter_map(|kind| (kind.decode)(kind, &keys, decoder)).collect();
        let principal = principals.into_iter().next();
        Some(Access { can, repositories, session_duration, principal, span: node.span })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        definitions.named("Access", |definitions| {
            let mut keys = RecordSchema::default();
            let [can, repositories, session_duration] = COMMON;
            keys.needed::<Vec<Spanned<Can>>>(can.0, can.1, definitions);
            keys.needed::<Spanned<Repositories>>(repositories.0, repositories.1, definitions);
            keys.optional::<Spanned<SessionDuration>>(session_duration.0, session_duration.1, definitions);
            for kind in KINDS {
                keys.optional_by(kind.key, kind.description, kind.schema, definitions);
                for companion in kind.companions {
                    keys.optional_by(companion.key, companion.description, companion.schema, definitions);
                    keys.needs(companion.key, kind.key);
                    keys.word_needs(kind.key, companion.required_by, companion.key);
                }
            }
            keys.exactly_one(&PRINCIPALS);
            keys.finish("Who (exactly one kind of principal) may do what on which repositories.", definitions)
        })
    }
}
