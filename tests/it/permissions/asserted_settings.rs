//! Assertions about settings: every key that can be asserted, and the settings that satisfy it.

use std::collections::BTreeSet;

use ecrgen::diagnostic::{Diagnostic, Severity};
use ecrgen::language::json_schema::json_schema;
use ecrgen::platform::repositories::settings::{OF_ONE_REPOSITORY, SETTINGS};

use crate::harness::Compiled;

/// Tags of releases do not move, `latest` moves, and dev builds do not exist in `prod`.
const HEAD: &str = "\
platform: p
environment: prod
region: eu-west-1
image_tags:
  release: \"{service}-v{version}\"
  latest: { tag: \"{service}-latest\", moving: true }
  dev-build: { tag: \"{service}-dev-{sha}\", never_in: [prod] }
registry: {}
waive: { uncovered-image-tag: { at: [image_tags, repositories], reason: x } }
";

/// A lifecycle policy in AWS's format that keeps this many images, with a description.
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

/// A key, an assertion about it, settings that satisfy it, and settings that do not, each with the end of the message.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

/// All keys that can be asserted.
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
        // The class `latest` moves in every repository, so an immutable one makes an exception for its one service.
        &[("{}", "is immutable, except for tags like app-latest")],
    ),
    (
        "resource_tags",
        "{ resource_tags: { Team: web, Tier: \"1\" } }",
        &["{ resource_tags: { Team: web, Tier: \"1\" } }", "{ resource_tags: { Tier: \"1\", Team: web } }"],
        &[
            ("{}", "is empty, so the repository has only the tags of the platform"),
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
            ("{ encryption: { kms: create } }", "is a KMS key created by ecrgen"),
            ("{ encryption: { kms: alias/a } }", "is the KMS key alias/a"),
            ("{ encryption: { kms: { variable: key } } }", "is the value of the variable `key`"),
        ],
    ),
    (
        "replicate_to",
        "{ replicate_to: [us-east-1, us-west-2] }",
        &["{ replicate_to: [us-east-1, us-west-2] }", "{ replicate_to: [us-west-2, { region: us-east-1 }] }"],
        &[
            ("{}", "is empty, so its images are not replicated"),
            ("{ replicate_to: [us-east-1] }", "is us-east-1"),
            (
                "{ replicate_to: [us-east-1, { region: us-west-2, encryption: kms }] }",
                "is us-east-1, us-west-2 (replica kms)",
            ),
            ("{ replicate_to: [us-east-1, { region: us-west-2, replica: plain }] }", "is us-east-1, us-west-2 (plain)"),
        ],
    ),
    (
        "scan_on_push",
        "{ scan_on_push: true }",
        &["{}", "{ scan_on_push: true }"],
        &[
            ("{ scan_on_push: false }", "is false"),
            ("{ scan_on_push: { variable: scan, default: true } }", "is the value of the variable `scan`"),
        ],
    ),
    (
        "scan_continuously",
        "{ scan_continuously: false }",
        &["{}", "{ scan_continuously: false }"],
        &[("{ scan_continuously: true }", "is true")],
    ),
    (
        "policy_statements",
        "{ policy_statements: [{ Effect: Deny, Principal: \"*\", Action: ecr:PutImage }] }",
        // The keys of a JSON object have no order.
        &["{ policy_statements: [{ Action: ecr:PutImage, Principal: \"*\", Effect: Deny }] }"],
        &[
            ("{}", "is empty"),
            (
                "{ policy_statements: [{ Effect: Deny, Principal: \"*\", Action: ecr:BatchDeleteImage }] }",
                "has different statements",
            ),
        ],
    ),
    (
        "deny",
        "{ deny: { push: { unless: [ci, dev] } } }",
        &["{ deny: { push: { unless: [dev, ci] }, pull: none } }"],
        &[
            ("{ deny: { push: { unless: [ci] } } }", "has other exceptions"),
            ("{ deny: { delete: { unless: [ci, dev] } } }", "has other exceptions"),
            ("{}", "is empty"),
        ],
    ),
    (
        "only_from",
        "{ only_from: { ip_ranges: [203.0.113.0/24], vpcs: [vpc-0a1b2c3d] } }",
        &["{ only_from: { vpcs: [vpc-0a1b2c3d], ip_ranges: [203.0.113.0/24] } }"],
        &[("{ only_from: { vpcs: [vpc-0a1b2c3d] } }", "has other networks"), ("{}", "is empty")],
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
            ("{}", "is missing, so no images are deleted"),
            ("{ retention: [{ keep: 6, of: release }] }", "results in a different policy"),
            (raw!("5", "five"), "results in a different policy"),
        ],
    ),
    (
        "lifecycle_policy",
        raw!("5", "five"),
        // The description of a rule does not matter, and `retention` compiles to the same policy.
        &[raw!("5", "five"), raw!("5", "\"the last five\""), "{ retention: [{ keep: 5 }] }"],
        &[("{}", "is missing, so no images are deleted"), (raw!("6", "five"), "results in a different policy")],
    ),
];

