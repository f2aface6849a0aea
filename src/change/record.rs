//! What to remember of an output: the resources whose loss hurts, by Terraform address.

use std::collections::{BTreeMap, BTreeSet};

use crate::platform::{Encryption, Platform, Removal, Repository};
use crate::policies::resource_types::{self, Loss, ResourceType};
use crate::policies::scope;
use crate::terraform::{Block, Body, Expr, print_expression};
use crate::tree::{Module, Modules, RelPath, Target, Values};
use crate::value::OrVariable;

/// The encryption of a repository whose key the output creates.
pub(super) const OWN_KEY: &str = "KMS create";

pub(super) use crate::tree::module::{KEY, REMOVAL, REPLACE, removal, was_repository};

/// Whether Terraform deletes a repository with its images.
pub(super) const FORCE_DELETE: &str = "force_delete";

/// The key of the repository that a resource is a replica of.
pub(super) const REPLICA_OF: &str = "replica_of";

/// How a resource in another region is configured, if not by its own argument.
pub(super) const PROVIDER: &str = "provider";

/// The variable that holds the keys of the set that a repository is in.
pub(super) const KEYS: &str = "keys";

/// Between the variable of a key and its default.
pub(super) const BY_DEFAULT: &str = ", by default ";

/// A resource of a generated file: the file's folder, the address, the values.
pub type Found = (String, String, Values);

/// The resources of a generated file whose loss hurts, without repositories: [`modules`] adds those.
pub fn resources(path: &RelPath, body: &Body, platform: &Platform) -> Vec<Found> {
    let in_root = path.folder() == platform.root.directory.as_str();
    if !in_root && path.folder() != platform.root.bootstrap_directory() {
        // What is for another account is applied there, by others, and in a module that ecrgen does not know.
        return Vec::new();
    }
    let blocks = body.blocks().filter(|block| block.kind.as_str() == "resource");
    let found = blocks.filter_map(|block| {
        let [kind, label] = block.labels.as_slice() else { return None };
        let row = resource_types::find(kind.as_str());
        let hurts = row.loss_of(label.as_str(), in_root) != Loss::Harmless && row.name != "aws_ecr_repository";
        hurts.then(|| {
            let address = format!("{}.{}", kind.as_str(), label.as_str());
            (path.folder().to_owned(), address, values(row, block, platform))
        })
    });
    found.collect()
}

/// The values of a resource that replace it when they change.
fn values(row: &ResourceType, block: &Block, platform: &Platform) -> Values {
    let value = |argument: &&str| match *argument {
        "region" => Some(("region".to_owned(), region(block).unwrap_or_else(|| platform.region.clone()))),
        // The tfe provider has it as a setting.
        "organization" => {
            let workspace = platform.workspace.as_ref();
            workspace.map(|workspace| ("organization".to_owned(), workspace.organization.clone()))
        }
        argument => block.argument(argument).map(|value| (argument.to_owned(), text(value))),
    };
    let provider = block.argument("provider").map(|_| (PROVIDER.to_owned(), "alias".to_owned()));
    row.replaced_by.iter().filter_map(value).chain(provider).collect()
}

/// The region of a resource that is not in the home region: its argument, or that of its provider configuration.
fn region(block: &Block) -> Option<String> {
    let alias = block.argument("provider").map(text);
    let of_alias = alias.as_deref().and_then(|alias| alias.strip_prefix("aws.")).map(|alias| alias.replace('_', "-"));
    block.argument("region").map(text).or(of_alias)
}

/// An expression as it is printed; a literal without its quotes.
fn text(value: &Expr) -> String {
    let printed = print_expression(value);
    let unquoted = printed.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    unquoted.filter(|text| !text.contains('"')).unwrap_or(&printed).to_owned()
}

/// The root modules of platforms that are rendered together, with what was found in their files.
pub fn modules(platforms: &[&Platform], found: Vec<Vec<Found>>) -> Modules {
    let mut modules = Modules::new();
    for (platform, found) in platforms.iter().zip(found) {
        let root = platform.root.directory.clone();
        modules.insert(root.clone(), module(platform, Target::Root, root.as_str()));
        for (folder, address, values) in found {
            let folder = RelPath::parse(&folder).expect("a file of ours is in a folder");
            let target = if folder == root { Target::Root } else { Target::Bootstrap };
            let module = modules.entry(folder.clone()).or_insert_with(|| module(platform, target, folder.as_str()));
            module.resources.insert(address, values);
        }
    }
    modules
}

