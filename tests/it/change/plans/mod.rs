//! What the guard says of a change, compared with what Terraform plans for it.
//!
//! A spec is rendered and applied in an account that moto keeps. Then other specs are compiled over it: the guard names
//! what would be lost, and Terraform plans the output. A resource whose loss hurts is deleted in the plan if and only if
//! the guard names it, or the spec says that it may be deleted.

mod moves;
mod protection;
mod sets;

use std::collections::BTreeSet;
use std::fs;

use ecrgen::policies::resource_types::{self, Loss};
use serde_json::{Value, json};

use super::guard::committed;
use crate::harness::{Case, Compiled};
use crate::terraform::binary::Terraform;
use crate::twin::account::life::{fail, module, succeed};
use crate::twin::account::moto::Moto;
use crate::twin::rendering::Files;

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: ap-southeast-3\n";
const PROVIDER: &str = "terraform: { providers: { aws: \"~> 5.100\" } }\n";

/// A spec over the one that is applied, and the addresses that it lets Terraform delete.
struct Change {
    after: String,
    intended: &'static [&'static str],
}

/// The spec with each text replaced; it must be there.
fn change(before: &str, replacements: &[(&str, &str)]) -> Change {
    let after = replacements.iter().fold(before.to_owned(), |spec, (from, to)| {
        assert!(spec.contains(from), "{from} is not in\n{spec}");
        spec.replace(from, to)
    });
    Change { after, intended: &[] }
}

impl Change {
    fn deleting(self, intended: &'static [&'static str]) -> Change {
        Change { intended, ..self }
    }
}

/// A spec that is applied, and the folder of its root module.
pub struct Applied {
    spec: String,
    terraform: Terraform,
    moto: Moto,
    module: Case,
    is_protected: bool,
}

impl Applied {
    /// Without `prevent_destroy`, which would only fail the plans. `None` where something is missing for that: the test is
    /// skipped.
    pub fn new(spec: &str) -> Option<Applied> {
        Self::over(spec, false, str::to_owned)
    }

    /// As this function changes each file.
    pub fn changed(spec: &str, changed: impl Fn(&str) -> String) -> Option<Applied> {
        Self::over(spec, false, changed)
    }

    /// With `prevent_destroy`, as the output has it.
    pub fn protected(spec: &str) -> Option<Applied> {
        Self::over(spec, true, str::to_owned)
    }

    fn over(spec: &str, is_protected: bool, changed: impl Fn(&str) -> String) -> Option<Applied> {
        let terraform = Terraform::find_with_provider("hashicorp/aws", "5.100.0")?;
        let moto = Moto::start()?;
        let files = root_module(spec, is_protected).into_iter().map(|(name, text)| (name, changed(&text))).collect();
        let module = module(&moto, &files);
        module.write("ecr/main.tf", MODULE);
        succeed(&terraform, &module, &["init"]);
        succeed(&terraform, &module, &["apply", "-auto-approve"]);
        Some(Applied { spec: spec.to_owned(), terraform, moto, module, is_protected })
    }

    fn push_images(&self, repositories: &[&str]) {
        self.moto.script("push_images.py", repositories);
    }

    /// The names of the repositories that hold images.
    fn with_images(&self) -> Value {
        self.moto.script("images.py", &[])
    }