/// The first lines of a spec with these settings: some need a registry or a region.
fn head(settings: &str) -> String {
    match settings {
        settings if settings.contains("scan_continuously") => {
            HEAD.replace("registry: {}", "registry: { scanner: enhanced }")
        }
        // The filters of the registry need known values.
        settings if settings.contains("variable: scan") => HEAD.replace("registry: {}\n", ""),
        settings if settings.contains("unless") => {
            let entry = |name: &str| format!("{name}: {{ can: [pull], repositories: all, roles: [{name}] }}");
            format!("{HEAD}access: {{ {}, {} }}\n", entry("ci"), entry("dev"))
        }
        settings if settings.contains("kms_dsse") => HEAD.replace("eu-west-1", "us-gov-west-1"),
        _ => HEAD.to_owned(),
    }
}

/// The errors in a spec.
fn findings(spec: &str) -> Vec<Diagnostic> {
    let compiled = Compiled::of(spec);
    compiled.findings().iter().filter(|found| found.severity == Severity::Error).cloned().collect()
}

/// The code and the message of each error.
fn errors(spec: &str) -> Vec<String> {
    findings(spec).into_iter().map(|found| format!("{}: {}", found.code.name, found.message)).collect()
}

/// The errors about a repository with these settings and this assertion.
fn said(settings: &str, have: &str) -> Vec<String> {
    let head = head(settings);
    errors(&format!("{head}repositories: {{ app: {settings} }}\nassert: {{ it: {{ have: {have} }} }}\n"))
}

fn broken(key: &str, instead: &str) -> String {
    format!("failed-assertion: \"it\" does not hold: `{key}` of app {instead}")
}

#[test]
fn checks_every_key() {
    for (key, have, holds, breaks) in CASES {
        for settings in *holds {
            assert_eq!(said(settings, have), [""; 0], "{key} of {settings}");
        }
        for (settings, instead) in *breaks {
            assert_eq!(said(settings, have), [broken(key, instead)], "{key} of {settings}");
        }
    }
}

/// A default applies to a repository like its own setting.
#[test]
fn checks_defaults_like_own_settings() {
    for (key, have, holds, breaks) in CASES {
        let said = |defaults: &str| {
            let head = head(defaults);
            errors(&format!(
                "{head}repository_defaults: {defaults}\nrepositories: {{ app: {{}} }}\n\
                 assert: {{ it: {{ have: {have} }} }}\n"
            ))
        };
        assert_eq!(said(holds.last().expect("settings that satisfy it")), [""; 0], "{key}");
        let (settings, instead) = breaks.last().expect("settings that do not satisfy it");
        assert_eq!(said(settings), [broken(key, instead)], "{key}");
    }
}

/// A finding points to the asserted value and to the repository.
#[test]
fn points_to_the_assertion_and_to_the_repository() {
    for (key, have, _, breaks) in CASES {
        let (settings, _) = breaks.first().expect("settings that do not satisfy it");
        let head = head(settings);
        let spec = format!("{head}repositories: {{ app: {settings} }}\nassert: {{ it: {{ have: {have} }} }}\n");
        let found = findings(&spec);
        let labels = found.first().map(|found| found.labels.as_slice());
        let Some([asserted, repository]) = labels else { panic!("{key}: {found:?}") };
        let asserted = spec.get(asserted.span.start as usize..asserted.span.end as usize).expect("a place in the spec");
        assert!(have.contains(asserted) && !asserted.is_empty(), "{key}: {asserted}");
        assert_eq!(&spec[repository.span.start as usize..repository.span.end as usize], "app", "{key}");
    }
}

