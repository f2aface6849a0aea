//! A resource other than a repository: gone, or replaced.

use super::{Change, address, cause, record};
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Platform;
use crate::platform::naming::label::respelled;
use crate::policies::resource_types::{self, Loss};
use crate::tree::{Module, Target, Values};

impl Change<'_> {
    /// What would happen to a resource of the committed output.
    pub(super) fn resource(
        &self,
        platform: &Platform,
        module: &Module,
        new: Option<&Module>,
        address: &str,
        old: &Values,
        removal: &dyn Fn() -> String,
    ) -> Vec<Diagnostic> {
        if platform.removes(address) {
            return Vec::new();
        }
        let loss = loss(address, module.target);
        let moved = new.and_then(|new| address::of_resource(platform, new, address));
        let (now, mut findings) = match moved {
            Some((now, refused)) => (now, Vec::from_iter(refused)),
            None => (address.to_owned(), Vec::new()),
        };
        let Some(new) = new.and_then(|new| new.resources.get(&now)) else {
            if let Loss::Stops(what) = loss {
                return vec![stopped(platform, address, what)];
            }
            let is_lost = matches!(loss, Loss::Hurts(_));
            return is_lost.then(|| lost(platform, address, loss, &removal())).into_iter().collect();
        };
        let changed =
            old.iter().filter(|(argument, _)| *argument != record::PROVIDER).find_map(|(argument, before)| {
                let after = new.get(argument)?;
                let is_same = before == after
                    || respelled(before).as_ref() == Some(after)
                    || without_account(before, platform, module) == without_account(after, platform, module);
                (!is_same).then_some((argument, before, after))
            });
        findings.extend(
            changed.map(|(argument, before, after)| replaced(platform, address, loss, argument, before, after)),
        );
        findings
    }
}

/// A value without the account ID, which the output either looks up or knows from the spec. Another account is reported by
/// itself.
fn without_account(value: &str, platform: &Platform, module: &Module) -> String {
    let looked_up = ["${data.aws_caller_identity.current.account_id}", "${data.aws_caller_identity.ecr.account_id}"];
    let value = looked_up.iter().fold(value.to_owned(), |value, code| value.replace(code, "ACCOUNT"));
    let known = platform.scope.account.iter().chain(&module.account);
    known.fold(value, |value, account| value.replace(account, "ACCOUNT"))
}

/// The arguments that are the identity of a resource in AWS.
const NAMES: [&str; 8] = ["alarm_name", "bucket", "ecr_repository_prefix", "name", "path", "prefix", "region", "url"];

/// What the loss of a resource hurts. A type that this version does not know is taken to be one that hurts.
fn loss(address: &str, target: Target) -> Loss {
    match resource_types::of_address(address) {
        Some((row, label)) => row.loss_of(label, target == Target::Root),
        None => Loss::Hurts("it cannot be recovered"),
    }
}

fn lost(platform: &Platform, address: &str, loss: Loss, removal: &str) -> Diagnostic {
    let message =
        format!("`{address}` is no longer in the output: applying this would delete it, and then {}", hurt(loss));
    let environment = removal.strip_suffix(".removed").map(|environment| format!(" under `{environment}`"));
    let help = format!(
        "write `removed: {{ {address}: retain }}`{} to keep it in AWS, or `delete` to let Terraform delete it",
        environment.unwrap_or_default()
    );
    Diagnostic::new(&codes::RESOURCE_LOST, cause::of_existence(platform, address), message).help(help).at("removed")
}

/// A warning: the plan shows a deletion, and not what no longer works after it.
fn stopped(platform: &Platform, address: &str, what: &str) -> Diagnostic {
    let message = format!("`{address}` is no longer in the output: once this is applied, {what}");
    let help = format!("if that is intended, apply it; to keep it in AWS, write `removed: {{ {address}: retain }}`");
    Diagnostic::new(&codes::FEATURE_STOPS, cause::of_existence(platform, address), message).help(help).at("removed")
}

fn replaced(platform: &Platform, address: &str, loss: Loss, argument: &str, before: &str, after: &str) -> Diagnostic {
    let message = format!(
        "the {argument} of `{address}` changes from {before} to {after}: Terraform would replace it, and {}",
        hurt(loss)
    );
    let (code, help) = match loss {
        Loss::HurtsIfReplaced(_) if address.starts_with("aws_iam_policy.") => {
            (&codes::POLICY_REPLACED, format!("restore the {argument}, or apply this when no role needs the policy"))
        }
        Loss::HurtsIfReplaced(_) => (
            &codes::ROLE_REPLACED,
            format!("restore the {argument}, or update everything that uses the old ARN after the apply"),
        ),
        // With the same name, AWS refuses the new resource as long as the old one exists.
        _ if !NAMES.contains(&argument) => (
            &codes::RESOURCE_REPLACED,
            format!("restore {before}; to let Terraform replace it, write `removed: {{ {address}: delete }}`"),
        ),
        _ => (
            &codes::RESOURCE_REPLACED,
            format!(
                "restore {before}; to let Terraform replace it, write `removed: {{ {address}: delete }}`; to keep the old resource \
                 in AWS, run `terraform state rm {address}` and write `retain` instead"
            ),
        ),
    };
    Diagnostic::new(code, cause::of_argument(platform, address, argument), message).help(help).at("removed")
}

fn hurt(loss: Loss) -> &'static str {
    match loss {
        Loss::Harmless => "nothing is lost",
        Loss::Hurts(hurt) | Loss::HurtsIfReplaced(hurt) | Loss::Stops(hurt) => hurt,
    }
}
