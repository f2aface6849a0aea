//! An environment that the output no longer has.

use super::{Change, key};
use crate::diagnostic::{Diagnostic, codes};
use crate::tree::Module;

impl Change<'_> {
    /// Each of its resources whose loss hurts.
    pub(super) fn lost_environment(&self, module: &Module) -> Vec<Diagnostic> {
        let place = self.platforms.first().map(|platform| platform.place_of(&["environments", "environment"]));
        let place = place.unwrap_or_default();
        let environment = &module.environment;
        let lost = |(address, values): (&String, &_)| {
            let (code, what, listed) = match key(values) {
                Some(key) => (&codes::REPOSITORY_LOST, format!("its repository `{key}` and all images in it"), key),
                None => (&codes::RESOURCE_LOST, format!("`{address}`"), address.as_str()),
            };
            let message =
                format!("environment `{environment}` was removed from the spec: applying this would delete {what}");
            let kept = format!("{environment}: {{ repositories: none, removed: {{ {listed}: retain }} }}");
            // A spec with one environment usually has the key `environment`.
            let keep = match self.platforms {
                [only] => format!(
                    "replace `environment: {0}` with `environments: {{ {0}: {{}}, {kept} }}`",
                    only.scope.environment
                ),
                _ => format!("write `{kept}` under `environments`"),
            };
            let help = format!(
                "to keep managing it, restore the environment\n\
                 to keep it in AWS only, {keep} until that is applied"
            );
            Diagnostic::new(code, place, message).help(help).at("environments")
        };
        module.resources.iter().map(lost).collect()
    }
}
