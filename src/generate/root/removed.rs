//! `removed.tf`: repositories that Terraform forgets and AWS keeps.

use crate::generate::expression::repository_address;
use crate::generate::place::Place;
use crate::generate::{Files, apart, none, one};
use crate::platform::Label;
use crate::platform::Removal;
use crate::policies::Policies;
use crate::terraform::{Block, Name, Traversal};

/// The file, if a repository is to be retained.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let retained: Vec<_> = platform.removed.iter().filter(|(_, removal)| removal.value == Removal::Retain).collect();
    let Some((_, first)) = retained.first() else { return none() };
    let place = Place::root(platform);
    let mut blocks = Vec::new();
    for (key, removal) in &retained {
        let label = Label::of(key);
        blocks.push(forget(repository_address(platform, &label)).origin(removal.span));
        if platform.root.ecr_module.is_none() {
            // Which policies it had, nobody knows any more; what is not in the state is not forgotten.
            for kind in ["aws_ecr_lifecycle_policy", "aws_ecr_repository_policy"] {
                let policy = Traversal::new(kind).attr(Name::from(label.as_str().to_owned()));
                blocks.push(forget(policy).origin(removal.span));
            }
        }
    }
    one(place.hcl("removed.tf", apart(blocks), first.span))
}

fn forget(address: Traversal) -> Block {
    Block::bare("removed").attr("from", address).blank().block(Block::bare("lifecycle").attr("destroy", false))
}
