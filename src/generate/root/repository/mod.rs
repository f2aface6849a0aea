//! `repository_<name>.tf`: a repository and its lifecycle policy.

pub(super) mod lifecycle_policy;

use std::collections::BTreeMap;

use crate::generate::expression::{Writer, encryption_key, given, kms_alias, kms_key_of};
use crate::generate::moved::from_to;
use crate::generate::place::Place;
use crate::generate::protection::protection;
use crate::generate::{Files, spaced};
use crate::platform::Encryption;
use crate::platform::Repository;
use crate::platform::root_module::form::Form;
use crate::policies::Policies;
use crate::source::{Span, Spanned};
use crate::terraform::{Block, Expr, List, Name, Object, Traversal};
use crate::value::{KmsKey, OrVariable};

/// One file per repository.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let writer = Writer::new(policies, Place::root(platform));
    Files::PerRepository(Box::new(move |repository| {
        let mut blocks = match &platform.root.ecr_module {
            Some(version) => vec![module(&writer, repository, version.as_str(), version.span)],
            None => plain(&writer, repository),
        };
        blocks.extend(moved(policies, repository));
        writer.place.hcl(&format!("repository_{}.tf", repository.label), spaced(blocks), repository.span)
    }))
}

/// Plain resources.
fn plain(writer: &Writer, repository: &Repository) -> Vec<Block> {
    // Every field is named, so that the code does not compile if a new setting is missing here.
    let Repository {
        name,
        label,
        span,
        mutability,
        encryption,
        scan_on_push,
        lifecycle,
        protected,
        force_delete,
        key,
        resource_tags,
        services: _,
        policy_statements: _,
        replicate_to: _,
        was: _,
        replace: _,
    } = repository;
    let label = Name::from(label.as_str().to_owned());
    let mut block = Block::resource("aws_ecr_repository", label.clone())
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
    if let Some(configuration) = encryption_configuration(&encryption.value) {
        block = block.blank().block(configuration.origin(encryption.span));
    }
    let scanning = Block::bare("image_scanning_configuration").attr("scan_on_push", self::scan_on_push(scan_on_push));
    block = block.blank().block(scanning).blank();
    block = block.attr_from(resource_tags.span, "tags", tags(writer, &resource_tags.value));
    if *protected {
        block = block.blank().block(protection(writer.policies.platform));
    }
    let mut blocks = vec![block];
    if let Some(lifecycle) = lifecycle {
        let policy = Block::resource("aws_ecr_lifecycle_policy", label.clone())
            .attr("repository", repository_name(repository))
            .attr("policy", lifecycle_policy::expression(lifecycle))
            .origin(lifecycle.span);
        blocks.push(policy);
    }
    if let Some(document) = writer.policies.of_repository(key) {
        let policy = Block::resource("aws_ecr_repository_policy", label)
            .attr("repository", repository_name(repository))
            .attr("policy", writer.policy(document))
            .origin(*span);
        blocks.push(policy);
    }
    blocks
}

fn repository_name(repository: &Repository) -> Expr {
    let name = Name::from(repository.label.as_str().to_owned());
    Traversal::new("aws_ecr_repository").attr(name).attr("name").into()
}

/// The registry module with the inputs it really has (terraform-aws-modules/ecr/aws, `variables.tf` of the version).
fn module(writer: &Writer, repository: &Repository, version: &str, pinned: Span) -> Block {
    // Every field is named, so that the code does not compile if a new setting is missing here.
    let Repository {
        name,
        label,
        span,
        mutability,
        encryption,
        scan_on_push,
        lifecycle,
        force_delete,
        key,
        resource_tags,
        services: _,
        policy_statements: _,
        replicate_to: _,
        was: _,
        replace: _,
        // Rejected together with the module, which has no input for it.
        protected: _,
    } = repository;
    let mut block = Block::new("module", [Name::from(label.as_str().to_owned())])
        .origin(*span)
        .attr("source", "terraform-aws-modules/ecr/aws")
        .attr_from(pinned, "version", version)
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
pub(super) fn encryption_configuration(encryption: &Encryption) -> Option<Block> {
    let (kind, key) = encryption_type(encryption)?;
    let block = Block::bare("encryption_configuration").attr("encryption_type", kind);
    Some(match key {
        Some(key) => block.attr("kms_key", key),
        None => block,
    })
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

/// `moved` blocks for a repository that the output declared in another way, so that the state follows.
fn moved(policies: &Policies, repository: &Repository) -> Vec<Block> {
    let platform = policies.platform;
    let Some(Spanned { value: earlier, span }) = repository.earlier(&platform.root) else { return Vec::new() };
    let now = platform.root.form(&repository.label);
    if earlier.in_module && now.in_module {
        let address = |form: &Form| Traversal::new("module").attr(Name::from(form.label.clone()));
        return vec![from_to(address(&earlier), address(&now)).origin(span)];
    }
    let address = |form: &Form, kind| Traversal::parse(&form.address(kind)).expect("an address is a traversal");
    let kinds = [
        ("aws_ecr_repository", true),
        ("aws_ecr_lifecycle_policy", repository.lifecycle.is_some()),
        ("aws_ecr_repository_policy", policies.of_repository(&repository.key).is_some()),
    ];
    let kinds = kinds.into_iter().filter(|(_, exists)| *exists);
    kinds.map(|(kind, _)| from_to(address(&earlier, kind), address(&now, kind)).origin(span)).collect()
}
