//! Names of repositories.

use crate::diagnostic::Example::Words;
use crate::diagnostic::codes::{codes, spec};

codes! {
    BAD_REPOSITORY_NAME = {
        name: "bad-repository-name",
        severity: Error,
        what: "A repository would have a name in AWS that ECR does not accept.",
        why: "Names of repositories have 2 to 256 characters: lowercase letters and digits, joined by `.`, `_`, `__`, \
              hyphens or `/`. CreateRepository rejects any other name when the plan is applied.",
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
        what: "Two repositories of a spec would have the same name in AWS.",
        why: "The name of a repository is unique in its account and region. The second one cannot be created.",
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
        what: "A key of a repository is used that `repositories` does not define.",
        why: "Access entries, expectations and assertions are about repositories of the same spec. A policy for a \
              repository that does not exist grants nothing, and a check of it checks nothing.",
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
    KEY_TOO_LONG = {
        name: "key-too-long",
        severity: Error,
        what: "The key of a repository or of an access entry is too long to be part of a file name.",
        why: "Each of them gets a file named after its key, and file systems allow 255 bytes in a name. ecrgen allows \
              200 for the key; some characters need more than one.",
        bad: Words("
A repository with a key of 240 characters.
"),
        good: Words("
A short key, and the long name under `name`, which can have 256 characters:

repositories:
  reports: { name: \"analytics/europe/…/reports\" }
"),
        source: "POSIX, limits.h, NAME_MAX, which is 255 on the common file systems; ecrgen's own limit",
    }
    BAD_EARLIER_KEY = {
        name: "bad-earlier-key",
        severity: Error,
        what: "`was` names the key of a repository that still exists, or two repositories have the same `was`.",
        why: "`was` becomes a `moved` block: Terraform takes the state of one resource for another one. Two resources \
              cannot have one state, and the state of a repository that still exists is not free.",
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
