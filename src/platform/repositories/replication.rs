//! Where ECR replicates the images of a repository to.

use crate::language::repository::Encryption;
use crate::language::repository::replication::{Item, ReplicaWord, ReplicateTo};
use crate::platform::Scope;
use crate::platform::naming::label::Label;
use crate::source::{Span, Spanned};
use crate::value::{AccountId, KmsKey, OrVariable, Region};

/// A registry that ECR replicates the images of a repository to, where the repository has the same name.
#[derive(Clone, Debug)]
pub struct Destination {
    /// The region of the registry.
    pub region: Spanned<Region>,
    /// The account of the registry, if it is another one than that of the platform.
    pub account: Option<Spanned<AccountId>>,
    /// The settings of the repository there, if the root module creates it; `None` if ECR does, or that account.
    pub managed: Option<Managed>,
    /// What the spec says about the replica that it cannot have: its place. Only for a replica in another account.
    pub unmanageable: Option<Span>,
    /// Where it is written.
    pub span: Span,
}

/// The settings of a replica that can differ from those of the repository.
#[derive(Clone, Debug)]
pub struct Managed {
    /// Its encryption at rest, with its place.
    pub encryption: Spanned<Encryption>,
    /// Whether the spec writes it for the replica.
    pub has_own_encryption: bool,
}

/// The registry of a destination: its region, and its account if that is another one.
pub type Registry<'r> = (&'r str, Option<&'r str>);

impl Destination {
    /// The registry.
    pub fn registry(&self) -> Registry<'_> {
        (self.region.as_str(), self.account.as_ref().map(|account| account.as_str()))
    }

    /// The registry in words.
    pub fn in_words(&self) -> String {
        match &self.account {
            None => self.region.as_str().to_owned(),
            Some(account) => format!("{} of account {}", self.region.as_str(), account.as_str()),
        }
    }
}

/// Resolves every destination. `encryption` is that of the repository.
pub fn resolve(written: &ReplicateTo, encryption: &Spanned<Encryption>, scope: &Scope) -> Vec<Destination> {
    let destination = |Item(item): &Item| {
        let is_ours = |account: &&Spanned<AccountId>| scope.account.as_deref() != Some(account.as_str());
        let account = item.account.as_ref().filter(is_ours).cloned();
        let word = item.replica.as_ref().map(|replica| replica.value);
        let inherited =
            || Spanned { value: inherited(&encryption.value, scope, item.region.as_str()), ..encryption.clone() };
        let managed = Managed {
            encryption: item.encryption.clone().unwrap_or_else(inherited),
            has_own_encryption: item.encryption.is_some(),
        };
        let is_managed = account.is_none() && word != Some(ReplicaWord::Plain);
        let managed_word = item.replica.as_ref().filter(|replica| replica.value == ReplicaWord::Managed);
        let unmanageable = managed_word.map(|word| word.span).or(item.encryption.as_ref().map(|key| key.span));
        Destination {
            region: item.region.clone(),
            account,
            managed: is_managed.then_some(managed),
            unmanageable: unmanageable.filter(|_| !is_managed),
            span: item.span,
        }
    };
    written.registries.iter().map(destination).collect()
}

/// The encryption of a repository, for its replica in a region: a multi-Region key has the same ID in each region (KMS
/// developer guide, "Multi-Region keys in AWS KMS").
fn inherited(encryption: &Encryption, scope: &Scope, region: &str) -> Encryption {
    let Encryption::KmsKey(OrVariable::Literal(key)) = encryption else { return encryption.clone() };
    let home = format!(":kms:{}:", scope.region);
    let there = key.as_str().contains(":key/mrk-").then(|| key.as_str().replacen(&home, &format!(":kms:{region}:"), 1));
    let there = there.and_then(|arn| KmsKey::parse(&arn));
    there.map_or_else(|| encryption.clone(), |key| Encryption::KmsKey(OrVariable::Literal(key)))
}

/// The name in Terraform of the replica of the repository with this key in a region.
pub fn replica_label(key: &str, region: &str) -> Label {
    Label::of(&format!("{key}-{region}"))
}
