//! Keys and names of repositories.

use crate::diagnostic::Example::Words;
use crate::diagnostic::codes::{codes, spec};

codes! {
    BAD_REPOSITORY_NAME = {
        name: "bad-repository-name",
        severity: Error,
        what: "A repository would have a name that ECR does not accept.",
        why: "The name of an ECR repository has 2 to 256 characters: lowercase letters and digits, separated by `.`, \
              `_`, `__`, hyphens or `/`. CreateRepository rejects any other name during the apply.",
        bad: spec!("
names: { repository: \"Shop/{repository}\" }
repositories: { cart: {} }
"),
        good: spec!("
names: { repository: \"shop/{repository}\" }
repositories: { cart: {} }
"),
        source: "ECR API reference, CreateRepository, `repositoryName`",
    }
    REPOSITORY_NAME_TAKEN = {
        name: "repository-name-taken",
        severity: Error,
        what: "Two repositories in the spec would have the same name in AWS.",
        why: "The name of a repository must be unique in its account and region. The second repository cannot be \
              created.",
        bad: spec!("
names: { repository: \"{platform}\" }
repositories: { cart: {}, search: {} }
"),
        good: spec!("
names: { repository: \"{platform}/{repository}\" }
repositories: { cart: {}, search: {} }
"),
        source: "ECR API reference, CreateRepository, RepositoryAlreadyExistsException",
    }
    UNKNOWN_REPOSITORY = {
        name: "unknown-repository",
        severity: Error,
        what: "A repository is used that `repositories` does not define.",
        why: "Access entries, expectations and assertions refer to repositories in the same spec by their keys. A \
              policy for a repository that does not exist grants nothing, and a check of it checks nothing.",
        bad: spec!("
repositories: { cart: {} }
access:
  nodes: { can: [pull], repositories: [carts], node_roles: [eks-node] }
"),
        good: spec!("
repositories: { cart: {} }
access:
  nodes: { can: [pull], repositories: [cart], node_roles: [eks-node] }
"),
        source: "ecrgen language reference, `repositories`",
    }
    BAD_PREFIX = {
        name: "bad-prefix",
        severity: Error,
        what: "A prefix of repositories has a length that ECR does not accept.",
        why: "ECR allows 1 to 256 characters in the prefix of a creation template, and 2 to 30 in that of a pull through cache rule.",
        bad: Words("
A prefix with 300 characters under `repository_templates`.
"),
        good: Words("
A prefix such as `team`, for all repositories whose names begin with `team/`.
"),
        source: "ECR API reference, CreateRepositoryCreationTemplate, `prefix`; CreatePullThroughCacheRule, `ecrRepositoryPrefix`",
    }
    BAD_CACHE = {
        name: "bad-pull-through-cache",
        severity: Error,
        what: "A pull through cache rule has an upstream registry that ECR cannot use this way.",
        why: "Docker Hub, GitHub, GitLab, Azure and Chainguard only answer with credentials. Of Azure and ECR, there are many registries, so \
              the rule needs the host of one of them; the others have one host, which is not always the known one: that of Docker Hub is \
              `registry-1.docker.io`. The registry of the spec cannot cache itself, and a registry has at most 50 rules.",
        bad: spec!("
registry: { pull_through_cache: { docker-hub: { upstream: docker-hub } } }
"),
        good: spec!("
registry: { pull_through_cache: { docker-hub: { upstream: docker-hub, credential: { variable: docker_hub_secret } } } }
"),
        source: "ECR API reference, CreatePullThroughCacheRule; ECR user guide, \"Creating a pull through cache rule in Amazon ECR\" and \
                 \"Amazon ECR service quotas\"",
    }
    PREFIX_TAKEN = {
        name: "prefix-taken",
        severity: Error,
        what: "A prefix of repositories that ECR creates is also used by a repository of the spec.",
        why: "Access entries and assertions name repositories by their keys, and the repositories that ECR creates by their prefix. \
              If both are the same, no one can tell which of them is meant. Below the prefix of a pull through cache rule, ECR \
              imports images from another registry, so a repository there would mix them with others.",
        bad: spec!("
repositories: { team: {} }
repository_templates: { team: { created_by: [push] } }
"),
        good: spec!("
repositories: { base: { name: team } }
repository_templates: { team: { created_by: [push] } }
"),
        source: "ecrgen language reference, `repository_templates`",
    }
    KEY_TOO_LONG = {
        name: "key-too-long",
        severity: Error,
        what: "The key of a repository or access entry is too long to be part of a file name.",
        why: "Each repository and each access entry gets a file that is named after its key, and file systems allow \
              255 bytes in a file name. ecrgen allows 200 bytes for the key. Some characters take more than one byte.",
        bad: Words("
A repository whose key has 240 characters.
"),
        good: Words("
A short key, with the long name under `name`, which can have 256 characters:

repositories:
  reports: { name: \"analytics/europe/…/reports\" }
"),
        source: "POSIX, limits.h, NAME_MAX, which is 255 on the common file systems; ecrgen's own limit",
    }
    BAD_EARLIER_KEY = {
        name: "bad-earlier-key",
        severity: Error,
        what: "`was` names a repository that still exists, or two repositories have the same `was`.",
        why: "`was` becomes a `moved` block, which makes Terraform use the state of one resource for another. Two \
              resources cannot share one state, and a repository that still exists needs its own.",
        bad: spec!("
repositories:
  cart: {}
  basket: { was: cart, name: shop-basket }
"),
        good: spec!("
repositories:
  basket: { was: cart, name: cart }
"),
        source: "Terraform documentation, \"Refactor modules\", moved block",
    }
}
