//! Pull through cache rules, and the role that ECR pulls from other accounts with.

use crate::generate::expression::{Writer, given};
use crate::generate::root::creation_templates::{role_attribute, service_role};
use crate::platform::pull_through_cache::Cache;
use crate::platform::registry::Registry;
use crate::terraform::{Block, Name};

/// A rule per prefix, and the role if a rule needs it.
pub(super) fn blocks(writer: &Writer, registry: &Registry) -> Vec<Block> {
    let rules = registry.caches.iter().map(|cache| rule(writer, cache));
    let role = writer.policies.cache_role.iter().flat_map(|grant| {
        let description = "Lets ECR pull from the registries of other accounts, for pull through cache rules";
        service_role(writer, grant, description)
    });
    rules.chain(role).collect()
}

fn rule(writer: &Writer, cache: &Cache) -> Block {
    let label = Name::from(crate::platform::Label::of(&cache.prefix).spelled(writer.spelling).to_owned());
    let mut block = Block::resource("aws_ecr_pull_through_cache_rule", label)
        .attr("ecr_repository_prefix", &cache.prefix)
        .attr("upstream_registry_url", &cache.host);
    if let Some(part) = &cache.upstream_prefix {
        block = block.attr("upstream_repository_prefix", part);
    }
    if let Some(credential) = &cache.credential {
        block = block.attr("credential_arn", given(credential, |arn| arn.as_str().into()));
    }
    let own = writer.policies.platform.scope.account.as_deref();
    if let Some(grant) = writer.policies.cache_role.as_ref().filter(|_| cache.needs_role(own)) {
        block = block.attr("custom_role_arn", role_attribute(writer, grant, "arn"));
    }
    block.origin(cache.span)
}
