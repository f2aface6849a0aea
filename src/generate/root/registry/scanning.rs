//! `aws_ecr_registry_scanning_configuration`: which images the registry scans.

use crate::generate::expression::Writer;
use crate::platform::registry::Registry;
use crate::platform::registry::scanning::ScanRule;
use crate::terraform::{Block, Traversal};

/// The configuration. It is always written: without it, the registry has that of an earlier apply or of another tool.
pub fn blocks(_: &Writer, registry: &Registry) -> Vec<Block> {
    let configuration = Block::resource("aws_ecr_registry_scanning_configuration", "ecr")
        .attr("scan_type", registry.scanning.scan_type());
    let rules = registry.scanning.rules.iter().map(rule);
    let configuration = rules.fold(configuration, |configuration, rule| configuration.blank().block(rule));
    vec![match registry.enable_inspector {
        Some(_) => configuration.blank().attr("depends_on", [Traversal::new("aws_inspector2_enabler.ecr")]),
        None => configuration,
    }]
}

fn rule(rule: &ScanRule) -> Block {
    let block = Block::bare("rule").attr("scan_frequency", rule.frequency.as_str());
    rule.filters.iter().fold(block, |block, filter| {
        let filter = Block::bare("repository_filter").attr("filter", filter).attr("filter_type", "WILDCARD");
        block.blank().block(filter)
    })
}
