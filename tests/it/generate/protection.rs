//! Protection against `terraform destroy` and replacement, by the versions of Terraform that the spec allows.

use crate::harness::module::{Module, inner, optional, value};
use crate::harness::{Compiled, shop};

const SPEC: &str = "repositories: { web: { encryption: { kms: create } }, scratch: { force_delete: true } }\n\
    oidc_providers: { github: create, hcp: create }\n\
    monitoring: { audit_trail: { bucket: create } }\n\
    access:\n  ci: { can: [push], repositories: all, github: { repository: o/r, owner_id: 1, repository_id: 2, \
    branches: [main] } }\nworkspace: { organization: acme }\n";

/// Everything in the output that Terraform must not destroy.
const PROTECTED: [(&str, &str); 5] = [
    ("shared/ecr", "resource aws_ecr_repository web"),
    ("shared/ecr", "resource aws_kms_key ecr"),
    ("shared/ecr", "resource aws_iam_openid_connect_provider github"),
    ("shared/ecr", "resource aws_s3_bucket ecr_trail"),
    ("shared/ecr-workspace", "resource aws_iam_openid_connect_provider hcp"),
];

fn allowing(versions: &str) -> Compiled {
    shop(format!("{SPEC}terraform: {{ version: \"{versions}\" }}\n"))
}

/// The arguments of a resource's `lifecycle` block.
fn lifecycle(module: &Module, head: &str) -> (Option<serde_json::Value>, Option<serde_json::Value>) {
    let block = inner(module.block(head), "lifecycle");
    let argument = |name| optional(block, name).map(value);
    (argument("prevent_destroy"), argument("destroy"))
}

/// CHANGELOG of hashicorp/terraform, 1.16.0: `lifecycle` blocks of resources support `destroy = false`. Older versions
/// report an unsupported argument, so the constraint must exclude all of them.
#[test]
fn adds_destroy_false_only_if_every_allowed_terraform_knows_it() {
    for versions in [">= 1.16", ">= 1.16.0", "~> 1.16.3", "1.16.5", "> 1.16.0", ">= 1.16, < 1.18", "~> 1.17"] {
        let compiled = allowing(versions);
        assert_eq!(compiled.codes(), ["deletable-with-images"], "{versions}");
        for (folder, head) in PROTECTED {
            let found = lifecycle(&compiled.module(folder), head);
            assert_eq!(found, (Some(true.into()), Some(false.into())), "{versions}: {head}");
        }
    }
    for versions in [">= 1.11.0", ">= 1.12", "~> 1.12", ">= 1.15.9", "> 1.15"] {
        let compiled = allowing(versions);
        for (folder, head) in PROTECTED {
            let found = lifecycle(&compiled.module(folder), head);
            assert_eq!(found, (Some(true.into()), None), "{versions}: {head}");
        }
    }
}

#[test]
fn force_delete_removes_both_arguments() {
    let compiled = allowing(">= 1.16");
    let module = compiled.module("shared/ecr");
    let scratch = module.block("resource aws_ecr_repository scratch");
    assert_eq!(value(optional(scratch, "force_delete").expect("`force_delete`")), true);
    assert!(scratch.body.blocks().all(|block| block.identifier() != "lifecycle"), "{scratch:#?}");
}

/// OpenTofu keeps `destroy = false` in the state and forgets a resource whose block is deleted, unless a `removed` block
/// states otherwise (opentofu/opentofu, TestSkipDestroy_Orphan and TestSkipDestroy_Orphan_RemovedBlockOverrides).
#[test]
fn a_deliberate_deletion_overrides_destroy_false() {
    let removed = "repositories: { web: {} }\nremoved: { aws_kms_key.ecr: delete, aws_s3_bucket.ecr_trail: retain }\n";
    let destroys = |versions: &str| {
        let compiled = shop(format!("{removed}terraform: {{ version: \"{versions}\" }}\n"));
        let body: hcl::Body = hcl::parse(&compiled.files()["shared/ecr/removed.tf"]).expect("HCL");
        let blocks = body.blocks().map(|block| {
            let from = optional(block, "from").expect("`from`").to_string();
            (from, value(optional(inner(block, "lifecycle"), "destroy").expect("`destroy`")))
        });
        blocks.filter(|(from, _)| ["aws_kms_key.ecr", "aws_s3_bucket.ecr_trail"].contains(&from.as_str())).collect()
    };
    let bucket = ("aws_s3_bucket.ecr_trail".to_owned(), serde_json::Value::from(false));
    let new: Vec<_> = destroys(">= 1.16");
    assert_eq!(new, [("aws_kms_key.ecr".to_owned(), true.into()), bucket.clone()]);
    assert_eq!(destroys(">= 1.15"), vec![bucket]);
}

#[test]
fn the_readme_names_what_guards_the_repositories_of_each_form() {
    let readme =
        |spec: &str| shop(format!("repositories: {{ web: {{}} }}\n{spec}")).files()["shared/ecr/README.md"].clone();
    let module = "terraform: { ecr_module: \"3.2.0\", version: \">= 1.16\" }\n\
        repository_defaults: { deletion_protection: false }\n";
    let alone = readme(module);
    let with_workspace = readme(&format!("{module}workspace: {{ organization: acme }}\n"));
    for text in [&alone, &with_workspace] {
        for guard in ["`ecrgen check --base`", "RepositoryNotEmptyException", "cannot set `prevent_destroy`"] {
            assert!(text.contains(guard), "{guard} is missing from\n{text}");
        }
        assert!(!text.contains("destroy = false"), "{text}");
    }
    assert!(!alone.contains("apply role"), "{alone}");
    assert!(with_workspace.contains("`ecr:DeleteRepository` only for repositories that the spec marks"));

    assert!(!readme("").contains("destroy = false"));
    let kept = readme("terraform: { version: \">= 1.16\" }\n");
    assert!(kept.contains("Every repository sets `prevent_destroy` and `destroy = false`."), "{kept}");
}
