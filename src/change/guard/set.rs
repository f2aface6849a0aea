//! A set of repositories whose keys a variable held.

use crate::change::record;
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Platform;
use crate::tree::Modules;

/// A warning per environment whose set takes its keys from somewhere else now: a value of the variable can have added
/// repositories, which only the state knows.
pub(super) fn variables_dropped(platforms: &[&Platform], old: &Modules) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for platform in platforms {
        let modules = old.values().filter(|module| module.environment == platform.scope.environment);
        let before = modules.flat_map(|module| module.resources.values()).find_map(|values| values.get(record::KEYS));
        let now = platform.root.set.as_ref().and_then(|set| set.variable.as_ref()).map(|variable| variable.as_str());
        let Some(variable) = before.filter(|before| now != Some(before.as_str())) else { continue };
        let message = format!(
            "the keys of the set are no longer in the variable `{variable}`: if a value of it added repositories that are not in \
             the spec, the next apply deletes them"
        );
        let help = match now {
            Some(now) => format!("give `{now}` the same value as `{variable}`"),
            None => format!(
                "first list every repository that a value of `{variable}` adds under `repositories`, and apply that; then make this change"
            ),
        };
        let span = platform.root.set_span.unwrap_or(platform.root.span);
        let environment = (platforms.len() > 1).then_some(platform.scope.environment.as_str());
        let finding = Diagnostic::new(&codes::SET_VARIABLE_DROPPED, span, message).help(help);
        findings.push(finding.at("terraform.for_each").in_environment(environment));
    }
    findings
}
