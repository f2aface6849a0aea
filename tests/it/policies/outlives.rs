//! The permissions of a run cover what its change removes: an apply is played on moto, and each of its requests is judged
//! by the policies of the bootstrap module, applied in the documented order.

use std::collections::BTreeMap;
use std::fs;

use ecrgen::iam::{Bindings, Decision, Document};
use serde_json::{Value, json};

use super::boundary::{decision, policy};
use crate::change::guard::{accepted, committed};
use crate::harness::{Case, Compiled, engine};
use crate::terraform::binary::Terraform;
use crate::twin::account::life::{module, succeed};
use crate::twin::account::moto::{Asked, Moto};
use crate::twin::bootstrap;

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: ap-southeast-3\n\
                    workspace: { organization: acme }\nterraform: { providers: { aws: \"~> 5.100\" } }\n";

const REGION: &str = "ap-southeast-3";
const ACCOUNT: &str = "123456789012";
const BOUNDARY: &str = "arn:aws:iam::123456789012:policy/hcp-terraform/shop/shared/shop-shared-ecr-boundary";

/// Each spec changes the one before it.
const SPECS: &[(&str, &str)] = &[
    (
        "everything is created",
        "repositories:
  cart: { force_delete: true, retention: [{ keep: 9, of: tagged }] }
  search: {}
  mail: { retention: [{ keep: 9, of: tagged }] }
access:
  ci: { can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:root\"] }
  nodes: { can: [pull], repositories: all, roles: [piksel-nodes] }
  guests: { can: [pull], repositories: [mail], accounts: [\"111111111111\"] }
",
    ),
    (
        "a repository is deleted",
        "repositories:
  search: {}
  mail: { retention: [{ keep: 9, of: tagged }] }
removed: { cart: delete }
access:
  ci: { can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:root\"] }
  nodes: { can: [pull], repositories: all, roles: [piksel-nodes] }
  guests: { can: [pull], repositories: [mail], accounts: [\"111111111111\"] }
",
    ),
    (
        "a repository gets another key, and the last retention and repository policy go",
        "repositories:
  finder: { was: search, name: search }
  mail: {}
access:
  ci: { can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:root\"] }
  nodes: { can: [pull], repositories: all, roles: [piksel-nodes] }
",
    ),
    (
        "a repository is handed over, and the entry of a role of ours is retired",
        "repositories:
  finder: { name: search }
removed: { mail: retain }
access:
  nodes: { can: [pull], repositories: all, roles: [piksel-nodes] }
",
    ),
];

/// The same, with the last entry retired: it is attached to a role that is not on the platform's path.
const LAST: &str = "repositories:
  finder: { name: search }
";

fn spec(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

/// The policy of the apply role.
fn apply_role(spec: &str) -> Document {
    policy(&Compiled::of(spec).module("shared/ecr-workspace"), "apply")
}

/// The requests that a policy denies, according to ecrgen and to an independent engine.
fn denied<'a>(policy: &Document, asked: &'a [Asked]) -> Vec<(&'a str, String)> {
    let may = |request: &Asked| {
        let decided = decision(policy, &request.action, &arn(request), &conditions(request));
        matches!(decided, Decision::Allowed { .. })
    };
    let ours: Vec<bool> = asked.iter().map(may).collect();
    let questions: Vec<Value> = asked.iter().map(question).collect();
    let document = policy.to_json(&Bindings::commercial(REGION, ACCOUNT));
    if let Some(answers) = engine::answers(&[document], &questions.iter().collect::<Vec<_>>()) {
        for ((ours, theirs), question) in ours.iter().zip(&answers).zip(&questions) {
            assert_eq!(if *ours { "Allowed" } else { "ImplicitlyDenied" }, theirs, "{question}");
        }
    }
    let denied = asked.iter().zip(ours).filter(|(_, may)| !may);
    denied.map(|(request, _)| (request.action.as_str(), arn(request))).collect()
}

/// The condition keys of a request, without their service.
fn conditions(request: &Asked) -> Vec<(&'static str, &str)> {
    let policy = request.policy.as_deref().map(|policy| ("PolicyARN", policy));
    // Detaching is also about the existing roles, which have no boundary.
    let boundary = (request.action != "iam:DetachRolePolicy").then_some(("PermissionsBoundary", BOUNDARY));
    policy.into_iter().chain(boundary).collect()
}

/// The request as the independent engine expects it. It validates that a request has only condition keys of its action.
fn question(request: &Asked) -> Value {
    let has_boundary = ["iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePolicy"];
    let has = |key: &str| key != "PermissionsBoundary" || has_boundary.contains(&request.action.as_str());
    let conditions = conditions(request).into_iter().filter(|(key, _)| has(key));
    let context: BTreeMap<String, &str> = conditions.map(|(key, value)| (format!("iam:{key}"), value)).collect();
    let is_about_all = request.resource.is_none();
    json!({
        "principal": format!("arn:aws:sts::{ACCOUNT}:assumed-role/shop-shared-ecr-hcp-apply/run",),
        "action": request.action,
        "resource": if is_about_all { "*".to_owned() } else { arn(request) },
        "account": ACCOUNT,
        "identity": [0],
        "boundary": null,
        "resourcePolicies": [],
        "context": context,
    })
}

/// The ARN of the resource of a request (Service Authorization Reference).
fn arn(request: &Asked) -> String {
    let name = request.resource.as_deref().unwrap_or_default();
    let service = request.action.split(':').next().expect("a service");
    match service {
        _ if name.starts_with("arn:") => name.to_owned(),
        "ecr" => format!("arn:aws:ecr:ap-southeast-3:123456789012:repository/{name}"),
        "iam" => {
            let kind = if request.action.contains("Role") { "role" } else { "policy" };
            let path = if name.starts_with("piksel") { "" } else { "shop/shared/" };
            format!("arn:aws:iam::123456789012:{kind}/{path}{name}")
        }
        other => panic!("{other} was asked for {name}"),
    }
}

struct Platform {
    terraform: Terraform,
    moto: Moto,
    module: Case,
}

impl Platform {
    /// Plans and applies the root module of a spec, without the blocks that would only fail the plan. Returns the requests.
    fn apply(&self, spec: &str) -> Vec<Asked> {
        for entry in fs::read_dir(self.module.path("")).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ext| ext == "tf") && !path.ends_with("account_override.tf") {
                fs::remove_file(path).expect("a file of ours");
            }
        }
        let files = bootstrap::root_parts(&Compiled::of(spec).files()).remove("shared/ecr").expect("a root module");
        for (name, text) in &files {
            self.module.write(name, text.replace("prevent_destroy = true", "prevent_destroy = false"));
        }
        let before = self.moto.requests().len();
        succeed(&self.terraform, &self.module, &["init"]);
        succeed(&self.terraform, &self.module, &["apply", "-auto-approve"]);
        self.moto.requests().split_off(before)
    }
}

#[test]
fn a_run_may_remove_what_its_spec_no_longer_has() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let Some(moto) = Moto::start() else { return };
    moto.script("prepare.py", &[]);
    let module = module(&moto, &Default::default());
    let platform = Platform { terraform, moto, module };
    for (what, rest) in SPECS {
        let asked = platform.apply(&spec(rest));
        assert!(asked.len() > 5, "{what}");
        // The bootstrap module was applied first.
        assert_eq!(denied(&apply_role(&spec(rest)), &asked), [], "{what}");
    }
    let asked = platform.apply(&spec(LAST));
    let (before, after) = (apply_role(&spec(SPECS[3].1)), apply_role(&spec(LAST)));
    assert_eq!(denied(&before, &asked), [], "the bootstrap module is applied last");
    let detached = denied(&after, &asked).into_iter().map(|(action, _)| action).collect::<Vec<_>>();
    assert!(detached.contains(&"iam:DetachRolePolicy"), "so the order matters: {detached:?}");
}

/// With a pattern, the bootstrap module of the spec before is enough for a new repository.
#[test]
fn a_run_creates_a_repository_that_a_pattern_covers() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let Some(moto) = Moto::start() else { return };
    moto.script("prepare.py", &[]);
    let module = module(&moto, &Default::default());
    let platform = Platform { terraform, moto, module };
    let pattern = "workspace: { organization: acme, manages: [\"shop-*\"] }\n";
    let with = |workspace: &str, repositories: &str| {
        let entries =
            "access: { ci: { can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:root\"] } }\n";
        let head = HEAD.replace("workspace: { organization: acme }\n", workspace);
        format!("{head}repositories: {{ {repositories} }}\n{entries}")
    };
    let (before, after) = ("shop-cart: {}", "shop-cart: {}, shop-mail: { retention: [{ keep: 9, of: tagged }] }");
    platform.apply(&with(pattern, before));
    let asked = platform.apply(&with(pattern, after));
    assert_eq!(denied(&apply_role(&with(pattern, before)), &asked), []);
    let exact = apply_role(&with("workspace: { organization: acme }\n", before));
    let denied = denied(&exact, &asked);
    assert!(denied.iter().any(|(action, _)| *action == "ecr:CreateRepository"), "{denied:?}");
}

/// The bootstrap module takes over the policy of an existing role: the new policy exists before a run attaches it, and the run deletes
/// the old one.
#[test]
fn a_run_attaches_what_the_bootstrap_module_wrote() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let Some(moto) = Moto::start() else { return };
    moto.script("prepare.py", &[]);
    let root = module(&moto, &Default::default());
    let platform = Platform { terraform, moto, module: root };
    let before = spec(
        "repositories: { search: {} }\naccess: { nodes: { can: [pull], repositories: all, roles: [piksel-nodes] } }\n",
    );
    let after = before.replace("organization: acme", "organization: acme, protect_existing_roles: true");
    platform.apply(&before);
    let administered = bootstrap::aws_parts(&Compiled::of(after.as_str()).files()).remove("shared/ecr-workspace");
    let administered = module(&platform.moto, &administered.expect("a bootstrap module"));
    for arguments in [&["init"][..], &["apply", "-auto-approve"]] {
        succeed(&platform.terraform, &administered, arguments);
    }
    let asked = platform.apply(&after);
    assert_eq!(denied(&apply_role(&after), &asked), []);
    let about = |action: &str| {
        let of = asked.iter().filter(|request| request.action == action);
        of.filter_map(|request| request.policy.as_deref()).collect::<Vec<_>>()
    };
    let policy = |path: &str, name: &str| format!("arn:aws:iam::123456789012:policy/{path}shop/shared/{name}");
    assert_eq!(about("iam:AttachRolePolicy"), [policy("hcp-terraform/", "shop-shared-nodes-protected")]);
    assert_eq!(about("iam:DetachRolePolicy"), [policy("", "shop-shared-nodes")]);
    assert!(asked.iter().any(|request| request.action == "iam:DeletePolicy"));
    for module in [&platform.module, &administered] {
        succeed(&platform.terraform, module, &["plan", "-detailed-exitcode"]);
    }
}

/// What `render` says of each of these changes.
#[test]
fn render_says_in_which_order_to_apply() {
    let said = |before: &str, after: &str| {
        let case = committed(&spec(before));
        case.write("shop.yaml", spec(after));
        let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
        assert_eq!(outcome.status, 0, "{}", outcome.err);
        accepted(&case, &spec(after));
        outcome.err
    };
    for pair in SPECS.windows(2) {
        let err = said(pair[0].1, pair[1].1);
        assert!(!err.contains("bootstrap-"), "{}: {err}", pair[1].0);
    }
    let err = said(SPECS[3].1, LAST);
    let words = ["warning[bootstrap-last]", "apply `shared/ecr-workspace` after this change", "role/piksel-nodes`"];
    for word in words {
        assert!(err.contains(word), "{word}: {err}");
    }
    let added = SPECS[3].1.replace("repositories:\n", "repositories:\n  users: {}\n");
    let err = said(SPECS[3].1, &added);
    assert!(err.contains("note[bootstrap-first]: apply `shared/ecr-workspace` before this change"), "{err}");
    assert!(err.contains("for repository `users`"), "{err}");
    let marked = SPECS[3].1.replace("finder: { name: search }", "finder: { name: search, force_delete: true }");
    let err = said(SPECS[3].1, &marked);
    assert!(err.contains("note[bootstrap-first]") && err.contains("for deleting repository `search`"), "{err}");
    let both = format!("{LAST}  users: {{}}\n");
    let err = said(SPECS[3].1, &both);
    assert!(!err.contains("bootstrap-first") && err.contains("split the change in two"), "{err}");
}

/// Without a mark, no plan can delete a repository, whatever it contains.
#[test]
fn only_marked_repositories_can_be_deleted() {
    let rest = "names: { repository: \"shop/{repository}\" }
repository_defaults: { deletion_protection: false }
repositories: { cart: {}, search: { force_delete: true } }
removed: { mail: delete, users: retain, aws_kms_key.ecr: delete }
";
    let plain = spec(rest);
    let in_module =
        plain.replace("terraform: { providers: { aws: \"~> 5.100\" } }", "terraform: { ecr_module: \"3.2.0\" }");
    for spec in [plain, in_module] {
        let apply = apply_role(&spec);
        for (name, may) in [("cart", false), ("search", true), ("mail", true), ("users", false), ("other", false)] {
            let resource = format!("arn:aws:ecr:ap-southeast-3:123456789012:repository/shop/{name}");
            let decided = decision(&apply, "ecr:DeleteRepository", &resource, &[]);
            assert_eq!(matches!(decided, Decision::Allowed { .. }), may, "{name}: {spec}");
        }
    }
}
