//! Another state, another account, another region: Terraform deletes nothing there, and leaves everything behind.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::{Applied, HEAD, PROVIDER, announced};
use crate::change::guard::{committed, refused};
use crate::twin::account::life::{planned, succeed};

const CART: &str = "aws_ecr_repository.cart";

/// The account of the credentials that moto gives to all, and another one.
const HERE: &str = "123456789012";
const ELSEWHERE: &str = "333333333333";

/// A provider in the other account, by a role in it: moto keeps the resources of each account apart.
const OTHER_ACCOUNT: &str = "
provider \"aws\" {
  assume_role {
    role_arn = \"arn:aws:iam::333333333333:role/apply\"
  }
}
";

impl Applied {
    /// What Terraform plans for the repository in the folder as it is, after asking the account what exists.
    fn plan_of_cart(&self) -> Option<String> {
        let plan = succeed(&self.terraform, &self.module, &["plan", "-json"]);
        let messages = plan.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
        let mut planned = messages.filter(|message| message["type"] == "planned_change");
        let cart = planned.find(|message| message["change"]["resource"]["addr"] == CART)?;
        Some(cart["change"]["action"].as_str().expect("an action").to_owned())
    }
}

#[test]
fn another_state_account_or_region_creates_again_what_is_left_behind() {
    let spec = format!("{HEAD}account: \"{HERE}\"\n{PROVIDER}repositories: {{ cart: {{}} }}\n");
    let Some(applied) = Applied::protected(&spec) else { return };
    applied.push_images(&["cart"]);

    let region = spec.replace("ap-southeast-3", "eu-west-1");
    assert_eq!(announced(&spec, &region), BTreeSet::from([CART.to_owned()]));
    applied.replace_files(&region);
    assert_eq!(applied.plan_of_cart().as_deref(), Some("create"));

    let account = spec.replace(HERE, ELSEWHERE);
    refused(&committed(&spec), &account, &["account-changed", ELSEWHERE]);
    applied.replace_files(&account);
    let (is_planned, said) = planned(&applied.terraform, &applied.module);
    assert!(!is_planned && said.contains("AWS account ID not allowed: 123456789012"), "{said}");
    applied.module.write("other_override.tf", OTHER_ACCOUNT);
    assert_eq!(applied.plan_of_cart().as_deref(), Some("create"));
    fs::remove_file(applied.module.path("other_override.tf")).expect("a file of ours");

    let directory = spec.replace("terraform: {", "terraform: { directory: registry,");
    refused(&committed(&spec), &directory, &["state-changed", "terraform state push"]);
    applied.replace_files(&spec);
    let old = applied.module.read("terraform.tfstate");
    fs::remove_file(applied.module.path("terraform.tfstate")).expect("the state");
    assert_eq!(applied.plan_of_cart().as_deref(), Some("create"));
    applied.module.write("old.tfstate", old);
    let pushed = applied.terraform.run(&applied.module.path(""), &["state", "push", "old.tfstate"]);
    assert!(pushed.status.success(), "{pushed:?}");
    assert_eq!(applied.plan_of_cart(), None);
    assert_eq!(applied.with_images(), json!(["cart"]));
}
