//! The values of the symbols in a text.

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
    /// How reports write the account: its ID, or a placeholder if `account_id` is only a stand-in for an unknown one.
    pub shown_account: String,
    /// For [`Symbol::Arn`], by name.
    pub arns: BTreeMap<String, String>,
    /// For [`Symbol::Issuer`], by name: host and path without `https://`.
    pub issuers: BTreeMap<String, String>,
}

impl Bindings {
    /// Bindings for an account in the commercial partition.
    pub fn commercial(region: &str, account_id: &str) -> Self {
        Bindings {
            partition: "aws".into(),
            dns_suffix: "amazonaws.com".into(),
            region: region.into(),
            account_id: account_id.into(),
            shown_account: account_id.into(),
            arns: BTreeMap::new(),
            issuers: BTreeMap::new(),
        }
    }

    /// Binds this name to an ARN.
    #[must_use]
    pub fn arn(mut self, name: impl Into<String>, arn: impl Into<String>) -> Self {
        self.arns.insert(name.into(), arn.into());
        self
    }

    /// Binds this name to the host and path of an issuer.
    #[must_use]
    pub fn issuer(mut self, name: impl Into<String>, host_and_path: impl Into<String>) -> Self {
        self.issuers.insert(name.into(), host_and_path.into());
        self
    }

    /// The value of the symbol.
    ///
    /// # Panics
    ///
    /// If a name is not bound. The code that builds a document chooses the names and must bind all of them.
    pub fn resolve<'s>(&'s self, symbol: &'s Symbol) -> &'s str {
        match symbol {
            Symbol::Partition => &self.partition,
            Symbol::DnsSuffix => &self.dns_suffix,
            Symbol::Region => &self.region,
            Symbol::AccountId => &self.account_id,
            Symbol::Arn(name) => self.arns.get(name).unwrap_or_else(|| panic!("no ARN is bound to `{name}`")),
            Symbol::Given(given) => &given.expression,
            Symbol::Issuer(name) => self.issuers.get(name).unwrap_or_else(|| panic!("no issuer is bound to `{name}`")),
        }
    }
}
