//! `removed.tf`: resources that leave the Terraform state but stay in AWS, and those whose deletion must be stated.

use crate::generate::place::Place;
use crate::generate::region::label_in;
use crate::generate::{Files, none, one, spaced};
use crate::platform::root_module::form::Form;
use crate::platform::{Label, Platform, Removal, Repository};
use crate::policies::provider::made_in_root;
use crate::policies::{Policies, resource_types};
use crate::source::Span;
use crate::terraform::{Block, Name, Traversal};

/// Resources that belong to another one: if AWS keeps that one, it keeps them too.
const COMPANIONS: &[(&str, &[&str])] = &[
    ("aws_ecr_repository", &["aws_ecr_lifecycle_policy", "aws_ecr_repository_policy"]),
    ("aws_kms_key", &["aws_kms_alias"]),
    (
        "aws_s3_bucket",
        &["aws_s3_bucket_policy", "aws_s3_bucket_public_access_block", "aws_s3_bucket_lifecycle_configuration"],
    ),
];

/// The file, if the spec removes a resource that needs a block.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    file(platform, &Place::root(platform), |name, removal| match (removal, resource_types::of_address(name)) {
        (Removal::Applied, _) => Vec::new(),
        (_, Some((row, label))) if row.is_only_in_bootstrap(label) => Vec::new(),
        (Removal::Retain, Some((row, label))) => resource(platform, row.name, label),
        // The guard rejects an entry that is also in the spec.
        (Removal::Retain, None) if platform.repository(name).is_some() => Vec::new(),
        (Removal::Retain, None) => repository(platform, &Label::of(name)),
        (Removal::Delete, Some((row, label))) => deleted(platform, row.name, label),
        // Its `force_delete` was applied before, without `destroy = false`.
        (Removal::Delete, None) => Vec::new(),
    })
}

/// A file of `removed` blocks for the addresses that each entry of the spec stands for in a module.
pub fn file<'p>(
    platform: &'p Platform,
    place: &Place,
    addresses: impl Fn(&str, Removal) -> Vec<Traversal>,
) -> Files<'p> {
    let mut blocks = Vec::new();
    let mut first: Option<Span> = None;
    for (name, removal) in &platform.removed {
        let destroy = removal.value == Removal::Delete;
        for address in addresses(name, removal.value) {
            first = first.or(Some(removal.span));
            blocks.push(removed(address, destroy).origin(removal.span));
        }
    }
    let Some(first) = first else { return none() };
    one(place.hcl("removed.tf", spaced(blocks), first))
}

/// A repository and its policies, where the state has them now or had them earlier. The spec no longer tells which policies
/// it had; a `removed` block for something not in the state does nothing.
fn repository(platform: &Platform, label: &Label) -> Vec<Traversal> {
    let (now, earlier) = (platform.root.form(label), platform.root.earlier_form(label));
    let mut forms = vec![now];
    forms.extend((earlier != forms[0]).then_some(earlier));
    forms.into_iter().flat_map(resources).collect()
}

fn resources(form: Form) -> Vec<Traversal> {
    let kinds: &[&str] = match form.in_module {
        true => &["module"],
        false => &["aws_ecr_repository", "aws_ecr_lifecycle_policy", "aws_ecr_repository_policy"],
    };
    kinds.iter().map(|kind| Traversal::new(kind).attr(Name::from(form.label.clone()))).collect()
}

/// Another resource and its companions; nothing if the output creates one at the same address, which would contradict it.
fn resource(platform: &Platform, kind: &'static str, label: &str) -> Vec<Traversal> {
    let row = resource_types::find(kind);
    let exists = match kind {
        "aws_iam_openid_connect_provider" => {
            made_in_root(platform).any(|provider| Label::of(&provider.name).as_str() == label)
        }
        // One per region.
        "aws_kms_key" => {
            let replicas = platform.replica_keys.keys().map(|region| label_in("ecr", region));
            let home = platform.encryption_key.iter().map(|_| Name::from("ecr"));
            home.chain(replicas).any(|name| name.as_str() == label)
        }
        "aws_ecr_repository" => {
            let replicas =
                |one: &Repository| one.replicas().any(|(region, _)| one.replica_label(region).as_str() == label);
            platform.repositories.iter().any(|one| one.label.as_str() == label || replicas(one))
        }
        _ => (row.in_root)(platform),
    };
    if exists {
        return Vec::new();
    }
    let companions = COMPANIONS.iter().filter(|(of, _)| *of == kind).flat_map(|(_, companions)| companions.iter());
    let kinds = std::iter::once(kind).chain(companions.copied());
    kinds.map(|kind| Traversal::new(kind).attr(Name::from(label.to_owned()))).collect()
}

/// A resource that the state may remember with `destroy = false`: OpenTofu would forget it when its block is deleted.
fn deleted(platform: &Platform, kind: &'static str, label: &str) -> Vec<Traversal> {
    match platform.root.knows_destroy_false() {
        true => resource(platform, kind, label).into_iter().take(1).collect(),
        false => Vec::new(),
    }
}

fn removed(address: Traversal, destroy: bool) -> Block {
    Block::bare("removed").attr("from", address).blank().block(Block::bare("lifecycle").attr("destroy", destroy))
}
