//! The files that ecrgen generates. Each target has a folder here and a list of rows; a row is a function from the
//! policies of a platform to files.

mod backend;
pub mod bootstrap;
pub mod expression;
pub mod file;
mod gitattributes;
pub mod markdown;
mod moved;
mod other_accounts;
mod pipelines;
pub mod place;
mod protection;
mod region;
pub mod root;
mod scanners;
mod template;

pub use file::{Content, Generated};

use std::collections::BTreeSet;

use crate::parallel;
use crate::platform::Repository;
use crate::policies::{Policies, resource_types};
use crate::terraform::{Block, Body};

/// Files of one kind.
pub enum Files<'p> {
    /// The files themselves.
    Made(Vec<Generated>),
    /// A function that generates the file of a repository, if it has one: a platform may have thousands, too many to hold as
    /// trees.
    PerRepository(Box<OfRepository<'p>>),
}

/// The file of a repository, if it has one.
type OfRepository<'p> = dyn Fn(&Repository) -> Option<Generated> + Sync + 'p;

/// A row of a target's list.
type Row = for<'p> fn(&'p Policies<'p>) -> Files<'p>;

/// The targets of an environment: modules of the infrastructure repository, and what other accounts need.
const TARGETS: &[&[Row]] = &[root::FILES, bootstrap::FILES, other_accounts::FILES];

/// Generates every file of a platform, passes it to `finish` and returns the results in the order of the lists. The
/// thread that generates a repository's file also finishes it, so each thread holds one tree at a time.
///
/// # Panics
/// When a file has a resource type without a row in [`resource_types`], or the root module has one that its row does not
/// expect there: the workspace's runs would lack the permissions for it.
pub fn generate<'p, T: Send>(policies: &'p Policies<'p>, finish: impl Fn(Generated) -> T + Sync) -> Vec<T> {
    // Computed once, because a row may look at every repository.
    let in_root = resource_types::all().filter(|row| (row.in_root)(policies.platform)).map(|row| row.name);
    let in_root: BTreeSet<&str> = in_root.collect();
    let mut finished = Vec::new();
    for (target, rows) in TARGETS.iter().enumerate() {
        let finish = |file: Generated| {
            for name in file.resource_types() {
                let row = resource_types::find(&name);
                assert!(target > 0 || in_root.contains(row.name), "`{name}` is not expected in {}", file.path);
            }
            finish(scanners::with_skips(file))
        };
        finished
            .extend(rows.iter().flat_map(|files| files(policies).finished(&policies.platform.repositories, &finish)));
    }
    finished
}

/// The files that a spec has once for all of its environments, which are given by their policies.
pub fn of_spec(environments: &[Policies]) -> Vec<Generated> {
    pipelines::FILES.iter().flat_map(|files| files(environments)).collect()
}

impl Files<'_> {
    /// The results of `finish` for each file, in order.
    fn finished<T: Send>(self, repositories: &[Repository], finish: &(impl Fn(Generated) -> T + Sync)) -> Vec<T> {
        match self {
            Files::Made(files) => files.into_iter().map(finish).collect(),
            Files::PerRepository(make) => {
                let finished = |part: &[Repository]| part.iter().filter_map(&make).map(finish).collect::<Vec<_>>();
                parallel::chunks(repositories, finished).into_iter().flatten().collect()
            }
        }
    }
}

fn one<'p>(file: Generated) -> Files<'p> {
    Files::Made(vec![file])
}

fn none<'p>() -> Files<'p> {
    Files::Made(Vec::new())
}

/// Blocks with a blank line between them.
fn spaced(blocks: impl IntoIterator<Item = Block>) -> Body {
    let mut body = Body::new();
    for (i, block) in blocks.into_iter().enumerate() {
        body = if i == 0 { body.block(block) } else { body.blank().block(block) };
    }
    body
}
