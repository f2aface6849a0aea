//! `encryption_key.tf`: the KMS key that encrypts the repositories that ask for one.

use crate::generate::expression::{Writer, encryption_key};
use crate::generate::place::Place;
use crate::generate::{Files, apart, none, one};
use crate::policies::Policies;
use crate::terraform::Block;

/// The file, if a key is made.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(made) = &platform.encryption_key else { return none() };
    let writer = Writer { policies, place: Place::root(platform) };
    let description = format!("Encrypts the images of {} ({})", platform.scope.platform, platform.scope.environment);
    let key = Block::resource("aws_kms_key", "ecr")
        .attr("description", description)
        .attr("enable_key_rotation", true)
        .blank()
        .comment("The account's policies say who manages the key, and who makes repositories with it by way of ECR,\nwhich does all the rest by grants of its own")
        .attr("policy", writer.policy(policies.document(policies.encryption_key.expect("a key has a policy"))))
        .blank()
        .attr("tags", writer.place.tags())
        .blank()
        .comment("Without the key no image can be read any more")
        .block(Block::bare("lifecycle").attr("prevent_destroy", true));
    let alias = Block::resource("aws_kms_alias", "ecr")
        .attr("name", &made.alias)
        .attr("target_key_id", encryption_key().attr("key_id"));
    let blocks = [key, alias].map(|block| block.origin(made.span));
    one(writer.place.hcl("encryption_key.tf", apart(blocks), made.span))
}
