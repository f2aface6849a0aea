//! A state that another module has, or had. Whatever a state holds and its new module does not declare, Terraform destroys.

use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Platform;
use crate::tree::{Manifest, Module, Modules, Record};

/// An error per module of a new output whose state belongs to another module of these manifests. Each is given with whether it is
/// in the same output folder: only there does a state in a folder have the same name.
pub fn taken<'m>(
    platforms: &[Platform],
    new: &Modules,
    committed: impl Iterator<Item = (&'m Manifest, bool)> + Clone,
) -> Vec<Diagnostic> {
    let Some(first) = platforms.first() else { return Vec::new() };
    let own = first.scope.platform.as_str();
    let taken = new.values().filter_map(|module| {
        let of = |(manifest, is_here): (&'m Manifest, bool)| {
            let Record::Modules(old) = manifest.record() else { return None };
            if !is_here && module.state.starts_with("folder ") {
                return None;
            }
            let platform = manifest.platform().as_str();
            let is_same = |old: &Module| {
                platform == own && (&old.environment, old.target) == (&module.environment, module.target)
            };
            let (folder, owner) = old.iter().find(|(_, old)| !is_same(old) && has(old, &module.state))?;
            Some((platform, folder, owner))
        };
        let (platform, folder, owner) = committed.clone().find_map(of)?;
        let place = platforms.iter().find(|it| it.scope.environment == module.environment).unwrap_or(first);
        let message = format!(
            "the state `{}` belongs to `{folder}` of platform `{platform}` (environment `{}`): applying this would destroy what \
             that module created",
            module.state, owner.environment
        );
        let help = "give this module a separate state, for example with another `terraform.directory`, `key` or workspace name";
        Some(Diagnostic::new(&codes::STATE_TAKEN, place.root.span, message).help(help).at("terraform"))
    });
    taken.collect()
}

/// Whether a module has this state, or had it in an earlier output: a copy stays where it was when a state moves.
fn has(module: &Module, state: &String) -> bool {
    module.state == *state || module.earlier_states.contains(state)
}
