//! What a change would do to resources other than repositories, to their addresses, their state and their account.

use super::guard::{accepted, committed, refused};

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";
const CART: &str = "repositories: { cart: { deletion_protection: false, retention: [{ keep: 9, of: tagged }] } }\n";

fn spec(rest: &str) -> String {
    format!("{HEAD}{CART}{rest}")
}

/// A change, what it is refused with, and what accepts it.
struct Change {
    before: String,
    after: String,
    words: &'static [&'static str],
    allowed: &'static str,
}

fn changes() -> Vec<Change> {
    let github = "access: { ci: { can: [push], repositories: [cart], github: { repository: acme/shop, owner_id: 1, \
                  repository_id: 2, branches: [main] } } }\n";
    let workspace = |name: &str| spec(&format!("workspace: {{ organization: acme, name: {name} }}\n"));
    let own_key = format!("{HEAD}repositories: {{ cart: {{ force_delete: true, encryption: {{ kms: create }} }} }}\n");
    let logs = "monitoring: { audit_trail: { bucket: create }, event_log: { events: [push] } }\n";
    let events = "monitoring: { event_log: { events: [push] }, alerts: { ops: { events: [push], sns: create, encryption: { kms: create } } } }\n";
    vec![
        Change {
            before: spec(&format!("{github}oidc_providers: {{ github: create }}\n")),
            after: spec(&format!("{github}oidc_providers: {{ github: existing }}\n")),
            words: &["resource-lost", "`aws_iam_openid_connect_provider.github`", "no role in the account"],
            allowed: "removed: { aws_iam_openid_connect_provider.github: retain }\n",
        },
        Change {
            before: spec(&format!("{github}oidc_providers: {{ github: create }}\n")),
            after: spec(github),
            words: &["resource-lost", "`aws_iam_openid_connect_provider.github`"],
            allowed: "removed: { aws_iam_openid_connect_provider.github: delete }\n",
        },
        Change {
            before: spec(&format!("{github}oidc_providers: {{ github: create }}\n")),
            after: spec(""),
            words: &["resource-lost", "`aws_iam_openid_connect_provider.github`"],
            allowed: "removed: { aws_iam_openid_connect_provider.github: retain }\n",
        },
        Change {
            before: own_key.clone(),
            after: format!("{HEAD}repositories: {{ cart: {{ force_delete: true, replace: \"it is empty\" }} }}\n"),
            words: &["resource-lost", "`aws_kms_key.ecr`", "everything that is encrypted with the key"],
            allowed: "removed: { aws_kms_key.ecr: retain }\n",
        },
        Change {
            before: spec("registry: { pull_through_cache: { quay: { upstream: quay } } }\n"),
            after: spec("registry: { pull_through_cache: { quay: { upstream: k8s } } }\n"),
            words: &[
                "resource-replaced",
                "`aws_ecr_pull_through_cache_rule.quay`",
                "write `removed: { aws_ecr_pull_through_cache_rule.quay: delete }`",
            ],
            allowed: "removed: { aws_ecr_pull_through_cache_rule.quay: delete }\n",
        },
        Change {
            before: format!(
                "{HEAD}repositories: {{}}\nrepository_templates: {{ a: {{ created_by: [push] }} }}\n{events}"
            ),
            after: format!(
                "{HEAD}repositories: {{}}\nrepository_templates: {{ a: {{ created_by: [push] }} }}\n{events}"
            )
            .replace("eu-central-1", "eu-west-1"),
            words: &[
                "the region of `aws_cloudwatch_log_group.ecr_events` changes from eu-central-1 to eu-west-1",
                "the region of `aws_sns_topic.ecr_ops` changes",
            ],
            allowed: "removed: { aws_cloudwatch_log_group.ecr_events: delete, aws_sns_topic.ecr_ops: retain, \
                      aws_kms_key.ecr_alerts: delete, aws_ecr_repository_creation_template.a: delete }\n",
        },
        Change {
            before: spec(logs),
            after: spec(""),
            words: &[
                "`aws_s3_bucket.ecr_trail`",
                "the audit log",
                "`aws_cloudwatch_log_group.ecr_events`",
                ": 2 errors",
            ],
            allowed: "removed: { aws_s3_bucket.ecr_trail: retain, aws_cloudwatch_log_group.ecr_events: delete }\n",
        },
        Change {
            before: spec("registry: { scanner: enhanced, enable_inspector: true }\n"),
            after: spec(""),
            words: &[
                "`aws_ecr_registry_scanning_configuration.ecr`",
                "goes back to basic scanning",
                "`aws_inspector2_enabler.ecr`",
                ": 2 errors",
            ],
            allowed: "removed: { aws_ecr_registry_scanning_configuration.ecr: delete, aws_inspector2_enabler.ecr: retain }\n",
        },
        Change {
            before: spec("account: \"111111111111\"\n"),
            after: spec("account: \"333333333333\"\n"),
            words: &["account-changed", "from 111111111111 to 333333333333", "account_was: \"111111111111\""],
            allowed: "account_was: \"111111111111\"\n",
        },
        Change {
            before: spec(""),
            after: spec("terraform: { directory: registry }\n"),
            words: &["state-changed", "from folder `shared/ecr` to folder `registry`", "terraform state push"],
            allowed: "terraform: { directory: registry, state_was: [folder shared/ecr] }\n",
        },
        Change {
            before: spec(""),
            after: workspace("ecr"),
            words: &["state-changed", "from folder `shared/ecr` to workspace `acme/ecr`"],
            allowed: "terraform: { state_was: [folder shared/ecr] }\n",
        },
        Change {
            before: workspace("ecr"),
            after: workspace("registry"),
            words: &["state-changed", "from `acme/ecr` to `acme/registry`"],
            allowed: "terraform: { state_was: [workspace acme/ecr] }\n",
        },
        Change {
            before: spec(""),
            after: spec("terraform: { ecr_module: 3.2.0 }\n"),
            words: &["address-changed", "from aws_ecr_repository.cart to module.cart.aws_ecr_repository.this[0]"],
            allowed: "terraform: { ecr_module: 3.2.0, ecr_module_was: plain }\n",
        },
        Change {
            before: spec("terraform: { ecr_module: 3.2.0 }\n"),
            after: spec(""),
            words: &["address-changed", "from module.cart.aws_ecr_repository.this[0] to aws_ecr_repository.cart"],
            allowed: "terraform: { ecr_module_was: module }\n",
        },
    ]
}

