//! The assertions of a spec about its output.

use ecrgen::diagnostic::Diagnostic;

use super::SHOP;
use crate::harness::{Case, Compiled};

fn findings(spec: &str) -> Vec<Diagnostic> {
    let others = ["irsa-pull-without-node", "lambda-access-removed"];
    Compiled::of(spec).findings().iter().filter(|found| !others.contains(&found.code.name)).cloned().collect()
}

/// The messages about the shop with this assertion, without the quoted sentence at the start.
fn broken(assertion: &str) -> Vec<String> {
    let found = findings(&format!("{SHOP}assert:\n  it: {{ {assertion} }}\n"));
    let message = |found: Diagnostic| {
        assert_eq!(found.code.name, "failed-assertion", "{found:?}");
        assert_eq!(&*found.path, "assert.it");
        found.message.strip_prefix("\"it\" does not hold: ").expect("the sentence is quoted").to_owned()
    };
    found.into_iter().map(message).collect()
}

#[test]
fn only_allows_the_listed_entries() {
    let none: [&str; 0] = [];
    assert_eq!(broken("can: [push], only: [pipeline]"), none);
    assert_eq!(broken("can: [push]"), ["pipeline can push on cart, search"]);
    assert_eq!(broken("can: [push], repositories: [cart]"), ["pipeline can push on cart"]);
    assert_eq!(broken("can: [create], only: [apply]"), none);
    assert_eq!(broken("can: [create]"), ["apply can create on cart, search"]);
    assert_eq!(broken("can: [\"ecr:SetRepositoryPolicy\", create], only: [apply]"), none);
    assert_eq!(broken("can: [delete], only: [operators, apply]"), none);
    // Both entries refer to the same role.
    assert_eq!(broken("can: [delete], only: [nodes, apply]"), none);
    assert_eq!(broken("can: [delete], only: [pipeline, apply]"), ["nodes/eks-node can delete on search"]);
    assert_eq!(
        broken("can: [pull], only: [nodes, developers, operators]"),
        [
            "bots/ci/scanner can pull on cart",
            "bots/ci/mover can pull on cart",
            "partners/210987654321 can pull on search",
            "partners/310987654321 can pull on search",
        ]
    );
    assert_eq!(broken("can: [pull], only: [nodes, developers, bots], repositories: [cart]"), none);
    assert_eq!(
        broken("can: [\"ecr:GetAuthorizationToken\"], only: [nodes, developers, bots]"),
        ["pipeline has ecr:GetAuthorizationToken on cart, search"]
    );
}

/// A principal with the essential actions of a verb counts as having the verb.
#[test]
fn counts_the_essential_actions_of_a_verb_as_the_verb() {
    for (can, of, broken) in [
        ("\"ecr:PutImage\"", "push", true),
        ("\"ecr:InitiateLayerUpload\", \"ecr:UploadLayerPart\", \"ecr:CompleteLayerUpload\"", "push", false),
        ("\"ecr:BatchGetImage\", \"ecr:GetDownloadUrlForLayer\"", "pull", true),
        ("\"ecr:GetDownloadUrlForLayer\"", "pull", false),
        ("\"ecr:CreateRepository\"", "create", true),
        ("\"ecr:TagResource\"", "create", false),
        ("\"ecr:BatchDeleteImage\"", "delete", true),
        ("\"ecr:DescribeImages\"", "read", false),
        ("\"ecr:BatchImportUpstreamImage\"", "import", true),
        ("\"ecr:BatchGetImage\"", "import", false),
    ] {
        let spec = format!(
            "platform: p\nenvironment: e\nregion: eu-west-1\nrepositories: {{ app: {{}} }}\n\
             access: {{ odd: {{ can: [{can}], repositories: all, roles: [r] }} }}\nassert: {{ it: {{ can: [{of}] }} }}\n"
        );
        let mut found = findings(&spec);
        found.retain(|finding| finding.code.name == "failed-assertion");
        assert_eq!(!found.is_empty(), broken, "{can}: {found:?}");
        if broken && !["delete", "import"].contains(&of) {
            assert!(found[0].message.contains("which is enough to "), "{found:?}");
        }
    }
}

#[test]
fn have_requires_exactly_these_settings() {
    let spec = |settings: &str, have: &str| {
        format!(
            "platform: p\nenvironment: e\nregion: eu-west-1\n\
             image_tags: {{ release: \"v{{version}}\", latest: {{ tag: latest, moving: true }} }}\n\
             repositories: {{ app: {settings}, other: {{}} }}\nassert: {{ it: {{ have: {have}, repositories: [app] }} }}\n\
             waive: {{ uncovered-image-tag: {{ at: [image_tags, repositories], reason: x }} }}\n"
        )
    };
    for (settings, have, instead) in [
        ("{ encryption: kms }", "{ encryption: kms }", ""),
        ("{}", "{ encryption: kms }", "`encryption` of app is aes256"),
        ("{ encryption: { kms: alias/a } }", "{ encryption: { kms: alias/a } }", ""),
        (
            "{ encryption: { kms: alias/b } }",
            "{ encryption: { kms: alias/a } }",
            "`encryption` of app is the KMS key alias/b",
        ),
        (
            "{ encryption: { kms: create } }",
            "{ encryption: kms }",
            "`encryption` of app is a KMS key created by ecrgen",
        ),
        (
            "{}",
            "{ policy_statements: [{ Effect: Deny, Principal: \"*\", Action: ecr:PutImage }] }",
            "`policy_statements` of app is empty",
        ),
        ("{}", "{ scan_on_push: true }", ""),
        (
            "{ scan_on_push: { variable: s, default: true } }",
            "{ scan_on_push: true }",
            "`scan_on_push` of app is the value of the variable `s`",
        ),
        ("{ scan_on_push: { variable: s, default: true } }", "{ scan_on_push: { variable: s, default: true } }", ""),
        ("{ scan_on_push: false }", "{ scan_on_push: true }", "`scan_on_push` of app is false"),
        ("{}", "{ deletion_protection: true }", ""),
        ("{ deletion_protection: false }", "{ deletion_protection: true }", "`deletion_protection` of app is false"),
        ("{ services: [x, y] }", "{ services: [y, x] }", ""),
        ("{ services: [x, y] }", "{ services: [x] }", "`services` of app is x, y"),
        ("{}", "{ tag_mutability: immutable }", "`tag_mutability` of app is immutable, except for tags like latest"),
        ("{ retention: [{ keep: 5, of: release }] }", "{ retention: [{ keep: 5, of: release }] }", ""),
        (
            "{ retention: [{ keep: 6, of: release }] }",
            "{ retention: [{ keep: 5, of: release }] }",
            "`retention` of app results in a different policy",
        ),
        ("{}", "{ retention: [{ keep: 5, of: release }] }", "`retention` of app is missing, so no images are deleted"),
    ] {
        let found: Vec<Diagnostic> =
            findings(&spec(settings, have)).into_iter().filter(|found| found.code.name == "failed-assertion").collect();
        let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
        match instead {
            "" => assert_eq!(messages, [""; 0], "{settings} {have}"),
            _ => assert_eq!(messages, [format!("\"it\" does not hold: {instead}")], "{settings} {have}"),
        }
    }
}

