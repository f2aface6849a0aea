//! `repository_<name>.tf`: a repository and its policies.

pub mod in_words;
pub(super) mod lifecycle_policy;
mod moved;
pub(super) mod set;

use std::collections::BTreeMap;

use crate::generate::expression::{Writer, encryption_key, given, kms_alias, kms_key_of, repository_attribute};
use crate::generate::place::Place;
use crate::generate::protection::protection;
use crate::generate::{Files, spaced};
use crate::iam::Document;
use crate::platform::Encryption;
use crate::platform::Repository;
use crate::platform::repositories::repository::Mutability;
use crate::platform::root_module::ECR_MODULE;
use crate::platform::root_module::form::Form;
use crate::policies::Policies;
use crate::source::Spanned;
use crate::terraform::{Block, Expr, List, Name, Object};
use crate::value::{KmsKey, OrVariable};

/// One file per repository that is not in the set.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let writer = Writer::new(policies, Place::root(platform));
    Files::PerRepository(Box::new(move |repository| {
        let mut blocks = match platform.root.form(&repository.key) {
            Form::InSet(_) => return None,
            Form::Module(label) => vec![module(&writer, repository, label)],
            Form::Resource(label) => resources(&writer, repository, label),
        };
        blocks.extend(moved::blocks(policies, repository));
        Some(writer.place.hcl(&format!("repository_{}.tf", repository.label), spaced(blocks), repository.span))
    }))
}

/// Plain resources.
fn resources(writer: &Writer, repository: &Repository, label: String) -> Vec<Block> {
    let label = Name::from(label);
    let block = Block::resource("aws_ecr_repository", label.clone()).attr("name", &repository.name);
    let block = block.origin(repository.span);
    let name = || repository_attribute(writer.policies.platform, &repository.key, "name");
    let attached = |kind| Block::resource(kind, label.clone()).attr("repository", name());
    let document = writer.policies.of_repository(&repository.key);
    let encryption = encryption_configuration(&repository.encryption);
    let mut blocks = vec![settings(writer, repository, encryption, block)];
    blocks.extend(attachments(writer, repository, document, attached));
    blocks
}

