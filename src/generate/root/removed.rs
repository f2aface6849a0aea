//! `removed.tf`: resources that leave the Terraform state but stay in AWS.

use crate::generate::place::Place;
use crate::generate::{Files, none, one, spaced};
use crate::platform::root_module::form::Form;
use crate::platform::{Label, Platform, Removal};
use crate::policies::provider::made_in_root;
use crate::policies::{Policies, resource_types};
use crate::source::Span;
use crate::terraform::{Block, Name, Traversal};

/// Resources that belong to another one: if AWS keeps that one, it keeps them too.
const COMPANIONS: &[(&str, &[&str])] = &[
    ("aws_kms_key", &["aws_kms_alias"]),
    (
        "aws_s3_bucket",
        &["aws_s3_bucket_policy", "aws_s3_bucket_public_access_block", "aws_s3_bucket_lifecycle_configuration"],
    ),
];

/// The file, if the spec retains a removed resource.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let retained = platform.removed.iter().filter(|(_, removal)| removal.value == Removal::Retain);
    let mut blocks = Vec::new();
    let mut first: Option<Span> = None;
    for (name, removal) in retained {
        let forgotten = match resource_types::of_address(name) {
            Some((row, label)) => resource(platform, row.name, label),
            // The guard rejects an entry that is also in the spec.
            None if platform.repository(name).is_some() => Vec::new(),
            None => repository(platform, &Label::of(name)),
        };
        if !forgotten.is_empty() {
            first = first.or(Some(removal.span));
        }
        blocks.extend(forgotten.into_iter().map(|address| forget(address).origin(removal.span)));
    }
    let Some(first) = first else { return none() };
    one(Place::root(platform).hcl("removed.tf", spaced(blocks), first))
}

/// A repository and its policies, where the state has them now or had them earlier. The spec no longer tells which policies it had; a `removed`
/// block for something not in the state does nothing.
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
        _ => (row.in_root)(platform),
    };
    if exists {
        return Vec::new();
    }
    let companions = COMPANIONS.iter().filter(|(of, _)| *of == kind).flat_map(|(_, companions)| companions.iter());
    let kinds = std::iter::once(kind).chain(companions.copied());
    kinds.map(|kind| Traversal::new(kind).attr(Name::from(label.to_owned()))).collect()
}

fn forget(address: Traversal) -> Block {
    Block::bare("removed").attr("from", address).blank().block(Block::bare("lifecycle").attr("destroy", false))
}
