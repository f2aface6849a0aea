//! `locals.tf`: the tags of everything that can be tagged, and what AWS alone knows.

use crate::generate::expression::{cluster_issuer, given, issuer_local, kms_alias_label};
use crate::generate::place::Place;
use crate::generate::{Files, apart, one};
use crate::platform::Platform;
use crate::policies::{Policies, provider};
use crate::terraform::{Block, Expr, Name, Object};

/// The file.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let place = Place::root(platform);
    let mut locals = tags(platform, &place);
    let mut data = identity(&place);
    for (cluster, irsa) in provider::clusters(platform) {
        let name = issuer_local(&cluster);
        let issuer = cluster_issuer(&cluster);
        let host_and_path = Expr::call("replace", [issuer.into(), "https://".into(), Expr::from("")]);
        locals = locals
            .blank()
            .comment("Host and path of the cluster's issuer: how IAM spells it in condition keys")
            .attr_from(irsa.span, name.clone(), host_and_path);
        let cluster = given(&irsa.cluster, |cluster| cluster.as_str().into());
        data.push(Block::data("aws_eks_cluster", name).attr("name", cluster).origin(irsa.span));
    }
    data.extend(looked_up_providers(platform));
    data.extend(kms_aliases(platform));
    let mut blocks = vec![locals];
    blocks.append(&mut data);
    one(place.hcl("locals.tf", apart(blocks), platform.tags_span))
}

/// `locals { standard_tags = { … } }`
pub fn tags(platform: &Platform, place: &Place) -> Block {
    let tags: Object = platform.resource_tags.iter().collect();
    Block::bare("locals").attr(place.tags_name(), tags).origin(platform.tags_span)
}

/// Data sources for partition and account, so that neither is written into an ARN.
pub fn identity(place: &Place) -> Vec<Block> {
    let data = |kind: &'static str| Block::data(kind, place.data_name());
    vec![data("aws_caller_identity"), data("aws_partition")]
}

/// The OIDC providers of forges and of HCP Terraform that are looked up.
fn looked_up_providers(platform: &Platform) -> impl Iterator<Item = Block> {
    provider::looked_up_in_root(platform)
        .map(|(name, url, origin)| Block::data("aws_iam_openid_connect_provider", name).attr("url", url).origin(origin))
}

/// Aliases of KMS keys, looked up: ECR hands back the key's ARN, and an alias in its place would
/// read as a change that replaces the repository.
fn kms_aliases(platform: &Platform) -> Vec<Block> {
    let mut blocks: Vec<(Name, Block)> = Vec::new();
    for repository in &platform.repositories {
        let Some(alias) = repository.kms_alias() else { continue };
        let label = kms_alias_label(&alias);
        if !blocks.iter().any(|(other, _)| *other == label) {
            let block = Block::data("aws_kms_alias", label.clone()).attr("name", alias);
            blocks.push((label, block.origin(repository.encryption.span)));
        }
    }
    blocks.into_iter().map(|(_, block)| block).collect()
}
