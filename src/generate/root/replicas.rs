//! `replica_<name>.tf`: a repository in the regions that its images are replicated to. ECR replicates images only, so each
//! replica gets the settings of the repository (ECR user guide, "Private image replication").
//!
//! Replicas are always plain resources, also where the repositories are blocks of the registry module.

use super::repository::{lifecycle_policy, scan_on_push, tags};
use crate::generate::Files;
use crate::generate::expression::{Writer, given};
use crate::generate::moved::from_to;
use crate::generate::place::Place;
use crate::generate::protection::protection;
use crate::generate::region::{in_region, label_in};
use crate::generate::spaced;
use crate::platform::repositories::replication::replica_label;
use crate::platform::{Encryption, Label, Repository};
use crate::policies::Policies;
use crate::source::Spanned;
use crate::terraform::{Block, Expr, Name, Traversal};

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

/// The replica and its policies.
fn replica(writer: &Writer, repository: &Repository, region: &str, encryption: &Spanned<Encryption>) -> Vec<Block> {
    // Every field is named, so that the code does not compile if a new setting is missing here.
    let Repository {
        name,
        label: _,
        span,
        mutability,
        encryption: _,
        scan_on_push: scan,
        lifecycle,
        protected,
        force_delete,
        key,
        resource_tags,
        services: _,
        policy_statements: _,
        deny: _,
        only_from: _,
        replicate_to: _,
        was: _,
        replace: _,
        // The registry-wide settings of the other region decide about it.
        scan_continuously: _,
    } = repository;
    let platform = writer.policies.platform;
    let label = Name::from(repository.replica_label(region).as_str().to_owned());
    let resource = |kind: &'static str| in_region(platform, region, Block::resource(kind, label.clone()));
    let attribute = |name: &'static str| Traversal::new("aws_ecr_repository").attr(label.clone()).attr(name);
    let mut block = resource("aws_ecr_repository")
        .attr("name", name)
        .attr("image_tag_mutability", mutability.as_str())
        .origin(*span);
    if let Some(span) = force_delete {
        block = block.attr_from(*span, "force_delete", true);
    }
    for filter in &mutability.except {
        let filter =
            Block::bare("image_tag_mutability_exclusion_filter").attr("filter", filter).attr("filter_type", "WILDCARD");
        block = block.blank().block(filter);
    }
    if let Some(configuration) = encryption_configuration(&encryption.value, region) {
        block = block.blank().block(configuration.origin(encryption.span));
    }
    let scanning = Block::bare("image_scanning_configuration").attr("scan_on_push", scan_on_push(scan));
    block = block.blank().block(scanning).blank();
    block = block.attr_from(resource_tags.span, "tags", tags(writer, &resource_tags.value));
    if *protected {
        block = block.blank().block(protection(platform));
    }
    let lifecycle = lifecycle.as_ref().map(|lifecycle| {
        resource("aws_ecr_lifecycle_policy")
            .attr("repository", attribute("name"))
            .attr("policy", lifecycle_policy::expression(lifecycle))
            .origin(lifecycle.span)
    });
    let policy = writer.policies.of_replica(key, region).map(|document| {
        resource("aws_ecr_repository_policy")
            .attr("repository", attribute("name"))
            .attr("policy", writer.policy(document))
            .origin(*span)
    });
    [block].into_iter().chain(lifecycle).chain(policy).collect()
}

/// Nothing for AES-256, which is ECR's default. A rule refuses keys that are not in the region.
fn encryption_configuration(encryption: &Encryption, region: &str) -> Option<Block> {
    let (kind, key): (&str, Option<Expr>) = match encryption {
        Encryption::Aes256 => return None,
        Encryption::Kms => ("KMS", None),
        Encryption::KmsDsse => ("KMS_DSSE", None),
        Encryption::KmsKey(key) => ("KMS", Some(given(key, |key| key.as_str().into()))),
        Encryption::KmsCreate => {
            ("KMS", Some(Traversal::new("aws_kms_key").attr(label_in("ecr", region)).attr("arn").into()))
        }
    };
    let block = Block::bare("encryption_configuration").attr("encryption_type", kind);
    Some(match key {
        Some(key) => block.attr("kms_key", key),
        None => block,
    })
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
