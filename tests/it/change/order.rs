//! `render` says when the bootstrap module must be applied, for every change of its documents that the next run needs.

use std::collections::BTreeSet;

use ecrgen::policies::{Phase, Policies};

use super::guard::committed;
use crate::harness::{Case, Compiled};

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";

/// The choices for parts of a spec. Each is independent of the others.
const CHOICES: &[&[&str]] = &[
    &[
        "workspace: { organization: acme }\n",
        "workspace: { organization: acme, manages: [cart, search, \"shop-*\"] }\n",
        "workspace: { organization: other, manages: [\"*\"] }\n",
        "workspace: { organization: acme, policies: { apply: [\"arn:aws:iam::aws:policy/ReadOnlyAccess\"] } }\n",
    ],
    &[
        "",
        "iam: { permissions_boundary: \"arn:aws:iam::123456789012:policy/guard\" }\nremoved: { aws_iam_policy.boundary: retain }\n",
    ],
    &["", "oidc_providers: { github: look_up }\n"],
    &["", "terraform: { directory: registry, state_was: [folder shared/ecr-workspace, folder registry-workspace] }\n"],
    &["", "monitoring: { audit_trail: { bucket: other-bucket } }\n"],
    &[
        "repositories: { cart: {} }\n",
        "repositories: { cart: {}, search: {} }\n",
        "repositories: { cart: {}, shop-mail: { force_delete: true } }\n",
        "repositories: { cart: { scan_on_push: { variable: scan } } }\n",
        "repositories: { cart: {}, k: { encryption: { kms: \"arn:aws:kms:eu-central-1:123456789012:key/0a-1\" } } }\n",
    ],
];

const ENTRIES: &[&str] = &[
    "",
    "  nodes: { can: [pull], repositories: all, node_roles: [{ variable: node }] }\n",
    "  nodes: { can: [pull], repositories: all, node_roles: [{ variable: node, default: eks }] }\n",
    "  ops: { can: [pull], repositories: all, roles: [ops] }\n",
    "  qa: { can: [pull], repositories: all, accounts: [\"222222222222\"] }\n",
    "  bots: { can: [pull], repositories: all, pod_identity: { cluster: main, service_accounts: [ns/bot] } }\n",
    "  far: { can: [pull], repositories: [\"arn:aws:ecr:eu-west-1:123456789012:repository/far\"], assumed_by: [\"arn:aws:iam::123456789012:root\"] }\n",
    "  odd: { can: [\"ecr:StartImageScan\"], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:root\"] }\n",
    "  hub: { can: [push], repositories: all, github: { repository: o/r, branches: [main] } }\n",
];

/// A generator of numbers that depends only on its seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

fn spec(picked: &[usize]) -> String {
    let parts: String = CHOICES.iter().zip(picked).map(|(choices, at)| choices[*at]).collect();
    format!(
        "{HEAD}{parts}access:\n  ci: {{ can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:root\"] }}\n{}",
        ENTRIES[picked[CHOICES.len()]]
    )
}

fn pick(numbers: &mut Numbers) -> Vec<usize> {
    let lengths = CHOICES.iter().map(|choices| choices.len()).chain([ENTRIES.len()]);
    lengths.map(|length| numbers.below(length)).collect()
}

/// What the documents of the bootstrap module allow: whose document, the action, the resource, the conditions.
fn allowed(policies: &Policies) -> BTreeSet<(String, String, String, String)> {
    let runs = policies.runs.iter().flat_map(|run| {
        let owner = if run.phase == Phase::Plan { "plan" } else { "apply" };
        run.parts.iter().map(|part| part.policy).chain([run.trust]).map(move |at| (owner, at))
    });
    let documents = runs.chain(policies.boundary.map(|at| ("boundary", at)));
    let mut allowed = BTreeSet::new();
    for (owner, at) in documents {
        let json = policies.document(at).to_json(&policies.bindings);
        for statement in json["Statement"].as_array().expect("a list").iter().filter(|one| one["Effect"] == "Allow") {
            let listed = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            for action in listed(&statement["Action"]) {
                for resource in listed(&statement["Resource"]) {
                    let conditions = statement["Condition"].to_string();
                    allowed.insert((owner.to_owned(), action.to_string(), resource.to_string(), conditions));
                }
            }
        }
    }
    allowed
}

