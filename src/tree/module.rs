//! What a root module of the output holds in its Terraform state, as far as losing it hurts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

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
    /// The AWS account, if the spec names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// By Terraform address.
    pub resources: BTreeMap<String, Values>,
    /// Of the bootstrap module: what the workspace's runs can manage besides repositories.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub scope: BTreeSet<String>,
    /// Addresses, or keys of repositories, that the spec lists under `removed`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub removed: BTreeSet<String>,
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