/// The module has no input for `prevent_destroy`, so its repositories do not satisfy the assertion.
#[test]
fn rejects_a_setting_that_is_not_in_the_output() {
    let spec = "platform: p\nenvironment: e\nregion: eu-west-1\nrepositories: { app: {} }\n\
                terraform: { ecr_module: \"3.2.0\" }\nassert: { it: { have: { deletion_protection: true } } }\n";
    let found = findings(spec);
    let failed: Vec<&Diagnostic> = found.iter().filter(|found| found.code.name == "failed-assertion").collect();
    assert_eq!(failed.len(), 1, "{found:?}");
    assert!(failed[0].message.contains("the ECR module does not support it"), "{failed:?}");
}

#[test]
fn rejects_invalid_assertions() {
    for (assertion, code) in [
        ("can: [push], only: [pipline]", "unknown-access"),
        ("can: [push], only: [plan, apply, pipeline]", ""),
        ("can: [push], only: [pipeline], repositories: [kart]", "unknown-repository"),
        ("can: [\"ecr:PutImages\"]", "unknown-action"),
        ("only: [pipeline]", "missing-key"),
        ("can: [push], have: { encryption: kms }", "keys-exclude-each-other"),
        ("have: { encryption: aes256 }, only: [pipeline]", "keys-exclude-each-other"),
        ("have: { name: a }", "not-assertable"),
        ("have: { was: a }", "not-assertable"),
        ("have: { retention: [{ keep: 5, of: relase }] }", "unknown-tag-class"),
    ] {
        let codes: Vec<&str> = findings(&format!("{SHOP}assert:\n  it: {{ {assertion} }}\n"))
            .iter()
            .map(|found| found.code.name)
            .collect();
        let wanted: &[&str] = if code.is_empty() { &[] } else { &[code] };
        assert_eq!(codes, wanted, "{assertion}");
    }
    // Without a workspace there is no `apply`.
    let spec = SHOP.replace("workspace: { organization: example }\n", "");
    let codes: Vec<&str> = findings(&format!("{spec}assert: {{ it: {{ can: [create], only: [apply] }} }}\n"))
        .iter()
        .map(|found| found.code.name)
        .collect();
    assert_eq!(codes, ["unknown-access"]);
}

#[test]
fn lint_check_and_render_report_the_line_of_an_assertion() {
    let spec = format!("{SHOP}assert:\n  only the pipeline pulls: {{ can: [pull], only: [pipeline] }}\n");
    let case = Case::new().file("shop.yaml", spec);
    for (command, status) in [("lint", 1), ("check", 2), ("render", 2)] {
        let outcome = case.run(&[command, "shop.yaml"]);
        assert_eq!(outcome.status, status, "{command}: {}", outcome.err);
        let said = outcome.out + &outcome.err;
        assert!(
            said.contains(
                "error[failed-assertion]: \"only the pipeline pulls\" does not hold: developers can pull on cart"
            ),
            "{said}"
        );
        assert!(said.contains("--> shop.yaml:32:36"), "{said}");
        assert!(said.contains("granted by statement Repositories of the policy shop-shared-developers"), "{said}");
    }
    assert_eq!(case.snapshot().len(), 1, "nothing is written");
    // A failed assertion does not prevent a report that shows the reason.
    assert_eq!(case.run(&["access", "shop.yaml"]).status, 0);
}

/// Assertions are merged by their sentence, like all other maps.
#[test]
fn an_environment_can_add_and_remove_assertions() {
    let spec = "\
platform: shop
environments:
  dev: { assert: { nobody pushes: none } }
  prod: { assert: { nothing moves: { have: { tag_mutability: immutable } } } }
region: eu-central-1
names: { role: \"{environment}-{access}\", repository: \"{environment}-{repository}\" }
repository_defaults: { tag_mutability: mutable }
repositories: { cart: {} }
access: { testers: { can: [push], repositories: all, roles: [tester] } }
assert: { nobody pushes: { can: [push] } }
";
    let found = findings(spec);
    let mut messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    messages.sort_unstable();
    assert_eq!(
        messages,
        [
            "\"nobody pushes\" does not hold: testers can push on cart",
            "\"nothing moves\" does not hold: `tag_mutability` of cart is mutable",
        ]
    );
}
