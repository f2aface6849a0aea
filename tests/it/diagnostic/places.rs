//! The primary place of a finding is the text that must be changed, not the value or the entry around it.

use crate::harness::{Compiled, HEAD};

const OPERATORS: &str =
    "{ can: [pull, read], repositories: all, assumed_by: [\"arn:aws:iam::111122223333:role/Operator\"] }";

/// The code of each finding, and a spec with the text that it must mark in brackets.
fn marked() -> Vec<(&'static str, String)> {
    let names =
        |names: &str| format!("repositories: {{ shop: {{}} }}\naccess: {{ ops: {OPERATORS} }}\nnames: {names}\n");
    let rules = |rule: &str| format!("repositories: {{ shop: {{ lifecycle_policy: {{ rules: [{{ {rule} }}] }} }} }}\n");
    let github = |keys: &str| {
        format!(
            "repositories: {{ shop: {{}} }}\naccess: {{ ci: {{ can: [push], repositories: all, github: {{ repository: example/shop, {keys} }} }} }}\n"
        )
    };
    let gitlab = |keys: &str| {
        format!(
            "repositories: {{ shop: {{}} }}\naccess: {{ ci: {{ can: [push], repositories: all, gitlab: {{ project: example/shop, branches: [main], {keys} }} }} }}\n"
        )
    };
    let server = "url: \"https://git.example.com\"";
    vec![
        ("bad-iam-name", names("{ role: \"shop‹/›{access}\" }")),
        ("bad-iam-name", names("{ policy: \"{access}‹/›main\" }")),
        ("bad-iam-name", names(&format!("{{ role: {} }}", "r".repeat(65))).replace("ops", "‹ops›")),
        ("bad-iam-name", names("{ role: ‹\"sh\\x2Fop\"› }")),
        ("bad-repository-name", names("{ repository: \"shop‹+›{repository}\" }")),
        ("bad-repository-name", "repositories: { shop: { name: web‹S›hop } }\n".into()),
        ("bad-repository-name", "repositories: { shop: { name: ‹\"shop..web\"› } }\n".into()),
        ("bad-repository-name", "repositories: { shop: { name: ‹s› } }\n".into()),
        (
            "bad-key-alias",
            "repositories: { shop: { encryption: { kms: create } } }\nnames: { key_alias: \"{platform}‹.›ecr\" }\n"
                .into(),
        ),
        (
            "bad-workspace-name",
            "repositories: { shop: {} }\nworkspace: { organization: acme, name: \"{platform}‹.›ecr\" }\n".into(),
        ),
        (
            "mutability-filters",
            "image_tags: { release: \"v{version}\", nightly: { tag: ‹\"{branch}-{sha}-{date}\"›, moving: true } }\n\
             repositories: { shop: {} }\n"
                .into(),
        ),
        ("unknown-claim", github(&format!("{server}, ‹repository_id›: 2222, branches: [main]"))),
        ("unknown-claim", github(&format!("{server}, ‹owner_id›: 1111, branches: [main]"))),
        (
            "unknown-claim",
            github(&format!("{server}, branches: [main], ‹workflow›: o/r/.github/workflows/b.yml@refs/tags/v1")),
        ),
        ("unknown-claim", github(&format!("{server}, environments: [prod], ‹branches›: [main]"))),
        ("unknown-claim", github(&format!("{server}, environments: [prod], ‹tags›: [v1]"))),
        ("unknown-claim", gitlab(&format!("{server}, ‹protected›: true"))),
        (
            "session-without-role",
            "repositories: { shop: {} }\naccess: { ops: { can: [pull], repositories: all, ‹session_duration›: 2h, \
             roles: [\"arn:aws:iam::111122223333:role/Operator\"] } }\n"
                .into(),
        ),
        (
            "not-our-bucket",
            "repositories: { shop: {} }\nmonitoring: { audit_trail: { bucket: acme-audit, ‹keep_for›: 365d } }\n".into(),
        ),
        (
            "then-without-keep",
            "repositories:\n  shop:\n    retention:\n      - expire_after: 9d\n        ‹then›: archive\n".into(),
        ),
        ("not-a-default", "repositories: { shop: {} }\nrepository_defaults: { ‹name›: web }\n".into()),
        ("not-a-default", "repositories: { shop: {} }\nrepository_defaults:\n  ‹\"was\"›:\n    # earlier\n    web\n".into()),
        (
            "not-assertable",
            "repositories: { shop: {} }\nassert: { each is called web: { repositories: all, have: { ‹name›: web } } }\n"
                .into(),
        ),
        (
            "terraform",
            "repositories: { shop: { } }\naccess: { dev: { can: [pull, read], repositories: [shop], permission_set: { \
             name: Read, instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\", region: us-east-1 } } }\n\
             terraform: { providers: { aws: ‹\"~> 5.60\"› } }\n"
                .into(),
        ),
        (
            "lifecycle-unknown-key",
            rules(
                "rulePriority: 1, ‹enabled›: true, action: { type: expire }, \
                 selection: { tagStatus: any, countType: imageCountMoreThan, countNumber: 1 }",
            ),
        ),
        (
            "lifecycle-unknown-key",
            rules(
                "rulePriority: 1, action: { type: expire }, \
                 selection: { tagStatus: any, countType: imageCountMoreThan, countNumber: 1, ‹\"a/b~c\"›: 2 }",
            ),
        ),
        ("yaml-anchor", "repositories:\n  shop: ‹&settings› { encryption: kms }\n".into()),
        ("yaml-anchor", "repositories:\n  shop: ‹&settings›\n    encryption: kms\n".into()),
        ("yaml-anchor", "repositories:\n  shop: { name: ‹&name› web }\n".into()),
        ("yaml-anchor", "repositories:\n  ‹&key› shop: {}\n".into()),
        ("yaml-alias", "repositories:\n  shop: &settings {}\n  web: ‹*settings›\n".into()),
    ]
}

#[test]
fn marks_the_text_that_must_be_changed() {
    for (code, marked) in marked() {
        let (before, rest) = marked.split_once('‹').expect("an opening bracket");
        let (wanted, after) = rest.split_once('›').expect("a closing bracket");
        let compiled = Compiled::of(format!("{HEAD}{before}{wanted}{after}"));
        let found: Vec<_> = compiled.findings().iter().filter(|finding| finding.code.name == code).collect();
        assert!(!found.is_empty(), "{marked}{:#?}", compiled.findings());
        for finding in found {
            let span = finding.labels[0].span;
            let (start, end) = (span.start as usize, span.end as usize);
            let text = &compiled.sources().file(span.file).text;
            assert_eq!((&text[start..end], start), (wanted, HEAD.len() + before.len()), "{code}: {marked}");
        }
    }
}

/// A name in AWS, and what is wrong with it (API reference, CreateRepository, `repositoryName`:
/// `(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*`; the user guide also allows `__` and several hyphens).
#[test]
fn a_bad_repository_name_names_the_wrong_characters() {
    for (name, wrong) in [
        ("webShop", "S"),
        ("shop+web", "+"),
        ("shop..web", ".."),
        ("shop//web", "//"),
        ("shop._web", "._"),
        ("/shop", "/"),
        ("shop-", "-"),
    ] {
        let compiled = Compiled::of(format!("{HEAD}repositories: {{ shop: {{ name: \"{name}\" }} }}\n"));
        let messages: Vec<_> = compiled.findings().iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, [format!("`{name}` is not a valid repository name because of `{wrong}`")]);
    }
}
