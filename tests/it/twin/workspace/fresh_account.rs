//! From an account that has nothing to a platform, in the order of the README of the bootstrap module. What needs HCP Terraform is
//! left out: the workspace, its variables and the start of its first run.

use serde_json::json;

use crate::harness::Case;
use crate::terraform::binary::Terraform;
use crate::twin::account::life::{Applied, fail, init_with_state, module, succeed};
use crate::twin::account::moto::Moto;
use crate::twin::bootstrap::{aws_parts, root_parts};
use crate::twin::rendering::{Files, render};

const ROOT: &str = "shared/ecr";

const BOOTSTRAP: &str = "shared/ecr-workspace";

fn rendered(hcp: &str) -> Files {
    let spec = format!(
        "
platform: shop
environment: shared
region: ap-southeast-3
account: \"123456789012\"
terraform:
  backend: {{ s3: {{ bucket: acme-state }} }}
  providers: {{ aws: \"~> 5.100\" }}
workspace: {{ organization: acme, project: Registries }}
oidc_providers: {{ github: create, hcp: {hcp} }}
repositories: {{ cart: {{}} }}
access:
  ci: {{ can: [push], repositories: [cart], github: {{ repository: o/r, owner_id: 1, repository_id: 2, branches: [main] }} }}
"
    );
    render(&Case::new().file("spec.yaml", spec), "spec.yaml")
}

#[test]
fn a_fresh_account_gets_a_platform() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let Some(moto) = Moto::start() else { return };
    // The bucket of the state is the only thing that someone else creates.
    moto.script("state_bucket.py", &["create", "acme-state"]);
    let bootstrap = |output: &Files| {
        let files = aws_parts(output).remove(BOOTSTRAP).expect("a bootstrap module");
        let module = module(&moto, &files);
        init_with_state(&terraform, &moto, &module);
        module
    };
    // The README says that the provider must exist unless the spec has `create`.
    let without_provider = rendered("look_up");
    assert!(without_provider[&format!("{BOOTSTRAP}/README.md")].contains("- the IAM OIDC provider app.terraform.io"));
    let said = fail(&terraform, &bootstrap(&without_provider), &["apply", "-auto-approve"]);
    assert!(said.contains("app.terraform.io"), "{said}");

    let output = rendered("create");
    let module = bootstrap(&output);
    succeed(&terraform, &module, &["apply", "-auto-approve"]);
    succeed(&terraform, &module, &["plan", "-detailed-exitcode"]);
    // The lock file is gone after the apply.
    let state = moto.script("state_bucket.py", &["read", "acme-state"]);
    assert_eq!(state["keys"], json!([format!("shop/{BOOTSTRAP}/terraform.tfstate")]));

    let files = root_parts(&output).remove(ROOT).expect("a root module");
    let applied = Applied::by_runs(terraform, moto, json!({}), files, "", true, 5);
    applied.settles();
    let account = applied.account();
    assert_eq!(account.names("repositories"), ["cart"]);
    let providers = ["app.terraform.io", "token.actions.githubusercontent.com"]
        .map(|host| format!("arn:aws:iam::123456789012:oidc-provider/{host}"));
    assert_eq!(account.at(&["oidc_providers"]), &json!(providers));
    // The role of the pipeline has the boundary that the bootstrap module created.
    let boundary = "arn:aws:iam::123456789012:policy/hcp-terraform/shop/shared/shop-shared-ecr-boundary";
    assert_eq!(account.at(&["roles", "shop-shared-ci", "boundary"]), &json!(boundary));
}