/// The spec with the lines that allow its change, in place of lines with the same key.
fn allowing(spec: &str, allowed: &str) -> String {
    let key = allowed.split(':').next().expect("a key");
    let kept = spec.lines().filter(|line| !line.starts_with(&format!("{key}:")));
    kept.map(|line| format!("{line}\n")).collect::<String>() + allowed
}

#[test]
fn a_change_that_loses_something_is_refused_and_named() {
    for change in changes() {
        refused(&committed(&change.before), &change.after, change.words);
    }
}

#[test]
fn what_the_help_says_accepts_the_change() {
    for change in changes() {
        accepted(&committed(&change.before), &allowing(&change.after, change.allowed));
    }
}

#[test]
fn a_retained_resource_is_forgotten_with_what_belongs_to_it() {
    let case = committed(&spec("monitoring: { audit_trail: { bucket: create } }\n"));
    accepted(&case, &spec("removed: { aws_s3_bucket.ecr_trail: retain }\n"));
    let removed = case.read("out/shared/ecr/removed.tf");
    for kind in ["", "_policy", "_public_access_block", "_lifecycle_configuration"] {
        assert!(removed.contains(&format!("from = aws_s3_bucket{kind}.ecr_trail\n")), "{kind}: {removed}");
    }
    assert_eq!(removed.matches("destroy = false").count(), 4, "{removed}");
}

#[test]
fn the_module_form_and_the_plain_form_move_every_resource() {
    let pairs = [
        ("", "terraform: { ecr_module: 3.2.0, ecr_module_was: plain }\n"),
        ("terraform: { ecr_module: 3.2.0 }\n", "terraform: { ecr_module_was: module }\n"),
    ];
    for (before, after) in pairs {
        let case = committed(&spec(before));
        accepted(&case, &spec(after));
        let file = case.read("out/shared/ecr/repository_cart.tf");
        for kind in ["aws_ecr_repository", "aws_ecr_lifecycle_policy"] {
            let (plain, module) = (format!("{kind}.cart"), format!("module.cart.{kind}.this[0]"));
            let (from, to) = if before.is_empty() { (plain, module) } else { (module, plain) };
            assert!(file.contains(&format!("  from = {from}\n  to   = {to}\n")), "{file}");
        }
    }
}

#[test]
fn a_manifest_of_format_1_still_guards() {
    let format_1 = |encryption: &str| {
        format!(
            "{{\"format_version\": 1, \"platform\": \"shop\", \"files\": [], \"repositories\": {{ \"shared/cart\": \
             {{ \"encryption\": \"{encryption}\", \"name\": \"cart\", \"region\": \"eu-central-1\" }} }} }}"
        )
    };
    let case = committed(&spec(""));
    case.write("out/.ecrgen/shop.json", format_1("KMS"));
    refused(&case, &spec(""), &["repository-replaced", "from KMS to AES256"]);
    case.write("out/.ecrgen/shop.json", format_1("AES256"));
    refused(&case, HEAD, &["repository-lost", "`cart`"]);
    case.write("out/.ecrgen/shop.json", format_1("KMS create"));
    let spec = format!("{HEAD}repositories: {{ cart: {{ replace: \"it is empty\" }} }}\n");
    refused(&case, &spec, &["resource-lost", "`aws_kms_key.ecr`"]);
}

#[test]
fn an_entry_of_removed_that_names_nothing_is_a_warning_until_it_is_corrected() {
    let case = committed(&format!("{HEAD}repositories: {{ cart: {{}}, search: {{}} }}\n"));
    let removed = "repositories: { cart: {} }\nremoved: { search: retain }\n";
    case.write("shop.yaml", format!("{HEAD}{removed}"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""), "an entry with `retain` stays");
    case.write("shop.yaml", format!("{HEAD}{}", removed.replace("search: retain", "search: retain, serach: retain")));
    for _ in 0..2 {
        let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
        assert!(outcome.err.contains("warning[removed-unknown]: `removed` lists `serach`"), "{}", outcome.err);
    }
}

/// The place of a warning is the key that was changed, or the one above it.
#[test]
fn what_stops_is_said_at_the_key_that_is_left() {
    let case = committed(&spec("registry: { accept_replication_from: [\"222222222222\"] }\naccess: {}\n"));
    case.write("shop.yaml", spec("access: {}\nregistry: {}\n"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    let (_, about) = outcome.err.split_once("warning[feature-stops]").expect("a warning");
    assert!(about.lines().nth(1).expect("a place").contains("shop.yaml:6:"), "{}", outcome.err);
}
