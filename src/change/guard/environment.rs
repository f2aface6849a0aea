//! An environment that the output no longer has.

use super::{Change, key};
use crate::diagnostic::{Diagnostic, codes};
use crate::tree::Module;

impl Change<'_> {
    /// Each of its resources whose loss hurts.
    pub(super) fn lost_environment(&self, module: &Module) -> Vec<Diagnostic> {
        let anywhere = self.platforms.first().map(|platform| platform.span).unwrap_or_default();
        let environment = &module.environment;
        let lost = |(address, values): (&String, &_)| {
            let (code, what, listed) = match key(values) {
                Some(key) => (&codes::REPOSITORY_LOST, format!("repository `{key}`"), key),
                None => (&codes::RESOURCE_LOST, format!("`{address}`"), address.as_str()),
            };
            let message = format!("the environment `{environment}` was removed from the spec, and {what} with it");
            let help = format!(
                "keep `{environment}` with `removed: {{ {listed}: retain }}` (or `delete`) until that is applied"
            );
            Diagnostic::new(code, anywhere, message).help(help).at("environments")
        };
        module.resources.iter().map(lost).collect()
    }
}
