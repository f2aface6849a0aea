//! A state in S3: Terraform itself reads the backend that ecrgen writes.

use super::account::life::{init_with_state, module, succeed};
use super::account::moto::Moto;
use super::rendering::{modules, render};
use crate::harness::Case;
use crate::terraform::binary::Terraform;

const SPEC: &str = "
platform: shop
environment: shared
region: eu-central-1
terraform:
  backend: { s3: { bucket: acme-state } }
  providers: { aws: \"~> 5.100\" }
repositories: { cart: {} }
";

#[test]
fn an_apply_writes_the_state_into_the_bucket() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let Some(moto) = Moto::start() else { return };
    moto.script("state_bucket.py", &["create", "acme-state"]);
    let files = modules(&render(&Case::new().file("spec.yaml", SPEC), "spec.yaml"))["shared/ecr"].clone();
    let module = module(&moto, &files);
    init_with_state(&terraform, &moto, &module);
    succeed(&terraform, &module, &["apply", "-auto-approve"]);
    let state = moto.script("state_bucket.py", &["read", "acme-state"]);
    // The lock file is gone after the apply.
    assert_eq!(state["keys"], serde_json::json!(["shop/shared/ecr/terraform.tfstate"]));
    assert_eq!(state["resources"], serde_json::json!(["aws_ecr_repository.cart"]));
    succeed(&terraform, &module, &["plan", "-detailed-exitcode"]);
}
