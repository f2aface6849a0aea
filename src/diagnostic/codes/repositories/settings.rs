//! Settings of repositories.

use crate::diagnostic::codes::{codes, spec};

codes! {
    NOT_A_DEFAULT = {
        name: "not-a-default",
        severity: Error,
        what: "`repository_defaults` has a setting that only a single repository can have.",
        why: "`name`, `was` and `replace` belong to one repository. As defaults, they would give every repository the same \
              name or the state of the same earlier repository, or confirm every replacement of every repository.",
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
        what: "The tag classes with `moving` need exclusion filters that ECR does not accept, or too many of them.",
        why: "In an immutable repository, each tag class with `moving` becomes an exclusion filter. ECR allows at most \
              five filters per repository, and each filter has at most two `*` and 128 characters. Otherwise ECR \
              rejects the repository.",
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
        what: "The KMS key that the spec creates would have an alias that KMS does not accept.",
        why: "An alias consists of letters, digits, `/`, `_` and `-` and has at most 256 characters, including \
              `alias/`. It does not start with `aws/`, which AWS reserves for its own keys. CreateAlias rejects any \
              other alias.",
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