    /// Puts the output of another spec in place of this one's, with the same state.
    fn replace_files(&self, spec: &str) {
        for entry in fs::read_dir(self.module.path("")).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ext| ext == "tf") && !path.ends_with("account_override.tf") {
                fs::remove_file(path).expect("a file of ours");
            }
        }
        let files = root_module(spec, self.is_protected);
        for (name, text) in &files {
            self.module.write(name, text);
        }
        // Only modules have to be installed again.
        let installed = fs::read_to_string(self.module.path(".terraform/modules/modules.json")).unwrap_or_default();
        let is_new = |line: &str| {
            let label = line.strip_prefix("module \"").and_then(|rest| rest.split('"').next());
            label.is_some_and(|label| !installed.contains(&format!("\"Key\":\"{label}\"")))
        };
        if files.values().flat_map(|text| text.lines()).any(is_new) {
            succeed(&self.terraform, &self.module, &["init"]);
        }
    }

    /// The addresses of resources whose loss hurts that Terraform would delete, for good or to create them again.
    fn deleted(&self, spec: &str) -> BTreeSet<String> {
        self.replace_files(spec);
        let plan = succeed(&self.terraform, &self.module, &["plan", "-refresh=false", "-json"]);
        let messages = plan.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
        let planned = messages.filter(|message| message["type"] == "planned_change").map(|mut it| it["change"].take());
        let hurts = |change: &Value| {
            let row = resource_types::find(change["resource"]["resource_type"].as_str().expect("a type"));
            let is_deleted = ["delete", "replace"].contains(&change["action"].as_str().expect("an action"));
            is_deleted && matches!(row.loss, Loss::Hurts(_))
        };
        // What is moved is known by where it was.
        let address = |change: &Value| change.get("previous_resource").unwrap_or(&change["resource"])["addr"].clone();
        planned.filter(hurts).map(|change| address(&change).as_str().expect("an address").to_owned()).collect()
    }

    /// What Terraform says that the output of a spec would do.
    pub fn plan(&self, spec: &str) -> String {
        self.replace_files(spec);
        succeed(&self.terraform, &self.module, &["plan", "-refresh=false"])
    }

    fn agrees(&self, changes: Vec<Change>) {
        for Change { after, intended } in changes {
            let announced: BTreeSet<String> =
                announced(&self.spec, &after).into_iter().chain(intended.iter().map(|it| (*it).to_owned())).collect();
            assert_eq!(self.deleted(&after), announced, "{after}");
        }
    }
}

/// The root module that a spec becomes, with or without `prevent_destroy`. The registry module, which cannot be fetched
/// here, is replaced by one with the same inputs and addresses.
fn root_module(spec: &str, is_protected: bool) -> Files {
    let files = Compiled::of(spec).files();
    let files = files.iter().filter_map(|(path, text)| Some((path.strip_prefix("shared/ecr/")?, text)));
    let files = files.filter(|(name, _)| name.ends_with(".tf"));
    let text = |text: &str| {
        text.replace("prevent_destroy = true", &format!("prevent_destroy = {is_protected}"))
            .replace("\"terraform-aws-modules/ecr/aws\"", "\"./ecr\"")
            .replace("  version = \"3.2.0\"\n", "")
            .replace("version = \"~> 6.28\"", "version = \"5.100.0\"")
    };
    files.map(|(name, content)| (name.to_owned(), text(content))).collect()
}

/// What terraform-aws-modules/ecr/aws 3.2.0 makes of the inputs that we give it, at the same addresses.
const MODULE: &str = r#"
variable "repository_name" {}
variable "repository_image_tag_mutability" {}
variable "repository_image_scan_on_push" {}
variable "repository_force_delete" { default = null }
variable "repository_encryption_type" { default = null }
variable "repository_kms_key" { default = null }
variable "create_repository_policy" { default = true }
variable "attach_repository_policy" { default = true }
variable "repository_policy" { default = null }
variable "create_lifecycle_policy" { default = true }
variable "repository_lifecycle_policy" { default = "" }
variable "tags" {}

resource "aws_ecr_repository" "this" {
  count                = 1
  name                 = var.repository_name
  image_tag_mutability = var.repository_image_tag_mutability
  force_delete         = var.repository_force_delete
  encryption_configuration {
    encryption_type = var.repository_encryption_type
    kms_key         = var.repository_kms_key
  }
  image_scanning_configuration { scan_on_push = var.repository_image_scan_on_push }
  tags = var.tags
}

