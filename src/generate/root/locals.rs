//! `locals.tf`: the resource tags, and the data sources for values that only AWS knows.

use std::collections::BTreeMap;

use crate::generate::expression::{cluster_issuer, given, issuer_local, kms_alias_label, variable_reference};
use crate::generate::place::Place;
use crate::generate::{Files, one, spaced};
use crate::platform::{Label, Platform};
use crate::policies::{Policies, provider};
use crate::terraform::{Block, Expr, Name, Object};

/// The file.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let place = Place::root(platform);
    let mut locals = tags(platform, &place);
    let mut data = identity(platform, &place);
    for (cluster, irsa) in provider::clusters(platform) {
        let name = issuer_local(&cluster);
        let issuer = cluster_issuer(&cluster);
        let host_and_path = Expr::call("replace", [issuer.into(), "https://".into(), Expr::from("")]);
        locals = locals
            .blank()
            .comment("The cluster's OIDC issuer without `https://`, as IAM condition keys spell it")
            .attr_from(irsa.span, name.clone(), host_and_path);
        let cluster = given(&irsa.cluster, |cluster| cluster.as_str().into());
        data.push(Block::data("aws_eks_cluster", name).attr("name", cluster).origin(irsa.span));
    }
    data.extend(looked_up_providers(platform));
    data.extend(kms_aliases(platform));
    data.extend(kms_keys(platform));
    let mut blocks = vec![locals];
    blocks.append(&mut data);
    one(place.hcl("locals.tf", spaced(blocks), platform.tags_span))
}

/// `locals { standard_tags = { … } }`
pub fn tags(platform: &Platform, place: &Place) -> Block {
    let tags: Object = platform.resource_tags.iter().collect();
    Block::bare("locals").attr(place.tags_name(), tags).origin(platform.tags_span)
}

/// Data sources for the partition and, if the spec does not name it, the account, so that no ARN hardcodes them. A shared root
/// module compares the account with that of the spec.
pub fn identity(platform: &Platform, place: &Place) -> Vec<Block> {
    let data = |kind: &'static str| Block::data(kind, place.data_name());
    let account = (platform.scope.account.is_none() || place.is_shared()).then(|| data("aws_caller_identity"));
    account.into_iter().chain([data("aws_partition")]).collect()
}

/// Data sources for the OIDC providers of forges and HCP Terraform that the spec looks up.
fn looked_up_providers(platform: &Platform) -> impl Iterator<Item = Block> {
    provider::looked_up_in_root(platform).map(|(name, url, origin)| {
        let name = Name::from(Label::text_of(&name));
        Block::data("aws_iam_openid_connect_provider", name).attr("url", url).origin(origin)
    })
}

/// Data sources for KMS keys from variables, which can be ARNs or aliases of keys.
fn kms_keys(platform: &Platform) -> Vec<Block> {
    let mut blocks: BTreeMap<&str, Block> = BTreeMap::new();
    for repository in platform.all_repositories() {
        let Some(variable) = repository.kms_variable() else { continue };
        let block = || {
            let key = Block::data("aws_kms_key", Name::from(variable.to_owned()));
            key.attr("key_id", variable_reference(variable)).origin(repository.encryption.span)
        };
        blocks.entry(variable).or_insert_with(block);
    }
    blocks.into_values().collect()
}

/// Data sources for aliases of KMS keys. ECR returns the key's ARN, so an alias in its place would show up as a change
/// that replaces the repository.
fn kms_aliases(platform: &Platform) -> Vec<Block> {
    let mut blocks: Vec<(Name, Block)> = Vec::new();
    for repository in platform.all_repositories() {
        let Some(alias) = repository.kms_alias() else { continue };
        let label = kms_alias_label(&alias);
        if !blocks.iter().any(|(other, _)| *other == label) {
            let block = Block::data("aws_kms_alias", label.clone()).attr("name", alias);
            blocks.push((label, block.origin(repository.encryption.span)));
        }
    }
    blocks.into_iter().map(|(_, block)| block).collect()
}
