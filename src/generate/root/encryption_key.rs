//! `encryption_key.tf`: the KMS key that encrypts the repositories with `encryption: { kms: create }`.

use crate::generate::expression::{Writer, encryption_key};
use crate::generate::place::Place;
use crate::generate::protection::protection;
use crate::generate::{Files, none, one, spaced};
use crate::policies::Policies;
use crate::terraform::Block;

/// The file, if the spec creates a key.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(key) = &platform.encryption_key else { return none() };
    let writer = Writer::new(policies, Place::root(platform));
    let description = format!("Encrypts the images of {} ({})", platform.scope.platform, platform.scope.environment);
    let resource = Block::resource("aws_kms_key", "ecr")
        .attr("description", description)
        .attr("enable_key_rotation", true)
        .blank()
        .comment("IAM policies in this account control who manages the key, and who creates repositories with it\nthrough ECR. ECR itself uses the key through its own grants.")
        .attr("policy", writer.policy(policies.document(policies.encryption_key.expect("a key has a policy"))))
        .blank()
        .attr("tags", writer.place.tags())
        .blank()
        .comment("No image encrypted with this key can be read without it")
        .block(protection(platform));
    let alias = Block::resource("aws_kms_alias", "ecr")
        .attr("name", &key.alias)
        .attr("target_key_id", encryption_key().attr("key_id"));
    let blocks = [resource, alias].map(|block| block.origin(key.span));
    one(writer.place.hcl("encryption_key.tf", spaced(blocks), key.span))
}