resource "aws_ecr_repository_policy" "this" {
  count      = var.attach_repository_policy ? 1 : 0
  repository = aws_ecr_repository.this[0].name
  policy     = var.repository_policy
}

resource "aws_ecr_lifecycle_policy" "this" {
  count      = var.create_lifecycle_policy ? 1 : 0
  repository = aws_ecr_repository.this[0].name
  policy     = var.repository_lifecycle_policy
}

output "repository_arn" { value = aws_ecr_repository.this[0].arn }
output "repository_name" { value = aws_ecr_repository.this[0].name }
output "repository_url" { value = aws_ecr_repository.this[0].repository_url }
"#;

/// The addresses that the guard names when the second spec is rendered over the first.
fn announced(before: &str, after: &str) -> BTreeSet<String> {
    let case = committed(before);
    case.write("shop.yaml", after);
    let outcome = case.run(&["check", "shop.yaml", "--out", "out", "--format", "json"]);
    let json = if outcome.out.is_empty() { &outcome.err } else { &outcome.out };
    let report: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {outcome:?}"));
    let findings = report["findings"].as_array().expect("a list").iter();
    let errors: Vec<&Value> = findings.filter(|finding| finding["severity"] == "error").collect();
    let manifest: Value = serde_json::from_str(&case.read("out/.ecrgen/shop.json")).expect("JSON");
    let resources = manifest["modules"]["shared/ecr"]["resources"].as_object().expect("an object");
    let is_named = |address: &str, values: &Value, finding: &Value| {
        let message = finding["message"].as_str().expect("a text");
        let all = finding["code"] == "all-repositories-lost" && values["key"].is_string();
        let key = values["key"].as_str().is_some_and(|key| {
            // After a change of the key, a message names the new key, and the old name in AWS.
            message.contains(&format!("`{key}`")) || message.contains(&format!("from {key} to"))
        });
        all || key || message.contains(&format!("`{address}`"))
    };
    let named =
        resources.iter().filter(|(address, values)| errors.iter().any(|error| is_named(address, values, error)));
    named.map(|(address, _)| address.clone()).collect()
}

/// Repositories, each with a change of its own: what is before, what is after.
const REPOSITORIES: &[(&str, &str)] = &[
    ("same: {}", "same: {}"),
    ("", "new: {}"),
    ("gone: {}", ""),
    ("other-key: {}", "another-key: {}"),
    (
        "moved: { retention: [{ keep: 9, of: tagged }] }",
        "home: { was: moved, name: moved, retention: [{ keep: 9, of: tagged }] }",
    ),
    ("moved-and-renamed: {}", "home-and-name: { was: moved-and-renamed }"),
    ("renamed: {}", "renamed: { name: shop/renamed }"),
    ("encrypted: {}", "encrypted: { encryption: kms }"),
    (
        "rekeyed: { encryption: kms }",
        "rekeyed: { encryption: { kms: \"arn:aws:kms:ap-southeast-3:123456789012:key/abc\" } }",
    ),
    ("replaced-too-early: {}", "replaced-too-early: { encryption: kms, replace: empty }"),
    ("replaced-unforced: { force_delete: true }", "replaced-unforced: { encryption: kms, replace: empty }"),
    ("replaced: { force_delete: true }", "replaced: { force_delete: true, encryption: kms, replace: empty }"),
    ("mutable: {}", "mutable: { tag_mutability: mutable }"),
    ("unscanned: {}", "unscanned: { scan_on_push: false }"),
    ("unprotected: {}", "unprotected: { deletion_protection: false }"),
    ("forced: {}", "forced: { force_delete: true }"),
    ("tagged: {}", "tagged: { resource_tags: { Team: web } }"),
    ("kept: {}", "kept: { retention: [{ keep: 3, of: tagged }] }"),
    ("kept-fewer: { retention: [{ keep: 9, of: tagged }] }", "kept-fewer: { retention: [{ keep: 8, of: tagged }] }"),
    ("kept-no-more: { retention: [{ keep: 9, of: tagged }] }", "kept-no-more: {}"),
    ("retained: {}", ""),
    ("deleted-too-early: {}", ""),
    ("deleted: { force_delete: true }", ""),
];