/// Every new key of the language is tested here, or cannot be asserted because it applies to a single repository.
#[test]
fn covers_every_key_of_the_language() {
    let tried: BTreeSet<&str> = CASES.iter().map(|(key, ..)| *key).collect();
    let shared: BTreeSet<&str> = SETTINGS.iter().flat_map(|setting| setting.keys).map(|key| key.name).collect();
    assert_eq!(tried, shared);
    let of_one: BTreeSet<&str> = OF_ONE_REPOSITORY.iter().map(|key| key.name).collect();
    assert_eq!(of_one, BTreeSet::from(["name", "replace", "was"]));
    let schema = json_schema();
    let keys = schema["$defs"]["Settings"]["properties"].as_object().expect("the settings of a repository").keys();
    assert_eq!(&shared | &of_one, keys.map(String::as_str).collect());
    for key in of_one {
        let message = format!("not-assertable: `{key}` cannot be asserted: it differs from repository to repository");
        assert_eq!(said("{}", &format!("{{ {key}: other }}")), [message]);
    }
}

/// Each setting is checked separately: different services do not also make the retention differ.
#[test]
fn checks_each_setting_separately() {
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

/// The assertion is about all tags. In a mutable repository, each of these classes would need an exception. ECR allows
/// only five, but that is not an error of an immutable repository.
#[test]
fn asserts_tag_mutability_without_exceptions() {
    let classes: String = (1..=6).map(|n| format!("  class-{n}: {{ tag: \"{n}\", moving: false }}\n")).collect();
    let spec = format!(
        "platform: p\nenvironment: e\nregion: eu-west-1\nimage_tags:\n{classes}repositories: {{ app: {{}} }}\n\
         assert: {{ it: {{ have: {{ tag_mutability: mutable }} }} }}\n"
    );
    assert_eq!(errors(&spec), [broken("tag_mutability", "is immutable")]);
}

/// Rules with classes that exist only in other environments do not apply.
#[test]
fn ignores_retention_of_a_class_in_other_environments() {
    let elsewhere = "{ retention: [{ expire_after: 7d, of: dev-build }] }";
    assert_eq!(said("{ retention: [{ keep: 5, of: release }] }", elsewhere), [""; 0]);
    assert_eq!(said("{}", elsewhere), [""; 0]);
}

/// An error in a rule is reported once, regardless of the number of repositories, and the assertion is not checked.
#[test]
fn reports_an_error_in_an_assertion_once() {
    let found = findings(&format!(
        "{HEAD}repositories: {{ aa: {{}}, bb: {{ services: [x, y] }}, cc: {{}} }}\n\
         assert: {{ it: {{ have: {{ retention: [{{ keep: 5, of: relase }}], encryption: kms }} }} }}\n",
    ));
    let said: Vec<_> = found.iter().map(|found| (found.code.name, &*found.path)).collect();
    assert_eq!(said, [("unknown-tag-class", "assert.it.have.retention")]);
}

/// Repositories with the same other value are reported in one finding.
#[test]
fn names_repositories_with_the_same_value_together() {
    let head = head("kms_dsse");
    let messages = errors(&format!(
        "{head}repositories: {{ aa: {{}}, bb: {{}}, cc: {{ encryption: kms_dsse }}, dd: {{ encryption: kms }} }}\n\
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

/// The ECR module does not support the protection, but a repository without protection does not need it.
#[test]
fn rejects_deletion_protection_that_is_not_in_the_output() {
    let with_module = |settings: &str, protected: bool| {
        errors(&format!(
            "{HEAD}terraform: {{ ecr_module: \"3.2.0\" }}\nrepositories: {{ app: {settings} }}\n\
             assert: {{ it: {{ have: {{ deletion_protection: {protected} }} }} }}\n"
        ))
    };
    let lost = "is not in the output, because the ECR module does not support it";
    assert_eq!(with_module("{}", true), [broken("deletion_protection", lost)]);
    let unprotected = "{ deletion_protection: false }";
    assert_eq!(with_module(unprotected, true), [broken("deletion_protection", "is false")]);
    assert_eq!(with_module(unprotected, false), [""; 0]);
    assert_eq!(with_module("{}", false), [broken("deletion_protection", "is true")]);
}
