//! Entries that the spec no longer lists under `removed`.

use super::{Change, successor};
use crate::diagnostic::{Diagnostic, codes};
use crate::tree::{Module, Modules};

impl Change<'_> {
    /// A note per entry. It has done its work if the change that added it is applied. If not, nothing keeps the resource: it
    /// is in the state, and in no file.
    pub(super) fn dropped(&self, old: &Modules) -> Vec<Diagnostic> {
        old.values().flat_map(|module| self.dropped_of(module)).collect()
    }

    fn dropped_of(&self, module: &Module) -> Vec<Diagnostic> {
        let environment = module.environment.as_str();
        let platform = self.platform(environment);
        let is_written = |name: &str| {
            let mut modules = self.new.values().filter(|module| module.environment == environment);
            modules.any(|module| module.removed.contains(name) || module.resources.contains_key(name))
                || platform.is_some_and(|platform| successor(platform, name).is_some())
        };
        let span = platform.or(self.platforms.first().copied()).map(|platform| platform.span).unwrap_or_default();
        let note = |name: &String| {
            let of = if platform.is_some() { String::new() } else { format!(" of environment `{environment}`") };
            let message = format!(
                "`{name}`{of} is no longer listed under `removed`: unless the change that removed it is already applied, the \
                 next apply deletes it"
            );
            let help =
                format!("if that change is not applied yet, restore `removed: {{ {name}: retain }}` until it is");
            let several = (self.platforms.len() > 1 && platform.is_some()).then_some(environment);
            Diagnostic::new(&codes::REMOVAL_DROPPED, span, message).help(help).at("removed").in_environment(several)
        };
        module.removed.iter().filter(|name| !is_written(name)).map(note).collect()
    }
}