const REMOVED: &str = "removed: { retained: retain, deleted-too-early: delete, deleted: delete }\n";

fn repositories(side: impl Fn(&(&'static str, &'static str)) -> &'static str) -> String {
    let lines = REPOSITORIES.iter().map(side).filter(|line| !line.is_empty());
    lines.fold("repositories:\n".to_owned(), |text, line| text + "  " + line + "\n")
}

#[test]
fn of_repositories() {
    let spec = format!("{HEAD}{PROVIDER}{}", repositories(|(before, _)| before));
    let Some(applied) = Applied::new(&spec) else { return };
    applied.push_images(&["gone", "renamed", "encrypted", "replaced", "deleted"]);
    let all = change(&spec, &[(&repositories(|(before, _)| before), &(repositories(|(_, after)| after) + REMOVED))]);
    let also = |lines: &str| change(&spec, &[("repositories:\n", &format!("{lines}\nrepositories:\n"))]);
    let other = change(&spec, &[(&repositories(|(before, _)| before), "repositories: { other: {} }\n")]);
    applied.agrees(vec![
        all.deleting(&["aws_ecr_repository.deleted", "aws_ecr_repository.replaced"]),
        also("names: { repository: \"shop/{repository}\" }"),
        also("repository_defaults: { encryption: kms }"),
        other,
    ]);
}

const SHOP: &str = "\
repositories: { cart: { retention: [{ keep: 9, of: tagged }] }, search: {} }
access:
  ci: { can: [push], repositories: all, github: { repository: acme/shop, owner_id: 1, repository_id: 2, branches: [main] } }
oidc_providers: { github: create }
";

#[test]
fn of_access_and_of_the_form_of_repositories() {
    let spec = format!("{HEAD}{PROVIDER}{SHOP}");
    let Some(applied) = Applied::new(&spec) else { return };
    applied.push_images(&["cart", "search"]);
    let to = |replacements: &[(&str, &str)]| change(&spec, replacements);
    let provider = ("oidc_providers: { github: create }\n", "");
    let entry_at = spec.find("access:").expect("an entry");
    let entry = (&spec[entry_at..spec.find("oidc_providers").expect("a provider")], "");
    let removed = |removal: &str| format!("removed: {{ aws_iam_openid_connect_provider.github: {removal} }}\naccess:");
    applied.agrees(vec![
        to(&[("github: create", "github: existing")]),
        to(&[("github: create", "github: existing"), ("access:", &removed("retain"))]),
        to(&[provider, ("access:", &removed("delete"))]).deleting(&["aws_iam_openid_connect_provider.github"]),
        to(&[entry, provider]),
        to(&[entry]),
        to(&[
            ("can: [push]", "can: [pull]"),
            ("branches: [main]", "branches: [main, next]"),
            ("access:", "names: { role: \"{platform}-{access}\" }\niam: { path: /shop/ }\nresource_tags: { Team: web }\naccess:"),
        ]),
        to(&[(PROVIDER, "terraform: { ecr_module: 3.2.0 }\n")]),
        to(&[(PROVIDER, "terraform: { ecr_module: 3.2.0, ecr_module_was: plain }\n")]),
    ]);
}

