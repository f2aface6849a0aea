//! `removed.tf`: resources that leave the Terraform state but stay in AWS, and those whose deletion must be stated.

use crate::generate::expression::address;
use crate::generate::moved::from_to;
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
        (Removal::Retain, None) if platform.repository(name).or_else(|| platform.renamed_from(name)).is_some() => {
            Vec::new()
        }
        (Removal::Retain, None) => repository(platform, name),
        (Removal::Delete, Some((row, label))) => deleted(platform, row.name, label),
        // Its `force_delete` was applied before, without `destroy = false`.
        (Removal::Delete, None) => Vec::new(),
    })
}

/// A file of `removed` blocks for the addresses that each entry of the spec stands for in a module. The address of an instance
/// cannot be removed, so a `moved` block gives it another one first.
pub fn file<'p>(platform: &'p Platform, place: &Place, addresses: impl Fn(&str, Removal) -> Vec<Leaving>) -> Files<'p> {
    let mut blocks = Vec::new();
    let mut first: Option<Span> = None;
    for (name, removal) in &platform.removed {
        let destroy = removal.value == Removal::Delete;
        for Leaving { instance, address } in addresses(name, removal.value) {
            first = first.or(Some(removal.span));
            blocks.extend(instance.map(|instance| from_to(instance, address.clone()).origin(removal.span)));
            blocks.push(removed(address, destroy).origin(removal.span));
        }
    }
    let Some(first) = first else { return none() };
    one(place.hcl("removed.tf", spaced(blocks), first))
}

/// What leaves the state.
pub struct Leaving {
    /// The instance that may have been there before.
    pub instance: Option<Traversal>,
    /// The address without an instance.
    pub address: Traversal,
}

impl From<Traversal> for Leaving {
    fn from(address: Traversal) -> Self {
        Leaving { instance: None, address }
    }
}

/// A repository and its policies, where the state has them now or had them earlier. The spec no longer tells which policies
/// it had; a `removed` block for something not in the state does nothing.
fn repository(platform: &Platform, key: &str) -> Vec<Leaving> {
    let root = &platform.root;
    let mut singles = vec![root.single_form(key)];
    singles.extend(Some(root.earlier_form(key)).filter(|earlier| *earlier != singles[0]));
    // It may also have been in the set.
    let mut member = root.set_span.map(|_| Form::InSet(key.to_owned()));
    singles
        .into_iter()
        .flat_map(|single| resources(&single, if single.is_module() { None } else { member.take() }))
        .collect()
}

fn resources(single: &Form, member: Option<Form>) -> Vec<Leaving> {
    if let Form::Module(label) = single {
        return vec![Traversal::new("module").attr(Name::from(label.clone())).into()];
    }
    let kinds = ["aws_ecr_repository", "aws_ecr_lifecycle_policy", "aws_ecr_repository_policy"];
    let instance = |kind| member.as_ref().map(|member| address(member, kind));
    kinds.iter().map(|kind| Leaving { instance: instance(kind), address: address(single, kind) }).collect()
}

/// Another resource and its companions; nothing if the output creates one at the same address, which would contradict it.
fn resource(platform: &Platform, kind: &'static str, label: &str) -> Vec<Leaving> {
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
    kinds.map(|kind| Traversal::new(kind).attr(Name::from(label.to_owned())).into()).collect()
}

/// A resource that the state may remember with `destroy = false`: OpenTofu would forget it when its block is deleted.
fn deleted(platform: &Platform, kind: &'static str, label: &str) -> Vec<Leaving> {
    match platform.root.knows_destroy_false() {
        true => resource(platform, kind, label).into_iter().take(1).collect(),
        false => Vec::new(),
    }
}

fn removed(address: Traversal, destroy: bool) -> Block {
    Block::bare("removed").attr("from", address).blank().block(Block::bare("lifecycle").attr("destroy", destroy))
}
