//! Terraform addresses that two parts of a spec would share.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use crate::terraform::{Block, Body, print_expression};
use crate::tree::RelPath;

/// What a file declares: the folder, the address, and the part of the spec that it comes from.
pub(super) type Declared = (String, String, Span);

/// The addresses in a file: of resources, data sources and modules, and those that it moves or removes from the state.
pub(super) fn declared(path: &RelPath, body: &Body, origin: Span) -> Vec<Declared> {
    let place = |block: &Block| block.origin.unwrap_or(origin);
    body.blocks().filter_map(|block| Some((path.folder().to_owned(), address(block)?, place(block)))).collect()
}

fn address(block: &Block) -> Option<String> {
    let labels = || block.labels.iter().map(|label| label.as_str()).collect::<Vec<_>>().join(".");
    match block.kind.as_str() {
        "resource" => Some(labels()),
        "data" | "module" => Some(format!("{}.{}", block.kind.as_str(), labels())),
        // Terraform refuses a `moved` block whose origin is still declared.
        "moved" | "removed" => block.argument("from").map(print_expression),
        _ => None,
    }
}

/// An error for each pair of parts of the spec that share an address. Terraform refuses a module that declares one twice.
pub(super) fn collisions(mut declared: Vec<Declared>) -> Vec<Diagnostic> {
    declared.sort();
    let twice = declared.windows(2).filter(|pair| (&pair[0].0, &pair[0].1) == (&pair[1].0, &pair[1].1));
    let mut reported = BTreeSet::new();
    let first_of_pair = |pair: &&[Declared]| {
        // A repository has several resources, all with the same label.
        let label = pair[0].1.rsplit('.').next().unwrap_or_default().to_owned();
        reported.insert((pair[0].0.clone(), label))
    };
    twice.filter(first_of_pair).map(|pair| collide(&pair[0], &pair[1])).collect()
}

fn collide(first: &Declared, second: &Declared) -> Diagnostic {
    let address = &first.1;
    let message = format!("two parts of the spec have the same Terraform address, `{address}`");
    let fault = Diagnostic::new(&codes::LABELS_COLLIDE, second.2, message);
    let help = match address.starts_with("aws_ecr_repository.") || address.starts_with("module.") {
        true => "use another key for one of them, and keep its name in AWS with `name`",
        false => "use another key for one of them, or put them in separate access entries",
    };
    let help = format!("{help}\nin Terraform labels, `-`, `_` and `.` all become `_`, and `/` becomes `__`");
    fault.label("has this address").and(first.2, "has this address too").help(help)
}