/// Random changes: whatever the documents allow only afterward is a reason to apply the bootstrap module first, and `render` says
/// so. If the bootstrap module stays the same, it is silent.
#[test]
fn every_new_permission_is_said() {
    let mut numbers = Numbers(7);
    let (mut said_first, mut silent) = (0, 0);
    for _ in 0..60 {
        let before = pick(&mut numbers);
        let mut after = before.clone();
        for _ in 0..1 + numbers.below(2) {
            let at = numbers.below(after.len());
            after[at] = pick(&mut numbers)[at];
        }
        let (before, after) = (spec(&before), spec(&after));
        let (old, new) = (Compiled::of(&before), Compiled::of(&after));
        if !old.errors().is_empty() || !new.errors().is_empty() {
            continue;
        }
        let bootstrap = |compiled: &Compiled| {
            let files = compiled.files().into_iter();
            files.filter(|(path, _)| path.contains("-workspace/") && path.ends_with(".tf")).collect::<Vec<_>>()
        };
        let gained: Vec<_> = allowed(&new.policies()).difference(&allowed(&old.policies())).cloned().collect();
        let case = committed(&before);
        case.write("shop.yaml", &after);
        let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
        if outcome.status != 0 {
            continue; // The guard refuses the change for another reason.
        }
        let said = outcome.err.contains("bootstrap-");
        assert!(said || gained.is_empty(), "{before}\n{after}\n{gained:#?}\n{}", outcome.err);
        if bootstrap(&old) == bootstrap(&new) {
            assert!(!said, "{before}\n{after}\n{}", outcome.err);
            silent += 1;
        }
        said_first += usize::from(said);
    }
    assert!(said_first >= 15 && silent >= 3, "{said_first} {silent}");
}

fn said(before: &str, after: &str) -> String {
    let case = committed(&format!("{HEAD}{before}"));
    rendered(&case, &format!("{HEAD}{after}"))
}

fn rendered(case: &Case, after: &str) -> String {
    case.write("shop.yaml", after);
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    outcome.err
}

const CART: &str = "repositories: { cart: {} }\nworkspace: { organization: acme }\n";

#[test]
fn a_wider_boundary_and_a_new_variable_are_named() {
    let entry = |can: &str, repositories: &str| {
        format!(
            "{CART}access: {{ ci: {{ can: [{can}], repositories: {repositories}, assumed_by: [\"arn:aws:iam::123456789012:root\"] }} }}\n"
        )
    };
    let far = "\"arn:aws:ecr:eu-west-1:123456789012:repository/far\"";
    let cases = [
        (
            entry("pull", "[cart]"),
            entry("pull", &format!("[cart, {far}]")),
            "the boundary of the roles must allow `arn:aws:ecr:eu-west-1:123456789012:repository/far`",
        ),
        (
            entry("pull", "[cart]"),
            entry("pull, \"ecr:StartImageScan\"", "[cart]"),
            "the boundary of the roles must allow `ecr:StartImageScan`",
        ),
        (
            CART.to_owned(),
            CART.replace("cart: {}", "cart: { scan_on_push: { variable: scan } }"),
            "the workspace must know the variable `scan`",
        ),
        (
            CART.to_owned(),
            format!("{CART}terraform: {{ directory: registry, state_was: [folder shared/ecr-workspace] }}\n"),
            "the workspace must know the working directory `registry`",
        ),
    ];
    for (before, after, words) in cases {
        let err = said(&before, &after);
        assert!(err.contains("note[bootstrap-first]") && err.contains(words), "{words}: {err}");
    }
    assert!(!said(&entry("pull", "[cart]"), &entry("pull, push", "[cart]")).contains("bootstrap-"));
}

/// Earlier versions let the apply role manage every key of the account. Now the policy of the key does, and the run that writes
/// this policy still needs the old permission.
#[test]
fn a_key_from_an_earlier_version_needs_the_old_permissions_once() {
    let spec = format!(
        "{HEAD}repositories: {{ cart: {{ encryption: {{ kms: create }} }} }}\nworkspace: {{ organization: acme }}\n"
    );
    let case = committed(&spec);
    let manifest = case.read("out/.ecrgen/shop.json");
    let line = manifest.lines().find(|line| line.contains("\"the policy of the KMS key\"")).expect("a line");
    let earlier = manifest.replace(&format!("{line}\n"), "");
    case.write("out/.ecrgen/shop.json", earlier);
    let err = rendered(&case, &spec);
    assert!(err.contains("warning[bootstrap-last]") && err.contains("the policy of the KMS key"), "{err}");
    assert!(!rendered(&case, &spec).contains("bootstrap-"), "only once");
    let key = "safe: { encryption: { kms: create } }";
    let err = said(CART, &CART.replace("cart: {}", &format!("cart: {{}}, {key}")));
    assert!(err.contains("bootstrap-first") && !err.contains("bootstrap-last"), "a new key: {err}");
}
