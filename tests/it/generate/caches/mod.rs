//! Pull through cache rules.

mod access;
mod first_import;
mod output;
mod refused;

/// The secret of Docker Hub.
const SECRET: &str = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:ecr-pullthroughcache/hub-AbCdEf";

/// Rules for several upstreams, of which one has a template with tags.
fn spec() -> String {
    format!(
        "account: \"111111111111\"\n\
         registry:\n  pull_through_cache:\n    \
         docker-hub: {{ upstream: docker-hub, credential: \"{SECRET}\" }}\n    \
         quay: {{ upstream: quay }}\n    \
         base: {{ upstream: ecr, url: 222222222222.dkr.ecr.us-east-1.amazonaws.com, upstream_prefix: team/base }}\n\
         repository_templates:\n  docker-hub: {{ created_by: [pull_through_cache], tag_mutability: mutable, resource_tags: {{ A: b }} }}\n\
         repositories: {{ cart: {{}} }}\n\
         access:\n  \
         nodes: {{ can: [pull, import], repositories: all, node_roles: [eks-node] }}\n  \
         quayers: {{ can: [pull, import], repositories: [quay], assumed_by: [\"arn:aws:iam::111111111111:role/q\"] }}\n  \
         partners: {{ can: [pull], repositories: [docker-hub], accounts: [\"333333333333\"] }}\n\
         waive: {{ pull-without-import: {{ at: [access.partners], reason: Nodes pull first }} }}\n"
    )
}
