//! The table in `docs/changes.md`: what protects images when the guard does not. These are the cells that the installed
//! Terraform, which is older than 1.16, can show. A repository with an image is next to an empty one, which nothing but
//! `prevent_destroy` protects.

use std::fs;

use serde_json::{Value, json};

use super::{Applied, HEAD, PROVIDER};
use crate::twin::account::life::{fail, planned, succeed};

const REPOSITORIES: &str = "repositories: { cart: {}, search: {} }\n";
const APPLY: &[&str] = &["apply", "-auto-approve"];

/// Applies the spec, and pushes an image into `cart`.
fn applied(spec: &str) -> Option<Applied> {
    let applied = Applied::protected(spec)?;
    applied.push_images(&["cart"]);
    Some(applied)
}

impl Applied {
    /// Whether the plan of another spec is refused because of `prevent_destroy`.
    fn is_prevented(&self, spec: &str) -> bool {
        self.replace_files(spec);
        let (is_planned, said) = planned(&self.terraform, &self.module);
        !is_planned && said.contains("Resource aws_ecr_repository.cart has lifecycle.prevent_destroy set")
    }

    /// The names of the repositories that are in the state.
    fn repositories(&self) -> Vec<String> {
        let state: Value = serde_json::from_str(&self.module.read("terraform.tfstate")).expect("JSON");
        let resources = state["resources"].as_array().expect("a list").iter();
        let repositories = resources.filter(|resource| resource["type"] == "aws_ecr_repository");
        let name =
            |resource: &Value| resource["instances"][0]["attributes"]["name"].as_str().expect("a name").to_owned();
        repositories.map(name).collect()
    }

    /// ECR refuses to delete the repository that holds an image.
    fn is_refused_by_ecr(&self, arguments: &[&str]) -> bool {
        let said = fail(&self.terraform, &self.module, arguments);
        said.contains("RepositoryNotEmptyException") && self.with_images() == json!(["cart"])
    }
}

#[test]
fn resources_are_protected_by_prevent_destroy_as_long_as_their_block_exists() {
    let spec = format!("{HEAD}{PROVIDER}{REPOSITORIES}");
    let Some(applied) = applied(&spec) else { return };
    for target in [&["-target=aws_ecr_repository.search"][..], &[]] {
        let said = fail(&applied.terraform, &applied.module, &[&["destroy", "-auto-approve"], target].concat());
        assert!(said.contains("Instance cannot be destroyed"), "{said}");
    }
    let replaced = spec.replace("cart: {}", "cart: { encryption: kms }");
    assert!(applied.is_prevented(&replaced));

    applied.replace_files(&spec);
    for repository in ["cart", "search"] {
        fs::remove_file(applied.module.path(&format!("repository_{repository}.tf"))).expect("a file of ours");
    }
    fs::remove_file(applied.module.path("outputs.tf")).expect("a file of ours");
    assert!(applied.is_refused_by_ecr(APPLY));
    assert_eq!(applied.repositories(), ["cart"]);
}

#[test]
fn the_registry_module_is_protected_by_ecr_if_a_repository_holds_images() {
    let head = format!("{HEAD}repository_defaults: {{ deletion_protection: false }}\n{REPOSITORIES}");
    let spec = format!("{head}terraform: {{ ecr_module: 3.2.0 }}\n");
    let Some(applied) = applied(&spec) else { return };
    applied.replace_files(&spec.replace("cart: {}", "cart: { encryption: kms }"));
    assert!(applied.is_refused_by_ecr(APPLY));
    // Back to resources, without the `moved` blocks of `ecr_module_was`, `cart` would be deleted too.
    applied.replace_files(&head);
    assert!(applied.is_refused_by_ecr(&["apply", "-auto-approve", "-target=module.cart"]));
    applied.replace_files(&spec);
    assert!(applied.is_refused_by_ecr(&["destroy", "-auto-approve"]));
    assert_eq!(applied.repositories(), ["cart"]);

    // With the `moved` blocks, the repository that is left keeps its images.
    applied.replace_files(&format!("{head}terraform: {{ ecr_module_was: module }}\n"));
    let said = succeed(&applied.terraform, &applied.module, APPLY);
    assert!(said.contains("1 added, 0 changed, 0 destroyed"), "{said}");
    assert_eq!(applied.with_images(), json!(["cart"]));
}
