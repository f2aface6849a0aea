//! A resource other than a repository: gone, or replaced.

use super::Change;
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Platform;
use crate::policies::resource_types::{self, Loss};
use crate::tree::{Module, Values};

impl Change<'_> {
    /// What would happen to a resource of the committed output.
    pub(super) fn resource(
        &self,
        platform: &Platform,
        new: Option<&Module>,
        address: &str,
        old: &Values,
    ) -> Vec<Diagnostic> {
        if platform.removed.contains_key(address) {
            return Vec::new();
        }
        let loss = loss(address);
        let Some(new) = new.and_then(|new| new.resources.get(address)) else {
            return vec![lost(platform, address, loss)];
        };
        let changed = old.iter().find_map(|(argument, before)| {
            let after = new.get(argument)?;
            (before != after).then_some((argument, before, after))
        });
        changed
            .map(|(argument, before, after)| replaced(platform, address, loss, argument, before, after))
            .into_iter()
            .collect()
    }
}

/// What the loss of a resource means, as the end of a sentence.
fn loss(address: &str) -> &'static str {
    let kind = address.split('.').next().unwrap_or(address);
    match resource_types::all().find(|row| row.name == kind).map(|row| row.loss) {
        Some(Loss::Hurts(loss)) => loss,
        _ => "it cannot be recovered",
    }
}

fn lost(platform: &Platform, address: &str, loss: &str) -> Diagnostic {
    let message = format!("`{address}` is no longer in the output; applying this would delete it: {loss}");
    let help =
        format!("write `removed: {{ {address}: retain }}` to keep it in AWS, or `delete` to let Terraform delete it");
    Diagnostic::new(&codes::RESOURCE_LOST, platform.span, message).help(help).at("removed")
}

fn replaced(platform: &Platform, address: &str, loss: &str, argument: &str, before: &str, after: &str) -> Diagnostic {
    let message = format!(
        "the {argument} of `{address}` changes from {before} to {after}: Terraform would replace it, and {loss}"
    );
    let help = format!(
        "restore the {argument}; or take the old one out of the state with `terraform state rm {address}` and write \
         `removed: {{ {address}: retain }}`"
    );
    Diagnostic::new(&codes::RESOURCE_REPLACED, platform.span, message).help(help).at("removed")
}
