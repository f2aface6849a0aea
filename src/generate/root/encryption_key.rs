//! `encryption_key.tf`: the KMS keys that encrypt the repositories and replicas with `encryption: { kms: create }`.

use crate::generate::expression::Writer;
use crate::generate::place::Place;
use crate::generate::protection::protection;
use crate::generate::region::{in_region, label_in};
use crate::generate::{Files, none, one, spaced};
use crate::platform::{EncryptionKey, Platform};
use crate::policies::Policies;
use crate::source::Span;
use crate::terraform::{Block, Name, Traversal};

/// The file, if the spec creates a key.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let writer = Writer::new(policies, Place::root(platform));
    let (mut blocks, mut origin): (Vec<Block>, Option<Span>) = (Vec::new(), None);
    if let Some((key, policy)) = platform.encryption_key.as_ref().zip(policies.encryption_key) {
        let blank = [Block::resource("aws_kms_key", "ecr"), Block::resource("aws_kms_alias", "ecr")];
        blocks.extend(self::blocks(&writer, blank, key, "images", policy));
        origin = Some(key.span);
    }
    for (region, key) in &platform.replica_keys {
        let label = label_in("ecr", region);
        let blank = ["aws_kms_key", "aws_kms_alias"]
            .map(|kind| in_region(platform, region, Block::resource(kind, label.clone())));
        let what = format!("replicas in {region} of the images");
        blocks.extend(self::blocks(&writer, blank, key, &what, policies.replica_keys[region.as_str()]));
        origin = origin.or(Some(key.span));
    }
    let Some(origin) = origin else { return none() };
    one(writer.place.hcl("encryption_key.tf", spaced(blocks), origin))
}

/// The key and its alias, from blocks that have at most their region.
fn blocks(
    writer: &Writer,
    [resource, alias]: [Block; 2],
    key: &EncryptionKey,
    what: &str,
    policy: usize,
) -> [Block; 2] {
    let Platform { scope, .. } = writer.policies.platform;
    let description = format!("Encrypts the {what} of {} ({})", scope.platform, scope.environment);
    let label: Name = resource.labels[1].clone();
    let resource = resource
        .attr("description", description)
        .attr("enable_key_rotation", true)
        .blank()
        .comment("IAM policies in this account control who manages the key, and who creates repositories with it\nthrough ECR. ECR itself uses the key through its own grants.")
        .attr("policy", writer.policy(writer.policies.document(policy)))
        .blank()
        .attr("tags", writer.place.tags())
        .blank()
        .comment("No image encrypted with this key can be read without it")
        .block(protection(writer.policies.platform));
    let alias =
        alias.attr("name", &key.alias).attr("target_key_id", Traversal::new("aws_kms_key").attr(label).attr("key_id"));
    [resource, alias].map(|block| block.origin(key.span))
}
