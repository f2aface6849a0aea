//! A root module shared with hand-written files, one of which configures the provider.

use super::account::life::{module, planned, succeed};
use super::account::moto::Moto;
use super::rendering::{modules, render};
use crate::harness::Case;
use crate::terraform::binary::Terraform;

const SPEC: &str = "
platform: shop
environment: shared
region: ap-southeast-3
account: \"123456789012\"
terraform: { root: shared }
repositories: { cart: {} }
";

#[test]
fn a_provider_of_another_region_or_account_stops_the_plan() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let Some(moto) = Moto::start() else { return };
    let says = |spec: &str, region: &str| {
        let mut files = modules(&render(&Case::new().file("spec.yaml", spec), "spec.yaml"))["shared/ecr"].clone();
        files.insert("main.tf".into(), format!("provider \"aws\" {{\n  region = \"{region}\"\n}}\n"));
        let module = module(&moto, &files);
        succeed(&terraform, &module, &["init"]);
        planned(&terraform, &module)
    };
    let (is_planned, said) = says(SPEC, "ap-southeast-3");
    assert!(is_planned && said.contains("1 to add"), "{said}");
    let (is_planned, said) = says(SPEC, "eu-central-1");
    assert!(!is_planned && said.contains("is for region ap-southeast-3"), "{said}");
    // moto's account is 123456789012.
    let (is_planned, said) = says(&SPEC.replace("123456789012", "210987654321"), "ap-southeast-3");
    assert!(!is_planned && said.contains("is for account 210987654321"), "{said}");
}
