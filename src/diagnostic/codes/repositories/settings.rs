//! Settings of repositories.

use crate::diagnostic::codes::{codes, spec};

codes! {
    NOT_A_DEFAULT = {
        name: "not-a-default",
        severity: Error,
        what: "`repository_defaults` has a setting that only a single repository can have.",
        why: "`name` and `was` belong to one repository: as a default, every repository would get the same name, or \
              the state of the same earlier one.",
        bad: spec!("
repository_defaults: { name: shop }
repositories: { cart: {} }
"),
        good: spec!("
names: { repository: \"shop/{repository}\" }
repositories: { cart: {} }
"),
        source: "ecrgen language reference, `repository_defaults`",
    }
    MUTABILITY_FILTERS = {
        name: "mutability-filters",
        severity: Error,
        what: "The classes with `moving` need more or other exclusion filters than ECR has for a repository.",
        why: "A class whose tags move in an immutable repository becomes an exclusion filter. ECR takes at most five \
              filters per repository, each with at most two `*` and 128 characters, and rejects the repository \
              otherwise.",
        bad: spec!("
image_tags:
  preview: { tag: \"{service}-{branch}-preview-{date}\", moving: true }
repositories: { shop: { services: [cart, search] } }
"),
        good: spec!("
image_tags:
  preview: { tag: \"{service}-preview-{date}\", moving: true }
repositories: { shop: { services: [cart, search] } }
"),
        source: "ECR API reference, ImageTagMutabilityExclusionFilter; ECR user guide, \"Preventing image tags from \
                 being overwritten\"",
    }
    BAD_KEY_ALIAS = {
        name: "bad-key-alias",
        severity: Error,
        what: "The alias of the KMS key that the spec creates is not one that KMS accepts.",
        why: "An alias consists of letters, digits, `/`, `_` and `-`, has at most 256 characters with `alias/`, and \
              does not begin with `aws/`, which AWS keeps for its own keys. CreateAlias rejects any other.",
        bad: spec!("
names: { key_alias: \"{platform}.ecr\" }
repositories: { shop: { encryption: { kms: create } } }
"),
        good: spec!("
names: { key_alias: \"{platform}/ecr\" }
repositories: { shop: { encryption: { kms: create } } }
"),
        source: "KMS API reference, CreateAlias, `AliasName`",
    }
}
