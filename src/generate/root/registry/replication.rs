//! The replication configuration.

use crate::generate::expression::Writer;
use crate::iam::{Symbol, Text};
use crate::platform::Repository;
use crate::platform::registry::Registry;
use crate::platform::replication::{self, Rule};
use crate::terraform::{Block, List, Name, Traversal};

/// The configuration, if a repository is replicated.
pub fn blocks(writer: &Writer, registry: &Registry) -> Vec<Block> {
    let platform = writer.policies.platform;
    let rules = replication::rules(platform);
    let mut destinations = replication::repositories(platform).flat_map(|repository| &repository.replicate_to);
    let Some(origin) = destinations.next() else { return Vec::new() };
    let mut configuration = Block::bare("replication_configuration");
    for (at, rule) in rules.iter().enumerate() {
        if at > 0 {
            configuration = configuration.blank();
        }
        configuration = configuration.block(self::rule(writer, rule));
    }
    let mut block = Block::resource("aws_ecr_replication_configuration", "ecr").block(configuration);
    let replicas: List = platform.repositories.iter().flat_map(addresses).collect();
    if replicas.items().next().is_some() {
        block = block
            .blank()
            .comment("ECR creates a repository with its default settings for an image that it replicates earlier")
            .attr("depends_on", replicas.multiline());
    }
    if registry.neighbors.iter().any(|repository| repository.replicas().next().is_some()) {
        let first =
            "The modules of other environments create replicas too. If they have new ones, apply those modules first";
        block = block.blank().comment(first);
    }
    vec![block.origin(origin.span)]
}

fn rule(writer: &Writer, Rule { destinations, filters }: &Rule) -> Block {
    let mut blocks = Vec::new();
    for (region, account) in destinations {
        let account = account.map_or_else(|| Text::from(Symbol::AccountId), Text::from);
        blocks.push(Block::bare("destination").attr("region", *region).attr("registry_id", writer.text(&account)));
    }
    for filter in filters {
        blocks.push(Block::bare("repository_filter").attr("filter", *filter).attr("filter_type", "PREFIX_MATCH"));
    }
    let mut rule = Block::bare("rule");
    for (at, block) in blocks.into_iter().enumerate() {
        rule = if at == 0 { rule.block(block) } else { rule.blank().block(block) };
    }
    rule
}

/// The replicas of a repository that the root module creates.
fn addresses(repository: &Repository) -> impl Iterator<Item = Traversal> {
    repository.replicas().map(|(region, _)| {
        let label = repository.replica_label(region);
        Traversal::new("aws_ecr_repository").attr(Name::from(label.as_str().to_owned()))
    })
}
