//! Retention rules.

use crate::diagnostic::codes::{codes, spec};

codes! {
    PRIORITY_DOES_NOT_RISE = {
        name: "priority-does-not-rise",
        severity: Error,
        what: "The `priority` of a retention rule is not higher than the priorities of the rules above it.",
        why: "AWS applies rules in ascending order of `rulePriority`, and retention rules are read from top to bottom. \
              If the two orders differed, the spec would not show the order in which images are deleted.",
        bad: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop:
    retention:
      - { keep: 10, of: release, priority: 20 }
      - { expire_after: 7d, of: untagged, priority: 10 }
"),
        good: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop:
    retention:
      - { keep: 10, of: release, priority: 10 }
      - { expire_after: 7d, of: untagged, priority: 20 }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `rulePriority`",
    }
    THEN_WITHOUT_KEEP = {
        name: "then-without-keep",
        severity: Error,
        what: "A retention rule has `then` but no `keep`.",
        why: "`then` defines what happens to the images that `keep` does not keep. The other verbs already define \
              their action: `expire_after` deletes images and `archive_after` archives them.",
        bad: spec!("
repositories:
  shop: { retention: [{ expire_after: 30d, then: archive, of: untagged }] }
"),
        good: spec!("
repositories:
  shop: { retention: [{ archive_after: 30d, of: untagged }] }
"),
        source: "ecrgen language reference, `retention`",
    }
    THEN_WITH_KEEP_ALL = {
        name: "then-with-keep-all",
        severity: Error,
        what: "A retention rule has both `keep: all` and `then`.",
        why: "`then` defines what happens to the images that `keep` does not keep. `keep: all` keeps every image, so \
              `then` would never act on one.",
        bad: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: all, then: archive, of: release }] }
"),
        good: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 30, then: archive, of: release }] }
"),
        source: "ecrgen language reference, `retention`",
    }
    PER_SERVICE_CANNOT_TELL = {
        name: "per-service-cannot-tell",
        severity: Error,
        what: "A retention rule uses `per: service`, but its tags do not tell the services apart.",
        why: "ECR can only recognize a service by how a tag starts. Untagged images, tags that do not start with \
              `{service}-`, and a service whose name starts with another service's name and a hyphen would be counted \
              for the wrong service or for several services. New images of one service would then push out images of \
              another.",
        bad: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop:
    services: [cart, search]
    retention: [{ keep: 5, of: release, per: service }]
"),
        good: spec!("
image_tags: { release: \"{service}-v{version}\" }
repositories:
  shop:
    services: [cart, search]
    retention: [{ keep: 5, of: release, per: service }]
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagPrefixList` and `tagPatternList`",
    }
}
