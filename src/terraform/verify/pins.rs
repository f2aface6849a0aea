//! The oldest versions that a configuration may run with.

use std::collections::BTreeMap;

use crate::terraform::version::Version;

/// The lowest versions that the constraints allow. Anything without a pin is assumed to be new enough.
#[derive(Clone, Debug, Default)]
pub struct Pins(BTreeMap<String, Version>);

impl Pins {
    /// No pins.
    pub fn new() -> Self {
        Self::default()
    }

    /// Pins Terraform itself.
    #[must_use]
    pub fn terraform(self, lowest: Version) -> Self {
        self.provider("terraform", lowest)
    }

    /// Pins a provider, for example `aws`.
    #[must_use]
    pub fn provider(mut self, name: impl Into<String>, lowest: Version) -> Self {
        self.0.insert(name.into(), lowest);
        self
    }

    /// The pin of a provider, or of `terraform`.
    pub(super) fn get(&self, name: &str) -> Option<&Version> {
        self.0.get(name)
    }
}
