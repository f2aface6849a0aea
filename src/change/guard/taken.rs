//! A state that another module has, or had. Whatever a state holds and its new module does not declare, Terraform destroys.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Platform;
use crate::tree::{Manifest, Module, Modules, Owner, Record, RelPath, Target};

/// The modules that have a state, or had it in an earlier output, by state: a copy stays where it was when a state moves.
#[derive(Clone, Debug, Default)]
pub struct States(BTreeMap<String, Vec<Holder>>);

#[derive(Clone, Debug)]
struct Holder {
    platform: Owner,
    folder: RelPath,
    environment: String,
    target: Target,
    /// Whether it is in the output folder of the run: only there does a state in a folder have the same name.
    is_here: bool,
}

impl States {
    /// Adds the states of a committed manifest.
    pub fn add(&mut self, manifest: &Manifest, is_here: bool) {
        let Record::Modules(modules) = manifest.record() else { return };
        for (folder, module) in modules {
            let earlier = module.earlier_states.iter().filter(|state| **state != module.state);
            for state in [&module.state].into_iter().chain(earlier) {
                self.0.entry(state.clone()).or_default().push(Holder {
                    platform: manifest.platform().clone(),
                    folder: folder.clone(),
                    environment: module.environment.clone(),
                    target: module.target,
                    is_here,
                });
            }
        }
    }

    /// An error per module of a new output whose state belongs to another module.
    pub fn check(&self, platforms: &[Platform], new: &Modules) -> Vec<Diagnostic> {
        let Some(first) = platforms.first() else { return Vec::new() };
        let taken = new.values().filter_map(|module| {
            let is_comparable = |holder: &&Holder| holder.is_here || !module.state.starts_with("folder ");
            let mut holders = self.0.get(&module.state)?.iter().filter(is_comparable);
            let other = holders.find(|holder| !holder.is(&first.scope.platform, module))?;
            let place = platforms.iter().find(|it| it.scope.environment == module.environment).unwrap_or(first);
            Some(belongs(&module.state, other, place))
        });
        taken.collect()
    }
}

impl Holder {
    /// Whether this is an earlier output of a module of a platform.
    fn is(&self, platform: &str, module: &Module) -> bool {
        self.platform.as_str() == platform && self.environment == module.environment && self.target == module.target
    }
}

fn belongs(state: &str, Holder { platform, folder, environment, .. }: &Holder, place: &Platform) -> Diagnostic {
    let message = format!(
        "the state `{state}` belongs to `{folder}` of platform `{platform}` (environment `{environment}`): applying this would \
         destroy what that module created"
    );
    let help =
        "give this module a separate state, for example with another `terraform.directory`, `key` or workspace name";
    Diagnostic::new(&codes::STATE_TAKEN, place.root.span, message).help(help).at("terraform")
}
