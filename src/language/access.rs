//! Access entries: which principal can do what on which repositories.

use std::sync::LazyLock;

use serde_json::Value as Json;

use crate::decode::keys::Keys;
use crate::decode::{Decode, Decoder, Definitions, RecordSchema};
use crate::principals::{Can, KINDS, Repositories, RepositoryRef, SharedPrincipal};
use crate::source::{Span, Spanned};
use crate::value::SessionDuration;
use crate::yaml::Node;

/// An access entry: exactly one kind of principal, what it can do, and on which repositories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Verbs and exact actions that the entry grants.
    pub can: Option<Vec<Spanned<Can>>>,
    /// The repositories that the entry grants access to.
    pub repositories: Option<Spanned<Repositories<RepositoryRef>>>,
    /// The longest session of the role or permission set that the entry creates.
    pub session_duration: Option<Spanned<SessionDuration>>,
    /// Who gets access.
    pub principal: Option<SharedPrincipal>,
    /// Place of the map in the spec.
    pub span: Span,
}

/// The keys that every entry can have, with the descriptions that editors show.
const COMMON: [(&str, &str); 3] = [
    (
        "can",
        "What the principal can do: a list of the verbs `pull`, `push`, `read`, `delete`, `create` and `import`, and of exact ECR \
         actions. With `import`, a pull can add images from the upstream registry of a pull through cache rule. Required. Example: `can: [pull, \"ecr:DescribeImages\"]`.",
    ),
    (
        "repositories",
        "Repositories that the entry grants access to: a list of keys, and of prefixes of repositories that ECR creates, or `all` for every \
         repository of this spec. \
         A repository outside of this spec is written as its ARN. Required. Example: `repositories: [cart, search]`.",
    ),
    (
        "session_duration",
        "Longest session of the role or permission set that this entry creates, from `1h` to `12h`. \
         Default: that of `iam.session_duration`. Example: `session_duration: 2h`.",
    ),
];

/// The keys of the kinds of principal.
static PRINCIPALS: LazyLock<Vec<&'static str>> = LazyLock::new(|| KINDS.iter().map(|kind| kind.key).collect());

/// All keys; the companions of a kind follow its own key.
static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let of_kinds = KINDS
        .iter()
        .flat_map(|kind| std::iter::once(kind.key).chain(kind.companions.iter().map(|companion| companion.key)));
    COMMON.iter().map(|(key, _)| *key).chain(of_kinds).collect()
});

/// The descriptions of the keys.
static DOCS: LazyLock<Vec<(&'static str, &'static str)>> =
    LazyLock::new(|| COMMON.into_iter().chain(KINDS.iter().map(|kind| (kind.key, kind.description))).collect());

impl Decode for Access {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let keys = Keys::of(node, &KEYS, decoder)?.described(&DOCS);
        keys.exactly_one(&PRINCIPALS, decoder);
        let can = keys.needed("can", decoder);
        let repositories = keys.needed("repositories", decoder);
        let session_duration = keys.optional("session_duration", decoder);
        let principals: Vec<_> = KINDS.iter().filter_map(|kind| (kind.decode)(kind, &keys, decoder)).collect();
        let principal = principals.into_iter().next();
        Some(Access { can, repositories, session_duration, principal, span: node.span })
    }

    fn keys() -> &'static [&'static str] {
        &KEYS
    }

    fn schema(definitions: &mut Definitions) -> Json {
        definitions.named("Access", |definitions| {
            let mut keys = RecordSchema::default();
            let [can, repositories, session_duration] = COMMON;
            keys.needed::<Vec<Spanned<Can>>>(can.0, can.1, definitions);
            keys.needed::<Spanned<Repositories<RepositoryRef>>>(repositories.0, repositories.1, definitions);
            keys.optional::<Spanned<SessionDuration>>(session_duration.0, session_duration.1, definitions);
            for kind in KINDS {
                keys.optional_by(kind.key, kind.description, kind.schema, definitions);
                for companion in kind.companions {
                    keys.optional_by(companion.key, companion.description, companion.schema, definitions);
                    keys.needs(companion.key, companion.needs);
                    if let Some(word) = companion.required_by {
                        keys.word_needs(kind.key, word, companion.key);
                    }
                }
            }
            keys.exactly_one(&PRINCIPALS);
            keys.finish(
                "Grants one kind of principal access to repositories. Each entry needs exactly one kind of principal.",
                definitions,
            )
        })
    }
}
