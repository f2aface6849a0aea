//! `moved` blocks of a repository that the output may have declared in another way, so that the state follows.

use crate::generate::expression::address;
use crate::generate::moved::from_to;
use crate::platform::Repository;
use crate::platform::root_module::form::Form;
use crate::policies::Policies;
use crate::terraform::{Block, Name, Traversal};

/// The blocks, from the earliest form to the present one.
pub(super) fn blocks(policies: &Policies, repository: &Repository) -> Vec<Block> {
    let root = &policies.platform.root;
    let kinds = [
        ("aws_ecr_repository", true),
        ("aws_ecr_lifecycle_policy", repository.lifecycle.is_some()),
        ("aws_ecr_repository_policy", policies.of_repository(&repository.key).is_some()),
    ];
    let kinds: Vec<&str> = kinds.into_iter().filter(|(_, exists)| *exists).map(|(kind, _)| kind).collect();
    let forms = repository.forms(root);
    let moves = forms.windows(2).flat_map(|pair| between(&pair[0], &pair[1], &kinds));
    moves.map(|block| block.origin(repository.earlier_span(root))).collect()
}

/// The blocks that move the resources of these kinds.
pub(in crate::generate::root) fn between(from: &Form, to: &Form, kinds: &[&str]) -> Vec<Block> {
    let module = |label: &String| Traversal::new("module").attr(Name::from(label.clone()));
    match (from, to) {
        (Form::Module(from), Form::Module(to)) => vec![from_to(module(from), module(to))],
        _ => kinds.iter().map(|kind| from_to(address(from, kind), address(to, kind))).collect(),
    }
}
