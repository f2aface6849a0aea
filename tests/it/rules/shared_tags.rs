//! Services of one repository that push images with the same tag.

use crate::harness::shop;

const CODE: &str = "tag-shared-by-services";

/// Whether the rule warns about these image tags, in a repository with two services and one with a single service.
fn is_reported(image_tags: &str, retention: &str) -> bool {
    let repositories =
        format!("repositories: {{ all: {{ services: [cart, search], retention: {retention} }}, one: {{}} }}");
    shop(format!("image_tags: {image_tags}\n{repositories}\n")).codes().contains(&CODE)
}

#[test]
fn warns_if_no_part_of_the_tag_differs_between_services() {
    let rule = "[{ expire_after: 30d, of: build }]";
    for template in ["{sha:7}", "{branch}-{sha}", "v{version}", "{date}-{git_tag}", "{environment}-{sha}"] {
        assert!(is_reported(&format!("{{ build: \"{template}\" }}"), rule), "{template}");
    }
    for template in ["{service}-{sha:7}", "{sha}-{service}", "{sha:7}-{timestamp}", "{any}"] {
        assert!(!is_reported(&format!("{{ build: \"{template}\" }}"), rule), "{template}");
    }
    assert!(is_reported("{ build: { tag: latest, moving: true } }", rule));
}

/// The other class can be that of other repositories.
#[test]
fn a_class_counts_if_a_retention_rule_names_it_or_if_no_class_has_the_service() {
    let both = "{ build: \"{sha:7}\", release: \"{service}-v{version}\" }";
    for rule in ["[{ expire_after: 9d, of: build }]", "[{ keep: 9, of_each: [release, build] }]"] {
        assert!(is_reported(both, rule), "{rule}");
    }
    for rule in ["[{ expire_after: 9d, of: release }]", "[{ expire_after: 9d, of: tagged }]"] {
        assert!(!is_reported(both, rule), "{rule}");
        assert!(is_reported("{ build: \"{sha:7}\" }", "[{ expire_after: 9d, of: tagged }]"), "{rule}");
    }
}

#[test]
fn a_single_service_has_its_tags_alone() {
    let spec = "image_tags: { build: \"{sha:7}\" }\nrepositories: { one: { services: [cart], retention: [{ expire_after: 9d, of: build }] } }\n";
    assert!(!shop(spec).codes().contains(&CODE));
}

#[test]
fn the_message_names_the_services_and_the_help_the_new_tag() {
    let compiled = shop(
        "image_tags: { build: \"{sha:7}\" }\n\
         repositories: { all: { services: [cart, search] }, more: { services: [a, b] } }\n",
    );
    let findings = compiled.findings();
    let found = findings.iter().find(|finding| finding.code.name == CODE).expect("a warning");
    assert_eq!(
        found.message,
        "the services `cart` and `search` of repository `all` and of 1 more push images of class `build` with the same tags"
    );
    assert_eq!(found.help.as_deref(), Some("write `\"{service}-{sha:7}\"`"));
    let suggestion = found.suggestion.as_ref().expect("a fix");
    assert_eq!((suggestion.edits[0].text.as_str(), suggestion.safe), ("{service}-", false));
}
