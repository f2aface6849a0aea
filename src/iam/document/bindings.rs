//! What the symbols of a text stand for.

use std::collections::BTreeMap;

use super::symbol::Symbol;

/// A value for every [`Symbol`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bindings {
    /// For [`Symbol::Partition`].
    pub partition: String,
    /// For [`Symbol::DnsSuffix`].
    pub dns_suffix: String,
    /// For [`Symbol::Region`].
    pub region: String,
    /// For [`Symbol::AccountId`].
    pub account_id: String,
    /// For [`Symbol::Arn`], by name.
    pub arns: BTreeMap<String, String>,
    /// For [`Symbol::Issuer`], by name: host and path without `https://`.
    pub issuers: BTreeMap<String, String>,
}

impl Bindings {
    /// An account in the commercial partition.
    pub fn commercial(region: &str, account_id: &str) -> Self {
        Bindings {
            partition: "aws".into(),
            dns_suffix: "amazonaws.com".into(),
            region: region.into(),
            account_id: account_id.into(),
            arns: BTreeMap::new(),
            issuers: BTreeMap::new(),
        }
    }

    /// Binds the ARN of the thing with this name.
    #[must_use]
    pub fn arn(mut self, name: impl Into<String>, arn: impl Into<String>) -> Self {
        self.arns.insert(name.into(), arn.into());
        self
    }

    /// Binds the issuer with this name to its host and path.
    #[must_use]
    pub fn issuer(mut self, name: impl Into<String>, host_and_path: impl Into<String>) -> Self {
        self.issuers.insert(name.into(), host_and_path.into());
        self
    }

    /// What the symbol stands for.
    ///
    /// # Panics
    ///
    /// When a name is not bound: names come from whoever built the document, who must bind them all.
    pub fn resolve(&self, symbol: &Symbol) -> &str {
        match symbol {
            Symbol::Partition => &self.partition,
            Symbol::DnsSuffix => &self.dns_suffix,
            Symbol::Region => &self.region,
            Symbol::AccountId => &self.account_id,
            Symbol::Arn(name) => self.arns.get(name).unwrap_or_else(|| panic!("no ARN is bound to `{name}`")),
            Symbol::Issuer(name) => self.issuers.get(name).unwrap_or_else(|| panic!("no issuer is bound to `{name}`")),
        }
    }
}
