//! What Terraform, providers and registry modules understand, as tables embedded in the program.
//!
//! The tables are text so that a change of them can be reviewed. `tools/embed-schemas.py` writes those of providers and
//! modules; `language.txt` is kept by hand. A line that does not begin with a space opens an entity:
//!
//! ```text
//! resource NAME [since VERSION]
//! data NAME [since VERSION]
//! module SOURCE VERSION needs PROVIDER VERSION …
//! block NAME labels COUNT [since VERSION] [open]
//! ```
//!
//! Below it stand its arguments and blocks, those of a nested block one space further in:
//!
//! ```text
//! NAME computed
//! NAME required|optional TYPE [since VERSION] [required-until VERSION]
//! NAME block NESTING LEAST MOST [since VERSION] [open]
//! ```
//!
//! `since` is left out where it is that of the enclosing block, or older than every version that was looked at. `MOST` 0
//! is without limit; `open` means that more than what is listed may stand in it. A `TYPE` is a type constraint of
//! Terraform without spaces, or `reference` (a traversal), or `literal(TYPE)` (no reference may stand in it).

mod entity;
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

/// Where each entity stands, by kind and name; read in full only when it is asked for.
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

/// The entity of that kind (`resource`, `data`, `module`, `block`) and name.
pub(super) fn find(kind: &str, name: &str) -> Option<&'static Entity> {
    let entry = INDEX.get(kind)?.get(name)?;
    Some(entry.entity.get_or_init(|| Entity::read(entry.text)))
}

/// The names of all entities of a kind.
pub(super) fn names(kind: &str) -> impl Iterator<Item = &'static str> {
    INDEX.get(kind).into_iter().flat_map(|entities| entities.keys().copied())
}