#[test]
fn of_a_key_a_trail_and_an_event_log() {
    let spec = format!(
        "{HEAD}{PROVIDER}repositories:\n  cart: {{ force_delete: true, encryption: {{ kms: create }} }}\n  search: {{}}\n\
         monitoring:\n  audit_trail: {{ bucket: create }}\n  event_log: {{ events: [push], keep_for: 7d }}\n"
    );
    let Some(applied) = Applied::new(&spec) else { return };
    let to = |replacements: &[(&str, &str)]| change(&spec, replacements);
    let key_gone = ("encryption: { kms: create }", "encryption: aes256, replace: \"it is empty\"");
    let trail_gone = ("  audit_trail: { bucket: create }\n", "");
    let retained = "removed: { aws_kms_key.ecr: retain, aws_s3_bucket.ecr_trail: retain }\nmonitoring:";
    applied.agrees(vec![
        to(&[key_gone, trail_gone]).deleting(&["aws_ecr_repository.cart"]),
        to(&[key_gone, trail_gone, ("monitoring:", retained)]).deleting(&["aws_ecr_repository.cart"]),
        to(&[("bucket: create", "bucket: another-bucket"), ("  event_log: { events: [push], keep_for: 7d }\n", "")]),
        to(&[
            ("search: {}", "search: { encryption: { kms: create } }"),
            ("monitoring:", "names: { key_alias: shop-images }\nmonitoring:"),
            ("bucket: create", "bucket: create, keep_for: 90d"),
            ("[push]", "[push, delete]"),
            ("7d", "30d"),
        ]),
    ]);
}

#[test]
fn of_repositories_made_by_the_registry_module() {
    let unprotected = "deletion_protection: false";
    let spec = format!(
        "{HEAD}terraform: {{ ecr_module: 3.2.0 }}\nrepository_defaults: {{ {unprotected} }}\nrepositories:\n  cart: {{ \
         retention: [{{ keep: 9, of: tagged }}] }}\n  search: {{}}\n  users: {{}}\n  mail: {{}}\n  jobs: {{}}\n"
    );
    let Some(applied) = Applied::new(&spec) else { return };
    let to = |replacements: &[(&str, &str)]| change(&spec, replacements);
    applied.agrees(vec![
        to(&[
            ("  cart:", "  basket:"),
            ("search: {}", "finder: { was: search, name: search }"),
            ("users: {}", "users: { encryption: kms }"),
            ("  mail: {}\n", ""),
            ("  jobs: {}\n", "removed: { jobs: retain }\n"),
        ]),
        to(&[("{ ecr_module: 3.2.0 }", "{}")]),
        to(&[("{ ecr_module: 3.2.0 }", "{ ecr_module_was: module }")]),
    ]);
}

/// The two changes that delete a repository with its images, and what one change alone would do.
#[test]
fn a_repository_with_images_is_deleted_in_two_changes_and_in_no_fewer() {
    let spec = format!("{HEAD}{PROVIDER}repositories: {{ cart: {{}}, search: {{}} }}\n");
    let Some(applied) = Applied::protected(&spec) else { return };
    applied.push_images(&["cart", "search"]);
    let deleted = format!("{HEAD}{PROVIDER}repositories: {{ search: {{}} }}\nremoved: {{ cart: delete }}\n");
    assert_eq!(announced(&spec, &deleted), BTreeSet::from(["aws_ecr_repository.cart".to_owned()]));
    applied.replace_files(&deleted);
    let said = fail(&applied.terraform, &applied.module, &["apply", "-auto-approve"]);
    assert!(said.contains("RepositoryNotEmptyException"), "{said}");
    assert_eq!(applied.with_images(), json!(["cart", "search"]));

    let prepared = spec.replace("cart: {}", "cart: { force_delete: true }");
    applied.replace_files(&prepared);
    let said = succeed(&applied.terraform, &applied.module, &["apply", "-auto-approve"]);
    assert!(said.contains("0 added, 1 changed, 0 destroyed"), "{said}");
    assert_eq!(announced(&prepared, &deleted), BTreeSet::new());
    applied.replace_files(&deleted);
    let said = succeed(&applied.terraform, &applied.module, &["apply", "-auto-approve"]);
    assert!(said.contains("0 added, 0 changed, 1 destroyed"), "{said}");
    assert_eq!(applied.with_images(), json!(["search"]));
}
