//! The scanning configuration of the registry and Amazon Inspector, for the AWS provider 5.100.0. moto does not return the
//! configuration that it is given, so it is not applied.

use super::super::bootstrap;
use super::super::rendering::render;
use super::valid::validate;
use crate::harness::Case;
use crate::terraform::binary::Terraform;

const SPEC: &str = "
platform: piksel
environment: shared
region: ap-southeast-3
account: \"123456789012\"
names: { repository: \"{platform}/{repository}\" }
terraform: { providers: { aws: \"~> 5.100\" } }
workspace: { organization: piksel }
repositories:
  web: { scan_continuously: true }
  worker: {}
  cart: {}
  fixtures: { scan_on_push: false }
registry: { scanner: enhanced, enable_inspector: true }
";

#[test]
fn scanning_and_inspector_are_valid() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let output = render(&Case::new().file("spec.yaml", SPEC), "spec.yaml");
    for (folder, files) in bootstrap::root_parts(&output).into_iter().chain(bootstrap::aws_parts(&output)) {
        let (is_valid, said) = validate(&terraform, &files);
        assert!(is_valid, "{folder}: {said}");
    }
}