/// The lifecycle policy and the repository policy. `attached` begins a resource of the repository.
pub(super) fn attachments(
    writer: &Writer,
    repository: &Repository,
    document: Option<&Document>,
    attached: impl Fn(&'static str) -> Block,
) -> Vec<Block> {
    let lifecycle = repository.lifecycle.as_ref().map(|lifecycle| {
        let policy = lifecycle_policy::expression(lifecycle);
        attached("aws_ecr_lifecycle_policy").attr("policy", policy).origin(lifecycle.span)
    });
    let policy = document.map(|document| {
        attached("aws_ecr_repository_policy").attr("policy", writer.policy(document)).origin(repository.span)
    });
    lifecycle.into_iter().chain(policy).collect()
}

/// The block with the settings of a repository, which go into the resource itself. A replica can have another encryption.
pub(super) fn settings(writer: &Writer, repository: &Repository, encryption: Option<Block>, mut block: Block) -> Block {
    // Every field is named, so that the code does not compile if a new setting is missing here.
    let Repository {
        mutability,
        encryption: _,
        scan_on_push,
        protected,
        force_delete,
        resource_tags,
        name: _,
        label: _,
        span: _,
        lifecycle: _,
        key: _,
        services: _,
        // The filters of the registry decide about it.
        scan_continuously: _,
        policy_statements: _,
        replicate_to: _,
        deny: _,
        only_from: _,
        was: _,
        replace: _,
    } = repository;
    block = block.attr("image_tag_mutability", mutability.as_str());
    if let Some(span) = force_delete {
        block = block.attr_from(*span, "force_delete", true);
    }
    block = exclusion_filters(mutability, block);
    if let Some(configuration) = encryption {
        block = block.blank().block(configuration);
    }
    let scanning = Block::bare("image_scanning_configuration").attr("scan_on_push", self::scan_on_push(scan_on_push));
    block = block.blank().block(scanning).blank();
    block = block.attr_from(resource_tags.span, "tags", tags(writer, &resource_tags.value));
    if *protected {
        block = block.blank().block(protection(writer.policies.platform));
    }
    block
}

/// The block with the exceptions from the mutability of tags.
pub(super) fn exclusion_filters(mutability: &Mutability, block: Block) -> Block {
    mutability.except.iter().fold(block, |block, filter| {
        let one = Block::bare("image_tag_mutability_exclusion_filter");
        block.blank().block(one.attr("filter", filter).attr("filter_type", "WILDCARD"))
    })
}

/// The registry module with the inputs it really has (terraform-aws-modules/ecr/aws, `variables.tf` of the version).
fn module(writer: &Writer, repository: &Repository, label: String) -> Block {
    // Every field is named, so that the code does not compile if a new setting is missing here.
    let Repository {
        name,
        label: _,
        span,
        mutability,
        encryption,
        scan_on_push,
        lifecycle,
        force_delete,
        key,
        resource_tags,
        services: _,
        // The filters of the registry decide about it.
        scan_continuously: _,
        policy_statements: _,
        replicate_to: _,
        deny: _,
        only_from: _,
        was: _,
        replace: _,
        // Rejected together with the module, which has no input for it.
        protected: _,
    } = repository;
    let version = writer.policies.platform.root.ecr_module.as_ref();
    let version = version.map(|version| (version.span, version.as_str()));
    let mut block = Block::new("module", [Name::from(label)])
        .origin(*span)
        .attr("source", ECR_MODULE)
        .attr_from(version.map(|(span, _)| span), "version", version.map_or("", |(_, version)| version))
        .blank()
        .attr("repository_name", name)
        .attr("repository_image_tag_mutability", mutability.as_str());
    if !mutability.except.is_empty() {
        let filter = |filter: &String| Object::new().entry("filter", filter).entry("filter_type", "WILDCARD").inline();
        let filters: List = mutability.except.iter().map(filter).collect();
        block = block.attr("repository_image_tag_mutability_exclusion_filter", filters.multiline());
    }
    if let Some((kind, key)) = encryption_type(&encryption.value) {
        block = block.attr_from(encryption.span, "repository_encryption_type", kind);
        if let Some(key) = key {
            block = block.attr_from(encryption.span, "repository_kms_key", key);
        }
    }
    if let Some(span) = force_delete {
        block = block.attr_from(*span, "repository_force_delete", true);
    }
    block = block.attr("repository_image_scan_on_push", self::scan_on_push(scan_on_push)).blank();
    block = match writer.policies.of_repository(key) {
        Some(document) => block
            .comment("Repository policy for all principals granted access directly; replaces the module's default")
            .attr("create_repository_policy", false)
            .attr("repository_policy", writer.policy(document)),
        None => block
            .comment("The module's default repository policy grants ecr:GetAuthorizationToken, which a repository policy\ncannot grant. Access is granted by the roles in the access_*.tf files instead.")
            .attr("create_repository_policy", false)
            .attr("attach_repository_policy", false),
    }
    .blank();
    block = match lifecycle {
        Some(lifecycle) => {
            let policy = lifecycle_policy::expression(lifecycle);
            block.attr_from(lifecycle.span, "repository_lifecycle_policy", policy)
        }
        None => block.attr("create_lifecycle_policy", false),
    };
    block.blank().attr_from(resource_tags.span, "tags", tags(writer, &resource_tags.value))
}

/// Nothing for AES-256, which is ECR's default.
pub(super) fn encryption_configuration(encryption: &Spanned<Encryption>) -> Option<Block> {
    let (kind, key) = encryption_type(&encryption.value)?;
    Some(encrypted(kind, key).origin(encryption.span))
}

/// A block with this type of encryption, and this key if it is a customer managed key.
pub(super) fn encrypted(kind: &str, key: Option<Expr>) -> Block {
    let block = Block::bare("encryption_configuration").attr("encryption_type", kind);
    match key {
        Some(key) => block.attr("kms_key", key),
        None => block,
    }
}

/// `encryptionType` of CreateRepository, and the key if it is a customer managed key.
fn encryption_type(encryption: &Encryption) -> Option<(&'static str, Option<Expr>)> {
    match encryption {
        Encryption::Aes256 => None,
        Encryption::Kms => Some(("KMS", None)),
        Encryption::KmsDsse => Some(("KMS_DSSE", None)),
        Encryption::KmsKey(key) => Some(("KMS", Some(kms_key(key)))),
        Encryption::KmsCreate => Some(("KMS", Some(encryption_key().attr("arn").into()))),
    }
}

/// The ARN of the key, because ECR returns it: an alias in its place would show up as a change that replaces the repository. A
/// variable can hold an alias too.
fn kms_key(key: &OrVariable<KmsKey>) -> Expr {
    match key {
        OrVariable::Variable(variable) => kms_key_of(variable.name.as_str()).attr("arn").into(),
        _ => given(key, |key| match key.as_str().contains("alias/") {
            true => kms_alias(key.as_str()).attr("target_key_arn").into(),
            false => key.as_str().into(),
        }),
    }
}

/// The platform's resource tags, overridden by the repository's own.
pub(super) fn tags(writer: &Writer, own: &BTreeMap<String, String>) -> Expr {
    let of_platform = Expr::from(writer.place.tags());
    if own.is_empty() {
        return of_platform;
    }
    let own: Object = own.iter().collect();
    Expr::call("merge", [of_platform, own.multiline().into()])
}

pub(super) fn scan_on_push(setting: &OrVariable<bool>) -> Expr {
    given(setting, |scan| (*scan).into())
}
