//! The files we produce: one folder and one visible list per target, each row a function from the policies of a platform
//! to its files.

pub mod bootstrap;
pub mod expression;
pub mod file;
mod gitattributes;
pub mod markdown;
pub mod place;
pub mod root;

pub use file::{Content, Generated};

use crate::policies::{Policies, resource_types};
use crate::terraform::{Block, Body};

/// Files of one kind, made one at a time: a platform may have thousands.
pub type Files<'p> = Box<dyn Iterator<Item = Generated> + 'p>;

/// A row of a target's list.
type Row = for<'p> fn(&'p Policies<'p>) -> Files<'p>;

/// The targets: modules of the infrastructure repository.
const TARGETS: &[&[Row]] = &[root::FILES, bootstrap::FILES];

/// Hands every file of a platform to `take`, one at a time.
///
/// # Panics
/// When a file holds a resource type that has no row in [`resource_types`], or the root module one that its row does not
/// expect there: the permissions of the workspace's runs would lack it.
pub fn generate<'p>(policies: &'p Policies<'p>, mut take: impl FnMut(Generated)) {
    for (target, rows) in TARGETS.iter().enumerate() {
        for file in rows.iter().flat_map(|files| files(policies)) {
            for name in file.resource_types() {
                let row = resource_types::find(&name);
                assert!(target > 0 || (row.in_root)(policies.platform), "`{name}` is not expected in {}", file.path);
            }
            take(file);
        }
    }
}

fn one<'p>(file: Generated) -> Files<'p> {
    Box::new(std::iter::once(file))
}

fn none<'p>() -> Files<'p> {
    Box::new(std::iter::empty())
}

/// Blocks with a blank line between them.
fn apart(blocks: impl IntoIterator<Item = Block>) -> Body {
    let mut body = Body::new();
    for (i, block) in blocks.into_iter().enumerate() {
        body = if i == 0 { body.block(block) } else { body.blank().block(block) };
    }
    body
}
