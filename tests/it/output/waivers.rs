//! "Accepted findings" in the README of the root module.

use crate::harness::Compiled;

/// An environment without the finding that a waiver is for does not accept anything.
#[test]
fn only_the_environment_with_the_finding_lists_its_waiver() {
    let spec = "platform: shop\nenvironments: { dev: { account: \"111111111111\" }, prod: { account: \"222222222222\", repositories: { cart: { services: [a, b] } } } }\nregion: eu-central-1\n\
                image_tags: { release: \"{service}-v{version}\" }\n\
                repositories: { cart: { retention: [{ keep: 5, of: tagged }] } }\n\
                waive: { shared-retention-count: { at: [repositories.cart], reason: Two small services } }\n";
    let files = Compiled::of(spec).files();
    assert!(files["prod/ecr/README.md"].contains("Two small services"));
    assert!(!files["dev/ecr/README.md"].contains("Accepted findings"), "{}", files["dev/ecr/README.md"]);
}