fn module(platform: &Platform, target: Target, folder: &str) -> Module {
    let (resources, removed) = match target {
        Target::Root => {
            let repositories = platform.repositories.iter();
            let resources = repositories.flat_map(|one| {
                let replicas = one.replicas().map(|(region, managed)| {
                    (replica_address(one, region), of_replica(platform, one, region, &managed.encryption.value))
                });
                [(one.address(&platform.root), of_repository(platform, one))].into_iter().chain(replicas)
            });
            let removed = platform.removed.iter();
            let entry = |removal: Removal| Values::from([(REMOVAL.to_owned(), removal.as_str().to_owned())]);
            (resources.collect(), removed.map(|(name, removal)| (name.clone(), entry(removal.value))).collect())
        }
        Target::Bootstrap => Default::default(),
    };
    let scope = match target {
        Target::Root => BTreeSet::new(),
        Target::Bootstrap => scope::scope(platform),
    };
    Module {
        environment: platform.scope.environment.clone(),
        target,
        state: state(platform, target, folder),
        earlier_states: BTreeSet::new(),
        account: platform.scope.account.clone(),
        resources,
        scope,
        removed,
    }
}

/// Where Terraform keeps the state of a module. Without a workspace or a backend that is up to whoever runs Terraform in the
/// folder.
fn state(platform: &Platform, target: Target, folder: &str) -> String {
    match (&platform.workspace, &platform.root.backend) {
        (Some(workspace), _) if target == Target::Root => {
            format!("workspace {}/{}", workspace.organization, workspace.name)
        }
        (_, Some(backend)) => format!("s3 {}/{}", backend.bucket, backend.key),
        _ => format!("folder {folder}"),
    }
}

/// What identifies a repository in the spec, and the values that replace it: those that [`resource_types`] names.
fn of_repository(platform: &Platform, repository: &Repository) -> Values {
    let mut values = values_of(repository, &platform.region, &repository.encryption.value);
    values.insert(KEY.to_owned(), repository.key.clone());
    let set = platform.root.set.as_ref().filter(|set| set.keys.contains(&repository.key));
    if let Some(variable) = set.and_then(|set| set.variable.as_ref()) {
        values.insert(KEYS.to_owned(), variable.as_str().to_owned());
    }
    values
}

/// The same of the replica of a repository in a region.
fn of_replica(platform: &Platform, repository: &Repository, region: &str, encryption: &Encryption) -> Values {
    let mut values = values_of(repository, region, encryption);
    values.insert(REPLICA_OF.to_owned(), repository.key.clone());
    if !platform.root.has_region_argument() {
        values.insert(PROVIDER.to_owned(), "alias".to_owned());
    }
    values
}

/// The Terraform address of the replica of a repository in a region.
pub(super) fn replica_address(repository: &Repository, region: &str) -> String {
    format!("aws_ecr_repository.{}", repository.replica_label(region))
}

fn values_of(repository: &Repository, region: &str, encryption: &Encryption) -> Values {
    let encryption = match encryption {
        Encryption::Aes256 => "AES256".to_owned(),
        Encryption::Kms => "KMS".to_owned(),
        Encryption::KmsDsse => "KMS_DSSE".to_owned(),
        Encryption::KmsCreate => OWN_KEY.to_owned(),
        Encryption::KmsKey(OrVariable::Literal(key)) => format!("KMS {}", key.as_str()),
        // Another default is another key, wherever the workspace does not set the variable.
        Encryption::KmsKey(OrVariable::Variable(variable)) => {
            let default = variable.default.as_ref().map(|key| format!("{BY_DEFAULT}{}", key.as_str()));
            format!("KMS var.{}{}", variable.name.as_str(), default.unwrap_or_default())
        }
        Encryption::KmsKey(OrVariable::Reference(reference)) => format!("KMS {}", reference.as_str()),
    };
    let value = |argument: &&str| match *argument {
        "name" => ("name".to_owned(), repository.name.clone()),
        "encryption_configuration" => ("encryption".to_owned(), encryption.clone()),
        "region" => ("region".to_owned(), region.to_owned()),
        other => panic!("`{other}` replaces a repository, and its value is not recorded"),
    };
    let mut values: BTreeMap<_, _> = resource_types::find("aws_ecr_repository").replaced_by.iter().map(value).collect();
    if let Some(reason) = &repository.replace {
        values.insert(REPLACE.to_owned(), fingerprint(reason.as_str()));
    }
    if repository.force_delete.is_some() {
        values.insert(FORCE_DELETE.to_owned(), "true".to_owned());
    }
    values
}

/// FNV-1a with 64 bits, so that free text of a spec is in no file.
fn fingerprint(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}
