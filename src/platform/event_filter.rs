//! The repositories whose events an EventBridge pattern matches, in the characters that the pattern has for them.
//!
//! An event pattern has at most 2,048 characters (EventBridge user guide, "EventBridge quotas"; a higher quota of up to 4,096
//! can be requested). The names of many repositories do not fit, so names with the same beginning are replaced by it, or, where
//! the platform defines the registry-wide settings, the pattern matches the events of all repositories.

use std::collections::BTreeSet;

use crate::platform::Platform;
use crate::platform::repositories::prefix::ROOT;

/// Most characters of an event pattern.
pub const MOST: usize = 2_048;

/// Characters of an event pattern for the list of repositories. What else a pattern contains has at most the other 512.
pub const ROOM: usize = MOST - 512;

/// Characters of a repository's name (ECR API reference, CreateRepository, `repositoryName`).
const LONGEST_NAME: usize = 256;

/// The repositories whose events a pattern matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    /// The repositories of the platform, and those that ECR creates below its prefixes.
    Exactly(Vec<Entry>),
    /// Those with these names and these beginnings of names, which other repositories can have, too.
    Shortened(Vec<Entry>),
    /// All repositories in the account and region, although the platform has only some of them: the pattern does not mention names.
    All,
    /// All repositories in the account and region, as the platform wants it: ECR creates some with any name, or the platform only
    /// has the settings of the registry.
    Registry,
}

/// An item of the list in the pattern (EventBridge user guide, "Comparison operators for use in event patterns").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// A name.
    Name(String),
    /// `{"prefix": …}`, never empty.
    Prefix(String),
}

impl Entry {
    /// Whether it matches a name.
    pub fn matches(&self, name: &str) -> bool {
        match self {
            Entry::Name(own) => own == name,
            Entry::Prefix(beginning) => name.starts_with(beginning.as_str()),
        }
    }

    /// The name, or its beginning.
    pub fn text(&self) -> &str {
        let (Entry::Name(text) | Entry::Prefix(text)) = self;
        text
    }

    /// Its characters in JSON, with the comma before the next one.
    fn length(&self, by: By) -> usize {
        let around = match (by, self) {
            (By::Name, Entry::Name(_)) => "\"\",".len(),
            (By::Name, Entry::Prefix(_)) => "{\"prefix\":\"\"},".len(),
            (By::Arn, Entry::Name(_)) => "{\"suffix\":\":repository/\"},".len(),
            (By::Arn, Entry::Prefix(_)) => "{\"wildcard\":\"*:repository/*\"},".len(),
        };
        around + self.text().len()
    }
}

/// How events name a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By its name.
    Name,
    /// By its ARN, so that an entry needs more characters.
    Arn,
}

/// The repositories of a platform whose events one pattern matches; `None` if it has none, which no pattern can express.
pub fn watched(platform: &Platform, by: By) -> Option<Watched> {
    let prefixes = || {
        let of_templates = platform.templates.iter().map(|template| template.prefix());
        of_templates.chain(platform.caches().iter().map(|cache| &*cache.prefix))
    };
    if prefixes().any(|prefix| prefix == ROOT) {
        return Some(Watched::Registry);
    }
    let created: BTreeSet<Entry> = prefixes().map(|prefix| Entry::Prefix(format!("{prefix}/"))).collect();
    let names = platform.repositories.iter().map(|repository| &repository.name);
    let names = names.filter(|name| !created.iter().any(|prefix| prefix.matches(name)));
    let entries: Vec<Entry> = names.cloned().map(Entry::Name).chain(created.iter().cloned()).collect();
    match (shortened(&entries, ROOM, by), platform.registry.is_some()) {
        (None, has_registry) if entries.is_empty() => has_registry.then_some(Watched::Registry),
        (None, _) => Some(Watched::Exactly(entries)),
        (Some(_), true) => Some(Watched::All),
        (Some(entries), false) => Some(Watched::Shortened(entries)),
    }
}

/// Entries that match all that these match, with at most `room` characters in JSON; `None` if they themselves have no more. Names
/// with the longest common beginning are combined first. As names begin with 36 different characters, 600 characters always
/// suffice, or 1,200 by ARN.
pub fn shortened(entries: &[Entry], room: usize, by: By) -> Option<Vec<Entry>> {
    let mut entries = entries.to_vec();
    entries.sort();
    let mut length = 2 + entries.iter().map(|entry| entry.length(by)).sum::<usize>();
    if length <= room {
        return None;
    }
    for characters in (1..LONGEST_NAME).rev() {
        let mut combined = Vec::with_capacity(entries.len());
        for group in entries.chunk_by(|one, other| begin_alike(one, other, characters)) {
            let of_group: usize = group.iter().map(|entry| entry.length(by)).sum();
            let beginning = group[0].text().get(..characters).map(|text| Entry::Prefix(text.to_owned()));
            match beginning.filter(|beginning| length > room && beginning.length(by) < of_group) {
                Some(beginning) if group.len() > 1 => {
                    length = length + beginning.length(by) - of_group;
                    combined.push(beginning);
                }
                _ => combined.extend_from_slice(group),
            }
        }
        entries = combined;
    }
    Some(entries)
}

fn begin_alike(one: &Entry, other: &Entry, characters: usize) -> bool {
    let beginning = one.text().get(..characters);
    beginning.is_some() && beginning == other.text().get(..characters)
}
