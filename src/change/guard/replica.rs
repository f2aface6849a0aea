//! The replica of a repository in another region: gone, replaced, or with another provider configuration.

use super::{Change, is_deletable, record, repository, successor};
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::{Platform, Removal};
use crate::tree::{Module, Values};

/// The key of the repository that a resource is a replica of.
pub(super) fn of(values: &Values) -> Option<&str> {
    values.get(record::REPLICA_OF).map(String::as_str)
}

impl Change<'_> {
    /// What would happen to a replica of the committed output. `removal` finds where the spec must list it to remove it.
    pub(super) fn replica(
        &self,
        platform: &Platform,
        new: Option<&Module>,
        at: &str,
        old: &Values,
        removal: &dyn Fn() -> String,
    ) -> Vec<Diagnostic> {
        let (key, region) = (of(old).expect("a replica has a repository"), region(old));
        let repository = successor(platform, key);
        let now = repository.map(|repository| record::replica_address(repository, region));
        let new = now.and_then(|now| new?.resources.get(&now)).zip(repository);
        let Some((new, repository)) = new else { return gone(platform, key, at, old, removal) };
        if platform.removes(at) {
            let message =
                format!("the replica of `{key}` in {region} is listed under both `removed` and `replicate_to`");
            let fault = Diagnostic::new(&codes::REMOVED_AND_THERE, platform.place_of_removed(at), message);
            let fault = fault.and(repository.span, "the repository");
            let help = format!(
                "to keep managing it, delete `{at}` from `removed`\nto remove it, delete {region} from `replicate_to`"
            );
            return vec![fault.help(help).at(format!("removed.{at}"))];
        }
        let encryption = repository.replicas().find(|(other, _)| *other == region);
        let place = encryption.map_or(repository.span, |(_, managed)| managed.encryption.span);
        let subject = format!("the replica of `{}` in {region}", repository.key);
        repository::replaced(repository, &subject, place, old, new).into_iter().collect()
    }
}

fn region(values: &Values) -> &str {
    values.get("region").map_or("another region", String::as_str)
}

/// The output no longer has it.
fn gone(platform: &Platform, key: &str, at: &str, old: &Values, removal: &dyn Fn() -> String) -> Vec<Diagnostic> {
    let region = region(old);
    let fault = match platform.removed.get(at).filter(|_| platform.removes(at)) {
        Some(written) if written.value == Removal::Delete => (!is_deletable(old)).then(|| {
            let message = format!(
                "the replica of `{key}` in {region} cannot be deleted yet: as long as it holds images, the apply would fail"
            );
            let help = format!(
                "first keep it with `force_delete: true` under `repositories.{key}`, and apply that; then remove it\n\
                 or write `retain`, and delete it in AWS"
            );
            Diagnostic::new(&codes::NOT_DELETABLE, written.span, message).help(help).at(format!("removed.{at}"))
        }),
        Some(_) => lost_key(platform, key, at, old),
        None => Some(lost(platform, key, at, old, &removal())),
    };
    fault.into_iter().collect()
}

fn lost(platform: &Platform, key: &str, at: &str, old: &Values, removal: &str) -> Diagnostic {
    let region = region(old);
    let path = format!("repositories.{key}");
    let of_repository = format!("{path}.replicate_to");
    let places = [of_repository.as_str(), &path, "repository_defaults.replicate_to", "repositories"];
    let message = format!(
        "the replica of `{key}` in {region} is no longer in the output: applying this would delete it and its images there"
    );
    let environment = removal.strip_suffix(".removed").map(|environment| format!(" under `{environment}`"));
    let environment = environment.unwrap_or_default();
    let help = format!(
        "to keep it in AWS, write `removed: {{ {at}: retain }}`{environment}\n\
         to delete it and its images, first apply `force_delete: true` under `{path}`, then write `removed: {{ {at}: delete \
         }}`{environment}"
    );
    Diagnostic::new(&codes::REPLICA_LOST, platform.place_of(&places), message).help(help).at("repositories")
}

/// AWS keeps it, but the spec lets Terraform delete the key that decrypts its images.
fn lost_key(platform: &Platform, key: &str, at: &str, old: &Values) -> Option<Diagnostic> {
    let region = region(old);
    let own = format!("aws_kms_key.ecr_{}", region.replace('-', "_"));
    let has_own_key = old.get("encryption").is_some_and(|encryption| encryption == record::OWN_KEY);
    let is_deleted = platform.removed.get(&own).is_some_and(|written| written.value == Removal::Delete);
    let message = format!(
        "the replica of `{key}` in {region} stays in AWS, but the KMS key that encrypts its images would be deleted: they could \
         no longer be pulled"
    );
    (has_own_key && is_deleted).then(|| {
        let fault = Diagnostic::new(&codes::KEY_LOST, platform.place_of_removed(&own), message);
        fault.help(format!("write `{own}: retain` under `removed`")).at(format!("removed.{at}"))
    })
}

/// Replicas that had a provider configuration and get the argument `region`. A state that an AWS provider before 6.0 wrote does
/// not have their region, so the provider would read the repositories of the home region in their place, and replace them
/// (Terraform AWS provider documentation, "Enhanced Region Support").
pub(super) fn reconfigured(platform: &Platform, old: &Module) -> Option<Diagnostic> {
    let had = old.resources.iter().find(|(_, values)| values.contains_key(record::PROVIDER))?;
    let is_allowed = platform.root.replicas_were.is_some();
    if !platform.root.has_region_argument() || is_allowed || platform.removes(had.0) {
        return None;
    }
    let pin = &platform.root.providers["aws"];
    let message = format!(
        "`{}` and other resources in other regions change from a provider configuration to the argument `region`: with a \
         state of AWS provider 5, Terraform would look for them in {}, and replace what it finds there",
        had.0, platform.region
    );
    let help = "1. restore a version constraint that allows 5.x and 6.x, such as \">= 5.100, < 7.0\"\n\
                2. run `terraform init -upgrade` and `terraform apply` with AWS provider 6, which writes the regions into the state\n\
                3. write the new constraint again, with `replicas_were: alias` under `terraform`";
    let span = pin.span.unwrap_or(platform.root.span);
    Some(Diagnostic::new(&codes::REPLICA_PROVIDER_CHANGED, span, message).help(help).at("terraform.providers.aws"))
}

/// A replica that was removed and is in the spec again. If AWS kept it, an apply cannot create it.
pub(super) fn returning(platforms: &[&Platform], old: &crate::tree::Modules) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for platform in platforms {
        let is_removed = |at: &String| {
            let mut modules = old.values().filter(|module| module.environment == platform.scope.environment);
            modules.any(|module| module.removed.contains_key(at))
        };
        for repository in &platform.repositories {
            for (region, _) in repository.replicas() {
                let at = record::replica_address(repository, region);
                if !is_removed(&at) {
                    continue;
                }
                let message = format!(
                    "the replica of `{}` in {region} was removed earlier and is in the spec again",
                    repository.key
                );
                let (provider, id) = match platform.root.has_region_argument() {
                    true => (String::new(), format!("{}@{region}", repository.name)),
                    false => (format!("\n  provider = aws.{}", region.replace('-', "_")), repository.name.clone()),
                };
                let help = format!(
                    "if AWS kept it, add this block to a `.tf` file of your own in the root module, for example `import.tf`\n\
                     import {{{provider}\n  to = {at}\n  id = \"{id}\"\n}}"
                );
                let finding = Diagnostic::new(&codes::RETURNING_REPOSITORY, repository.span, message).help(help);
                findings.push(finding.at(format!("repositories.{}", repository.key)));
            }
        }
    }
    findings
}
