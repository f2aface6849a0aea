//! Assertions about settings: every key that can be asserted, and what makes an assertion hold.

use std::collections::BTreeSet;

use ecrgen::diagnostic::{Diagnostic, Severity};
use ecrgen::language::json_schema::json_schema;
use ecrgen::platform::repositories::settings::{OF_ONE_REPOSITORY, SETTINGS};

use crate::harness::Compiled;

/// Releases stay where they are pushed, `latest` moves; dev builds exist in the environment `dev` only.
const HEAD: &str = "\
platform: p
environment: prod
region: eu-west-1
image_tags:
  release: \"{service}-v{version}\"
  latest: { tag: \"{service}-latest\", moving: true }
  dev-build: { tag: \"{service}-dev-{sha}\", never_in: [prod] }
waive: { uncovered-image-tag: { at: [image_tags, repositories], reason: x } }
";

/// A policy of AWS's that keeps so many images, with a description.
macro_rules! raw {
    ($count:literal, $description:literal) => {
        concat!(
            "{ lifecycle_policy: { rules: [{ rulePriority: 1, description: ",
            $description,
            ", selection: { tagStatus: any, countType: imageCountMoreThan, countNumber: ",
            $count,
            " }, action: { type: expire } }] } }"
        )
    };
}

/// A key; what is asserted of it; settings of which it holds; settings of which it does not; what is said then.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

/// Every key that can be asserted.
const CASES: &[Case] = &[
    (
        "services",
        "{ services: [api, web] }",
        &["{ services: [api, web] }", "{ services: [web, api] }"],
        &[("{}", "is app"), ("{ services: [web] }", "is web"), ("{ services: [web, api, job] }", "is web, api, job")],
    ),
    (
        "tag_mutability",
        "{ tag_mutability: mutable }",
        &["{ tag_mutability: mutable }"],
        // The class `latest` moves in every repository, so an immutable one makes an exception for it.
        &[("{}", "is immutable, except for tags like *-latest")],
    ),
    (
        "resource_tags",
        "{ resource_tags: { Team: web, Tier: \"1\" } }",
        &["{ resource_tags: { Team: web, Tier: \"1\" } }", "{ resource_tags: { Tier: \"1\", Team: web } }"],
        &[
            ("{}", "is empty: the repository has only the tags of the platform"),
            ("{ resource_tags: { Team: web } }", "is Team: web"),
        ],
    ),
    (
        "encryption",
        "{ encryption: kms }",
        &["{ encryption: kms }"],
        &[
            ("{}", "is aes256"),
            ("{ encryption: aes256 }", "is aes256"),
            ("{ encryption: kms_dsse }", "is kms_dsse"),
            ("{ encryption: { kms: create } }", "has the key that is made here"),
            ("{ encryption: { kms: alias/a } }", "has the key alias/a"),
            ("{ encryption: { kms: { variable: key } } }", "has the key what the variable `key` says"),
        ],
    ),
    (
        "scan_on_push",
        "{ scan_on_push: true }",
        &["{}", "{ scan_on_push: true }"],
        &[
            ("{ scan_on_push: false }", "is false"),
            ("{ scan_on_push: { variable: scan, default: true } }", "is what the variable `scan` says"),
        ],
    ),
    (
        "policy_statements",
        "{ policy_statements: [{ Effect: Deny, Principal: \"*\", Action: ecr:PutImage }] }",
        // JSON objects have no order.
        &["{ policy_statements: [{ Action: ecr:PutImage, Principal: \"*\", Effect: Deny }] }"],
        &[
            ("{}", "has none"),
            ("{ policy_statements: [{ Effect: Deny, Principal: \"*\", Action: ecr:BatchDeleteImage }] }", "has others"),
        ],
    ),
    (
        "deletion_protection",
        "{ deletion_protection: true }",
        &["{}", "{ deletion_protection: true }"],
        &[("{ deletion_protection: false }", "is false")],
    ),
    ("force_delete", "{ force_delete: true }", &["{ force_delete: true }"], &[("{}", "is false")]),
    (
        "retention",
        "{ retention: [{ keep: 5, of: release }] }",
        &["{ retention: [{ keep: 5, of: release }] }"],
        &[
            ("{}", "is missing: all images stay"),
            ("{ retention: [{ keep: 6, of: release }] }", "makes another policy"),
            (raw!("5", "five"), "makes another policy"),
        ],
    ),
    (
        "lifecycle_policy",
        raw!("5", "five"),
        // What a rule says about itself changes nothing, and `retention` writes this policy too.
        &[raw!("5", "five"), raw!("5", "\"the last five\""), "{ retention: [{ keep: 5 }] }"],
        &[("{}", "is missing: all images stay"), (raw!("6", "five"), "makes another policy")],
    ),
];

/// The errors in a spec.
fn findings(spec: &str) -> Vec<Diagnostic> {
    let compiled = Compiled::of(spec);
    compiled.findings().iter().filter(|found| found.severity == Severity::Error).cloned().collect()
}

/// Code and message of each.
fn errors(spec: &str) -> Vec<String> {
    findings(spec).into_iter().map(|found| format!("{}: {}", found.code.name, found.message)).collect()
}

/// What is said about a repository with these settings of which this is asserted.
fn said(settings: &str, have: &str) -> Vec<String> {
    errors(&format!("{HEAD}repositories: {{ app: {settings} }}\nassert: {{ it: {{ have: {have} }} }}\n"))
}

fn broken(key: &str, instead: &str) -> String {
    format!("failed-assertion: \"it\" does not hold: `{key}` of app {instead}")
}

#[test]
fn every_key_holds_or_does_not() {
    for (key, have, holds, breaks) in CASES {
        for settings in *holds {
            assert_eq!(said(settings, have), [""; 0], "{key} of {settings}");
        }
        for (settings, instead) in *breaks {
            assert_eq!(said(settings, have), [broken(key, instead)], "{key} of {settings}");
        }
    }
}

/// A default is a repository's setting like one of its own.
#[test]
fn defaults_count() {
    for (key, have, holds, breaks) in CASES {
        let said = |defaults: &str| {
            errors(&format!(
                "{HEAD}repository_defaults: {defaults}\nrepositories: {{ app: {{}} }}\n\
                 assert: {{ it: {{ have: {have} }} }}\n"
            ))
        };
        assert_eq!(said(holds.last().expect("one that holds")), [""; 0], "{key}");
        let (settings, instead) = breaks.last().expect("one that does not");
        assert_eq!(said(settings), [broken(key, instead)], "{key}");
    }
}

/// A finding points at the value that is asserted, and at the repository.
#[test]
fn a_finding_has_both_places() {
    for (key, have, _, breaks) in CASES {
        let (settings, _) = breaks.first().expect("settings of which it does not hold");
        let spec = format!("{HEAD}repositories: {{ app: {settings} }}\nassert: {{ it: {{ have: {have} }} }}\n");
        let found = findings(&spec);
        let labels = found.first().map(|found| found.labels.as_slice());
        let Some([asserted, repository]) = labels else { panic!("{key}: {found:?}") };
        let asserted = spec.get(asserted.span.start as usize..asserted.span.end as usize).expect("a place in the spec");
        assert!(have.contains(asserted) && !asserted.is_empty(), "{key}: {asserted}");
        assert_eq!(&spec[repository.span.start as usize..repository.span.end as usize], "app", "{key}");
    }
}

/// A new key of the language is tried here, or is refused because it belongs to one repository.
#[test]
fn every_key_of_the_language_is_tried() {
    let tried: BTreeSet<&str> = CASES.iter().map(|(key, ..)| *key).collect();
    let shared: BTreeSet<&str> = SETTINGS.iter().flat_map(|setting| setting.keys).map(|key| key.name).collect();
    assert_eq!(tried, shared);
    let of_one: BTreeSet<&str> = OF_ONE_REPOSITORY.iter().map(|key| key.name).collect();
    assert_eq!(of_one, BTreeSet::from(["name", "replace", "was"]));
    let schema = json_schema();
    let keys = schema["$defs"]["Settings"]["properties"].as_object().expect("the settings of a repository").keys();
    assert_eq!(&shared | &of_one, keys.map(String::as_str).collect());
    for key in of_one {
        let message = format!("not-assertable: `{key}` is no setting that repositories share");
        assert_eq!(said("{}", &format!("{{ {key}: other }}")), [message]);
    }
}

/// Each setting is asserted by itself: services that differ do not make the retention another one too.
#[test]
fn a_setting_does_not_depend_on_another_one_that_is_asserted() {
    let per_service = "[{ keep: 5, of: release, per: service }]";
    let settings = format!("{{ services: [api, web], retention: {per_service} }}");
    assert_eq!(said(&settings, &format!("{{ services: [web, api], retention: {per_service} }}")), [""; 0]);
    assert_eq!(
        said(&settings, &format!("{{ services: [api], retention: {per_service} }}")),
        [broken("services", "is api, web")]
    );
    assert_eq!(
        said(&settings, "{ services: [api], encryption: kms }"),
        [broken("services", "is api, web"), broken("encryption", "is aes256")]
    );
}

/// The assertion is about all tags. In a mutable repository each of these classes would need an exception of its own,
/// and that ECR takes five of them is no fault of a repository that is immutable.
#[test]
fn tag_mutability_is_asserted_without_exceptions() {
    let classes: String = (1..=6).map(|n| format!("  class-{n}: {{ tag: \"{n}\", moving: false }}\n")).collect();
    let spec = format!(
        "platform: p\nenvironment: e\nregion: eu-west-1\nimage_tags:\n{classes}repositories: {{ app: {{}} }}\n\
         assert: {{ it: {{ have: {{ tag_mutability: mutable }} }} }}\n"
    );
    assert_eq!(errors(&spec), [broken("tag_mutability", "is immutable")]);
}

/// Rules of classes that exist in other environments only say nothing here.
#[test]
fn retention_of_a_class_elsewhere_asserts_nothing() {
    let elsewhere = "{ retention: [{ expire_after: 7d, of: dev-build }] }";
    assert_eq!(said("{ retention: [{ keep: 5, of: release }] }", elsewhere), [""; 0]);
    assert_eq!(said("{}", elsewhere), [""; 0]);
}

/// The fault of a rule is one, however many repositories it is asserted of; the assertion itself is not tried then.
#[test]
fn a_fault_of_what_is_asserted_is_found_once() {
    let found = findings(&format!(
        "{HEAD}repositories: {{ aa: {{}}, bb: {{ services: [x, y] }}, cc: {{}} }}\n\
         assert: {{ it: {{ have: {{ retention: [{{ keep: 5, of: relase }}], encryption: kms }} }} }}\n",
    ));
    let said: Vec<_> = found.iter().map(|found| (found.code.name, found.path.as_str())).collect();
    assert_eq!(said, [("unknown-tag-class", "assert.it.have.retention")]);
}

/// Repositories that have the same thing instead are one finding.
#[test]
fn repositories_are_named_together() {
    let messages = errors(&format!(
        "{HEAD}repositories: {{ aa: {{}}, bb: {{}}, cc: {{ encryption: kms_dsse }}, dd: {{ encryption: kms }} }}\n\
         assert:\n  all: {{ have: {{ encryption: kms }} }}\n  one: {{ have: {{ encryption: kms }}, repositories: [cc] }}\n"
    ));
    assert_eq!(
        messages,
        [
            "failed-assertion: \"all\" does not hold: `encryption` of aa, bb is aes256",
            "failed-assertion: \"all\" does not hold: `encryption` of cc is kms_dsse",
            "failed-assertion: \"one\" does not hold: `encryption` of cc is kms_dsse",
        ]
    );
}

/// The registry module cannot carry the protection, and what is not protected needs none.
#[test]
fn deletion_protection_has_to_be_in_the_output() {
    let with_module = |settings: &str, protected: bool| {
        errors(&format!(
            "{HEAD}terraform: {{ ecr_module: \"3.2.0\" }}\nrepositories: {{ app: {settings} }}\n\
             assert: {{ it: {{ have: {{ deletion_protection: {protected} }} }} }}\n"
        ))
    };
    let lost = "is not in the output: the registry module cannot carry it";
    assert_eq!(with_module("{}", true), [broken("deletion_protection", lost)]);
    let unprotected = "{ deletion_protection: false }";
    assert_eq!(with_module(unprotected, true), [broken("deletion_protection", "is false")]);
    assert_eq!(with_module(unprotected, false), [""; 0]);
    assert_eq!(with_module("{}", false), [broken("deletion_protection", "is true")]);
}
