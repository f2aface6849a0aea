//! `.gitattributes` of the folders for other accounts.

use std::collections::BTreeMap;

use crate::generate::place::Place;
use crate::generate::{Files, gitattributes};
use crate::platform::replication;
use crate::policies::Policies;
use crate::source::Span;

/// One file per account with a registry that no environment of the spec defines.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let destinations = replication::repositories(platform).flat_map(|repository| &repository.replicate_to);
    let mut accounts: BTreeMap<&str, Span> = BTreeMap::new();
    for destination in destinations {
        let Some(account) = &destination.account else { continue };
        if replication::owner(platform, account.as_str(), destination.region.as_str()).is_none() {
            accounts.entry(account.as_str()).or_insert(destination.span);
        }
    }
    let file = |(account, origin)| gitattributes::file(&Place::other_account(platform, account), origin);
    Files::Made(accounts.into_iter().map(file).collect())
}
