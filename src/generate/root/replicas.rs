//! `replica_<name>.tf`: a repository in the regions that its images are replicated to. ECR replicates images only, so each
//! replica gets the settings of the repository (ECR user guide, "Private image replication").
//!
//! Replicas are always plain resources, also where the repositories are blocks of the registry module.

use super::repository::{self, attachments, encrypted, settings};
use crate::generate::Files;
use crate::generate::expression::{Writer, given};
use crate::generate::moved::from_to;
use crate::generate::place::Place;
use crate::generate::region::{in_region, label_in};
use crate::generate::spaced;
use crate::platform::repositories::replication::replica_label;
use crate::platform::{Encryption, Label, Repository};
use crate::policies::Policies;
use crate::source::Spanned;
use crate::terraform::{Block, Name, Traversal};

/// One file per repository with replicas that the root module creates.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let writer = Writer::new(policies, Place::root(policies.platform));
    let replicated = policies.platform.repositories.iter().filter(|repository| repository.replicas().next().is_some());
    let file = |repository: &Repository| {
        let blocks = repository.replicas().flat_map(|(region, managed)| {
            let now = replica(&writer, repository, region, &managed.encryption);
            let moved = moved(repository, region, &now);
            now.into_iter().chain(moved)
        });
        writer.place.hcl(&format!("replica_{}.tf", repository.label), spaced(blocks), repository.span)
    };
    Files::Made(replicated.map(file).collect())
}

/// The replica and its policies. The registry-wide settings of the other region decide about continuous scans there.
fn replica(writer: &Writer, repository: &Repository, region: &str, encryption: &Spanned<Encryption>) -> Vec<Block> {
    let platform = writer.policies.platform;
    let label = Name::from(repository.replica_label(region).as_str().to_owned());
    let resource = |kind: &'static str| in_region(platform, region, Block::resource(kind, label.clone()));
    let name = || Traversal::new("aws_ecr_repository").attr(label.clone()).attr("name");
    let block = resource("aws_ecr_repository").attr("name", &repository.name).origin(repository.span);
    let encryption = encryption_configuration(encryption, region);
    let document = writer.policies.of_replica(&repository.key, region);
    let mut blocks = vec![settings(writer, repository, encryption, block)];
    blocks.extend(attachments(writer, repository, document, |kind| resource(kind).attr("repository", name())));
    blocks
}

/// A rule refuses keys that are not in the region, so a key needs no data source.
fn encryption_configuration(encryption: &Spanned<Encryption>, region: &str) -> Option<Block> {
    let key = match &encryption.value {
        Encryption::KmsKey(key) => given(key, |key| key.as_str().into()),
        Encryption::KmsCreate => Traversal::new("aws_kms_key").attr(label_in("ecr", region)).attr("arn").into(),
        Encryption::Aes256 | Encryption::Kms | Encryption::KmsDsse => {
            return repository::encryption_configuration(encryption);
        }
    };
    Some(encrypted("KMS", Some(key)).origin(encryption.span))
}

/// `moved` blocks for the replica of a repository that had another key, so that the state follows.
fn moved(repository: &Repository, region: &str, now: &[Block]) -> Vec<Block> {
    let Some(was) = &repository.was else { return Vec::new() };
    let address = |kind: &Name, label: &Label| {
        let address = format!("{}.{label}", kind.as_str());
        Traversal::parse(&address).expect("an address is a traversal")
    };
    let (earlier, label) = (replica_label(was.as_str(), region), repository.replica_label(region));
    let moved = now.iter().map(|block| &block.labels[0]);
    let moved = moved.map(|kind| from_to(address(kind, &earlier), address(kind, &label)).origin(was.span));
    moved.filter(|_| earlier != label).collect()
}
