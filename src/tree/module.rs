//! What a root module of the output holds in its Terraform state, as far as losing it hurts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize};

use super::RelPath;

/// The root modules of an output, by folder.
pub type Modules = BTreeMap<RelPath, Module>;

/// The values of a resource that decide its fate, by argument: what identifies it in AWS, and what replaces it.
pub type Values = BTreeMap<String, String>;

/// A root module: where its state is, and the resources in it whose loss hurts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// The environment that it belongs to.
    pub environment: String,
    /// What it is for.
    pub target: Target,
    /// The state: `workspace acme/shop-ecr`, or `folder shared/ecr` where the folder decides.
    pub state: String,
    /// The states that it had in earlier outputs. When a state moves, a copy stays in the old place.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub earlier_states: BTreeSet<String>,
    /// The AWS account, if the spec names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// By Terraform address.
    pub resources: BTreeMap<String, Values>,
    /// Of the bootstrap module: what the workspace's runs can manage besides repositories.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub scope: BTreeSet<String>,
    /// What was removed, by address or key of a repository: [`REMOVAL`], and the values that the resource had.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "removed")]
    pub removed: BTreeMap<String, Values>,
}

/// The key of a repository in the spec.
pub const KEY: &str = "key";

/// A fingerprint of the reason for a replacement that the spec gave when it was rendered. That reason does not confirm another replacement.
pub const REPLACE: &str = "replace";

/// What the spec says about a resource under `removed`. Earlier versions did not record it.
pub const REMOVAL: &str = "removal";

/// What the spec says about an entry of [`Module::removed`]; `retain` if the version that wrote it did not record it.
pub fn removal(entry: &Values) -> &str {
    entry.get(REMOVAL).map_or("retain", String::as_str)
}

/// Whether an entry of [`Module::removed`] is a repository, as far as its values are recorded: nothing else has an encryption.
pub fn was_repository(entry: &Values) -> bool {
    entry.contains_key("encryption")
}

impl Module {
    /// What it lists under `removed` and AWS keeps.
    pub fn retained(&self) -> impl Iterator<Item = &String> {
        self.removed.iter().filter(|(_, entry)| removal(entry) == "retain").map(|(name, _)| name)
    }

    /// The values of the resource with this address, or of the repository with this key.
    pub fn resource(&self, name: &str) -> Option<&Values> {
        let has_key = |values: &&Values| values.get(KEY).is_some_and(|key| key == name);
        self.resources.get(name).or_else(|| self.resources.values().find(has_key))
    }
}

/// Earlier versions recorded only the names.
fn removed<'d, D: Deserializer<'d>>(deserializer: D) -> Result<BTreeMap<String, Values>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Removed {
        Names(BTreeSet<String>),
        Entries(BTreeMap<String, Values>),
    }
    Ok(match Removed::deserialize(deserializer)? {
        Removed::Names(names) => names.into_iter().map(|name| (name, Values::new())).collect(),
        Removed::Entries(entries) => entries,
    })
}

/// What a root module is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// The registry: repositories and what belongs to them.
    Root,
    /// The HCP Terraform workspace and the roles of its runs.
    Bootstrap,
}
