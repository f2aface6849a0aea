//! The schemas of Terraform, providers and registry modules, as tables embedded in the program.
//!
//! The tables are text so that changes to them can be reviewed. `tools/embed-schemas.py` writes the tables of providers
//! and modules; `language.txt` is maintained by hand. A line that does not begin with a space starts an entity:
//!
//! ```text
//! resource NAME [since VERSION]
//! data NAME [since VERSION]
//! module SOURCE VERSION needs PROVIDER VERSION …
//! block NAME labels COUNT [since VERSION] [open]
//! ```
//!
//! The lines below it are its arguments and blocks. Those of a nested block are indented by one more space:
//!
//! ```text
//! NAME computed
//! NAME required|optional TYPE [since VERSION] [required-until VERSION]
//! NAME block NESTING LEAST MOST [since VERSION] [open]
//! ```
//!
//! `since` is left out if it equals that of the enclosing block, or is older than every version that was examined. `MOST`
//! 0 means no limit. `open` means that more arguments and blocks than those listed are accepted. A `TYPE` is a Terraform
//! type constraint without spaces, `reference` (a traversal) or `literal(TYPE)` (a value without references).

mod entity;
pub(super) mod module_versions;
mod types;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

pub(super) use entity::{Content, Entity, Field, Form, Required};
pub(super) use types::{Member, Type};

const TABLES: [&str; 5] = [
    include_str!("language.txt"),
    include_str!("aws.txt"),
    include_str!("tfe.txt"),
    include_str!("tls.txt"),
    include_str!("modules.txt"),
];

/// The text of each entity by kind and name. An entity is parsed only when it is needed.
static INDEX: LazyLock<BTreeMap<&str, BTreeMap<&str, Entry>>> = LazyLock::new(|| {
    let mut index = BTreeMap::<_, BTreeMap<_, _>>::new();
    for (kind, name, text) in TABLES.iter().flat_map(|table| entity::texts(table)) {
        index.entry(kind).or_default().insert(name, Entry { text, entity: OnceLock::new() });
    }
    index
});

struct Entry {
    text: &'static str,
    entity: OnceLock<Entity>,
}

/// The entity of this kind (`resource`, `data`, `module` or `block`) and name.
pub(super) fn find(kind: &str, name: &str) -> Option<&'static Entity> {
    let entry = INDEX.get(kind)?.get(name)?;
    Some(entry.entity.get_or_init(|| Entity::read(entry.text)))
}

/// The names of all entities of a kind.
pub(super) fn names(kind: &str) -> impl Iterator<Item = &'static str> {
    INDEX.get(kind).into_iter().flat_map(|entities| entities.keys().copied())
}
