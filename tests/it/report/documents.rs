//! Every JSON document that the program prints: it parses, states its format version, and contains no character that acts
//! on the terminal that shows it.

use serde_json::{Value, json};

use super::hostile::acts_on_a_terminal;
use crate::cli::{SHOP, WARNED};
use crate::harness::Case;
use crate::simulation::{digest, policy, rule};

/// A right-to-left override, which reorders its neighbors.
const OVERRIDE: char = '\u{202e}';

/// A spec whose conditions and expectations contain the override, and another character that terminals obey.
const SPEC: &str = r#"
platform: shop
environment: shared
region: eu-central-1
account: "123456789012"
image_tags: { build: "{sha:8}" }
repositories:
  cart:
    retention: [{ keep: 10, of: build }]
    policy_statements:
      - Sid: Audit
        Effect: Allow
        Principal: { AWS: "444444444444" }
        Action: ecr:DescribeImages
        Condition: { StringEquals: { aws:PrincipalTag/team: "red\u202e\u007f" } }
access:
  pushers: { can: [push], repositories: all, roles: [pusher] }
expect:
  "builds\u202estay": { repository: cart, pushes: { build: 1/day }, for: 7d, kept: 7 }
"#;

/// A command, and the document that it prints.
fn document(case: &Case, arguments: &[&str]) -> (String, String) {
    (arguments.join(" "), case.run(&[arguments, &["--format", "json"]].concat()).out)
}

fn documents() -> Vec<(String, String)> {
    let (spec, warned) = (format!("sp{OVERRIDE}ec.yaml"), format!("warned{OVERRIDE}.yaml"));
    let (spec, warned, folder) = (spec.as_str(), warned.as_str(), format!("o{OVERRIDE}ut"));
    let listing = json!({ "imageDetails": [{
        "registryId": "123456789012",
        "repositoryName": "cart",
        "imageDigest": digest('a'),
        "imageTags": [format!("a{OVERRIDE}b\u{7f}")],
        "imagePushedAt": "2026-11-20T00:00:00Z",
        "imageSizeInBytes": 1,
    }] });
    let count = json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1 });
    let case = Case::new()
        .file(spec, SPEC)
        .file("shop.yaml", SHOP)
        .file(warned, WARNED)
        .file("listing.json", listing.to_string())
        .file("policy.json", policy(&[rule(1, count)]));
    let schedule = format!("a{OVERRIDE}b: 1/day for 3d");
    let at = "2026-11-21";
    let of_warnings = case.run(&["render", warned, "--out", "warned", "--format", "json"]);
    vec![
        ("findings of render".into(), of_warnings.out),
        document(&case, &["lint", warned]),
        document(&case, &["check", "shop.yaml", "--out", &folder]),
        document(&case, &["access", spec]),
        document(&case, &["access", spec, "--can", "444444444444", "ecr:DescribeImages", "cart"]),
        document(&case, &["simulate", spec]),
        document(&case, &["simulate", spec, "--images", "listing.json", "--at", at]),
        document(&case, &["simulate", "--policy", "policy.json", "--schedule", &schedule, "--at", at]),
    ]
}

#[test]
fn no_document_contains_a_character_that_acts_on_a_terminal() {
    for (command, document) in documents() {
        let json: Value =
            serde_json::from_str(&document).unwrap_or_else(|fault| panic!("{command}: {fault}: {document}"));
        assert_eq!(json["format_version"], 2, "{command}");
        assert!(json.to_string().contains(OVERRIDE), "{command} should show the text of the input: {document}");
        assert_eq!(document.chars().find(|&c| acts_on_a_terminal(c)), None, "{command}: {document:?}");
        assert!(document.ends_with("}\n"), "{command}");
    }
}

/// Paths of generated files cannot contain such characters, so this document is tested separately.
#[test]
fn the_result_of_render_is_a_document_too() {
    let case = Case::new().file("shop.yaml", SHOP);
    let (command, document) = document(&case, &["render", "shop.yaml", "--out", "out"]);
    let json: Value = serde_json::from_str(&document).unwrap_or_else(|fault| panic!("{command}: {fault}: {document}"));
    assert_eq!((&json["format_version"], json["written"].as_array().map(Vec::len)), (&json!(2), Some(9)));
}
