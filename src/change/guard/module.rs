//! A root module: its state, its account, and the resources in it.

use super::{Change, key, replica};
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Platform;
use crate::tree::{Module, Modules, RelPath};

impl Change<'_> {
    /// Everything that a root module of the committed output would lose.
    pub(super) fn module(&self, folder: &RelPath, old: &Module, all: &Modules) -> Vec<Diagnostic> {
        let Some(platform) = self.platform(&old.environment) else { return self.lost_environment(old) };
        let new = self.successor(old);
        let mut findings = Vec::new();
        if let Some(new) = new {
            findings.extend(account_changed(platform, old, new));
            findings.extend(state_changed(platform, folder, old, new));
            findings.extend(replica::reconfigured(platform, old));
        }
        for (address, values) in &old.resources {
            let removal = || self.place_of_removal(platform, key(values).unwrap_or(address), all);
            findings.extend(match key(values) {
                Some(_) => self.repository(platform, new, address, values, &removal),
                None if replica::of(values).is_some() => self.replica(platform, new, address, values, &removal),
                None => self.resource(platform, old, new, address, values, &removal),
            });
        }
        findings
    }
}

/// Terraform asks the account of its credentials what exists. In another account it finds nothing, and creates everything.
fn account_changed(platform: &Platform, old: &Module, new: &Module) -> Option<Diagnostic> {
    let (before, after) = (old.account.as_ref()?, new.account.as_ref()?);
    let is_allowed = platform.account_was.as_ref().is_some_and(|was| was.as_str() == before);
    if before == after || is_allowed || old.resources.is_empty() {
        return None;
    }
    let message = format!(
        "the account changes from {before} to {after}: Terraform would create everything again in {after}, and forget \
         what is in {before}"
    );
    let help = format!("restore the account, or write `account_was: \"{before}\"` next to `account`");
    Some(Diagnostic::new(&codes::ACCOUNT_CHANGED, platform.account_span, message).help(help).at("account"))
}

/// A resource is known to the state that it was created with, and to no other.
fn state_changed(platform: &Platform, folder: &RelPath, old: &Module, new: &Module) -> Option<Diagnostic> {
    let (before, after) = (&old.state, &new.state);
    let is_allowed = platform.root.state_was.iter().any(|was| was.as_str() == before);
    if before == after || is_allowed || old.resources.is_empty() {
        return None;
    }
    let allow = format!("add `state_was: [\"{before}\"]` under `terraform`, and run `ecrgen render`");
    let renamed = [before, after].map(|state| state.strip_prefix("workspace ").and_then(|name| name.split_once('/')));
    let (message, help) = match renamed {
        // The tfe provider renames a workspace in place.
        [Some((organization, was)), Some((other, is))] if organization == other => (
            format!("the workspace changes from `{organization}/{was}` to `{organization}/{is}`"),
            format!(
                "1. {allow}\n\
                 2. apply `{folder}-workspace` before this change is merged: it renames the workspace, and its state stays with it"
            ),
        ),
        // Terraform asks whether to copy the state (Terraform documentation, "terraform init", "Backend Initialization").
        _ if after.starts_with("s3 ") && before.starts_with("folder ") => (
            moved(folder, before, after),
            format!(
                "1. {allow}\n\
                 2. run `terraform init -migrate-state` where the state is now, with the new `backend` block"
            ),
        ),
        _ => (
            moved(folder, before, after),
            format!(
                "1. run `terraform state pull > old.tfstate` where the state is now\n\
                 2. {allow}\n\
                 3. run `terraform state push old.tfstate` in the new place"
            ),
        ),
    };
    Some(Diagnostic::new(&codes::STATE_CHANGED, platform.root.span, message).help(help).at("terraform"))
}

fn moved(folder: &RelPath, before: &str, after: &str) -> String {
    format!(
        "the state of `{folder}` moves from {} to {}: Terraform would try to create every resource again, and would no \
         longer manage the existing ones",
        in_words(before),
        in_words(after)
    )
}

/// A state as messages call it: the kind of its place, and the name in backquotes.
fn in_words(state: &str) -> String {
    state.split_once(' ').map_or_else(|| format!("`{state}`"), |(kind, name)| format!("{kind} `{name}`"))
}
