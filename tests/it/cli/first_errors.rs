//! The errors that a new user is likely to see first, as the program shows them.

use crate::harness::{Case, HEAD};

/// A valid spec, in which each test makes one mistake.
const SPEC: &str = "platform: shop
environment: shared
region: eu-central-1
account: \"123456789012\"
image_tags:
  release: \"{service}-v{version}\"
  build: \"build-{sha:8}\"
repositories:
  cart:
    retention:
      - { keep: 30, of: release }
      - { expire_after: 14d, of: build }
  search: {}
access:
  pipeline:
    can: [push]
    repositories: [cart, search]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
";

/// The errors that `render` prints about an invalid spec. Nothing may be written.
fn refused(spec: &str) -> String {
    let case = Case::new().file("platform.yaml", spec);
    let outcome = case.run(&["render", "platform.yaml", "--out", "out"]);
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""), "{}", outcome.err);
    assert_eq!(case.snapshot().len(), 1, "something was written");
    outcome.err
}

/// The valid spec with one mistake: `from` is replaced by `to`.
fn mistake(from: &str, to: &str) -> String {
    assert_eq!(SPEC.matches(from).count(), 1, "{from}");
    SPEC.replace(from, to)
}

fn assert_shows(name: &str, spec: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, refused(spec));
    });
}

#[test]
fn the_spec_without_mistakes_is_valid() {
    let outcome = Case::new().file("platform.yaml", SPEC).run(&["render", "platform.yaml"]);
    let said = "before the first apply, these must exist: token.actions.githubusercontent.com (see the README of each module)\n";
    assert_eq!((outcome.status, outcome.err.as_str()), (0, said));
}

macro_rules! first_errors {
    ($($name:ident: $spec:expr;)+) => { $(#[test] fn $name() { assert_shows(stringify!($name), &$spec); })+ };
}

first_errors! {
    key_indented_too_far: mistake("region:", " region:");
    key_indented_too_little: mistake("    repositories: [cart", "   repositories: [cart");
    value_indented_like_its_key: mistake("  cart:\n    retention:", "  cart:\n  retention:");
    no_space_after_a_colon_of_a_key_with_others: mistake("  cart:\n", "  search-v2:{}\n  cart:\n");
    no_space_after_a_colon_in_braces: mistake("  search: {}", "  search: {scan_on_push:{}}");
    key_without_a_colon: mistake("  cart:\n", "  web\n  cart:\n");
    map_on_the_line_of_its_key: mistake("  search: {}", "  search: encryption: kms");
    colon_in_a_sentence: format!("{HEAD}expect:\n  a build: stays for a week: {{ repository: cart }}\n");
    colon_in_text_in_braces: format!("{HEAD}resource_tags: {{ Purpose: images: all of them }}\n");
    open_brace_over_lines: mistake("  search: {}", "  search: { services: [a, b],\n    encryption: { kms: create }\n  web: {}");
    open_single_quote: mistake("build: \"build-{sha:8}\"", "build: 'build-{sha:8}");
    tab: mistake("  search: {}", "\tsearch: {}");
    no_space_after_a_colon: mistake("region: eu", "region:eu");
    open_bracket: mistake("can: [push]", "can: [push");
    open_quote: mistake("build: \"build-{sha:8}\"", "build: \"build-{sha:8}");
    colon_in_text: format!("{HEAD}resource_tags:\n  Purpose: images: all of them\n");
    list_on_the_line_of_its_key: mistake("retention:\n      - {", "retention: - {");
    placeholder_without_quotes: mistake("\"{service}-v{version}\"", "{service}-v{version}");
    lone_placeholder_without_quotes: mistake("\"build-{sha:8}\"", "{branch}");
    wildcard_without_quotes: mistake("branches: [main]", "branches: [*]");
    merge_conflict: mistake("  search: {}", "<<<<<<< HEAD\n  search: {}\n=======\n  find: {}\n>>>>>>> main");
    duplicate_key: mistake("  search: {}", "  search: {}\n  cart: {}");
    unknown_key: mistake("image_tags:", "images_tags:");
    unknown_key_unlike_any: mistake("  search: {}", "  search: { lifecycle: {} }");
    text_instead_of_a_map: mistake("  search: {}", "  search: default");
    nothing_instead_of_a_map: mistake("  search: {}", "  search:");
    list_instead_of_a_map: format!("{HEAD}repositories: [cart, search]\n");
    text_instead_of_a_list: mistake("can: [push]", "can: push");
    list_instead_of_text: mistake("{ expire_after: 14d, of: build }", "{ expire_after: 14d, of: [build, release] }");
    account_without_quotes: mistake("\"123456789012\"", "123456789012");
    account_with_leading_zero: mistake("\"123456789012\"", "012345678901");
    yes_instead_of_true: mistake("  search: {}", "  search: { scan_on_push: yes }");
    number_in_quotes: mistake("keep: 30", "keep: \"30\"");
    count_of_zero: mistake("keep: 30", "keep: 0");
    days_without_unit: mistake("14d", "14");
    days_in_words: mistake("14d", "14 days");
    unknown_region: mistake("eu-central-1", "frankfurt");
    bad_repository_name: mistake("  search: {}", "  search: {}\n  Search_Service: {}");
    bad_platform_name: mistake("platform: shop", "platform: My Shop");
    unknown_verb: mistake("can: [push]", "can: [write]");
    unknown_tag_class: mistake("of: release", "of: realease");
    unknown_repository: mistake("[cart, search]", "[cart, serach]");
    unknown_placeholder: mistake("build-{sha:8}", "build-{commit}-{sha:8}");
    missing_environment: mistake("environment: shared\n", "");
    missing_everything: "repositories: {}\n";
    missing_key_of_an_entry: mistake("    can: [push]\n", "");
    access_without_a_principal: mistake("    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }\n", "");
    access_with_two_principals: mistake("    can: [push]", "    roles: [deployer]\n    can: [push]");
    github_without_owner: mistake("repository: example/shop", "repository: shop");
    no_branches: mistake(", branches: [main]", "");
    static_credentials: mistake("    can: [push]", "    can: [push]\n    aws_access_key_id: AKIAIOSFODNN7EXAMPLE");
    reference_without_shared_root: mistake("  search: {}", "  search: { encryption: { kms: { ref: aws_kms_key.images.arn } } }");
    terraform_expression: mistake("  search: {}", "  search: { encryption: { kms: \"${aws_kms_key.images.arn}\" } }");
    bad_version: format!("{HEAD}terraform: {{ version: 1.9 }}\n");
}
