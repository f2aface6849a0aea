//! What an import needs if the repository does not exist yet (ECR user guide, "IAM permissions required to sync an upstream
//! registry with an Amazon ECR private registry").

use super::needs;
use crate::iam::{Action, Text};
use crate::platform::access::Access;
use crate::platform::pull_through_cache::covers;
use crate::platform::repositories::template::Occasion;
use crate::platform::{Platform, ROOT};
use crate::principals::ArnReference;

/// What an entry needs in addition to the import, for the first image of a repository.
pub(in crate::policies) struct FirstImport {
    /// The name of the statement.
    pub(in crate::policies) name: &'static str,
    /// The actions.
    pub(in crate::policies) actions: Vec<&'static Action>,
    /// The ARNs of the repositories.
    pub(in crate::policies) repositories: Vec<Text>,
}

/// Where an entry can be the first to import.
struct Place<'p> {
    /// A prefix, or the name of a repository outside of the spec.
    name: &'p str,
    arn: Text,
}

/// What an entry needs where the repositories get no tags, and where a template gives them tags, which ECR adds with the
/// permissions of the caller. Nothing if the entry cannot import, or can create repositories anyway.
pub(in crate::policies) fn first_imports(platform: &Platform, access: &Access) -> Vec<FirstImport> {
    if !needs(access, "ecr:BatchImportUpstreamImage") || needs(access, "ecr:CreateRepository") {
        return Vec::new();
    }
    let (tagged, plain): (Vec<Place>, Vec<Place>) =
        places(platform, access).into_iter().partition(|place| is_tagged(platform, place.name));
    let (tagged, plain) = (without_nested(tagged), without_nested(plain));
    let name = if plain.is_empty() { "Import" } else { "ImportWithTags" };
    let (create, tag) = (Action::named("ecr:CreateRepository"), Action::named("ecr:TagResource"));
    let groups = [("Import", vec![create], plain), (name, vec![create, tag], tagged)];
    let groups = groups.into_iter().filter(|(_, _, places)| !places.is_empty());
    let groups = groups.map(|(name, actions, places)| FirstImport {
        name,
        actions,
        repositories: places.into_iter().map(|place| place.arn).collect(),
    });
    groups.collect()
}

fn places<'p>(platform: &'p Platform, access: &'p Access) -> Vec<Place<'p>> {
    let is_imported = |name: &str| platform.caches().iter().any(|cache| covers(&cache.prefix, name));
    let is_prefix = |key: &str| platform.created_below(key).is_some();
    let is_covered = |prefix: &str| access.repositories.iter().any(|key| is_prefix(key) && covers(key, prefix));
    let templates = platform.templates.iter().filter(|template| template.is_for(Occasion::PullThroughCache));
    let caches = platform.caches().iter().map(|cache| cache.prefix.as_str());
    let mut prefixes: Vec<&str> = caches.chain(templates.map(|template| template.prefix())).collect();
    prefixes.sort_unstable();
    prefixes.dedup();
    let prefixes = prefixes.into_iter().filter(|prefix| is_imported(prefix) && is_covered(prefix));
    let below = prefixes.map(|name| Place { name, arn: ArnReference::Repository(name.to_owned()).arn() });
    let outside = access.outside.iter().filter(|arn| platform.has_registry_of(arn) && is_imported(arn.name()));
    below.chain(outside.map(|arn| Place { name: arn.name(), arn: Text::from(arn.as_str()) })).collect()
}

/// Whether the template that decides gives the repositories AWS tags. That of the longest prefix decides.
fn is_tagged(platform: &Platform, name: &str) -> bool {
    let covering = platform.templates.iter().filter(|template| template.covers(name));
    let decides = covering.max_by_key(|template| template.created.name.len());
    decides.is_some_and(|one| one.is_for(Occasion::PullThroughCache) && one.has_tags(&platform.resource_tags))
}

/// The places that are below no other one.
fn without_nested(places: Vec<Place>) -> Vec<Place> {
    let names: Vec<&str> = places.iter().map(|place| place.name).collect();
    let is_nested =
        |place: &Place| names.iter().any(|other| *other != place.name && (*other == ROOT || covers(other, place.name)));
    places.into_iter().filter(|place| !is_nested(place)).collect()
}
