//! Replicas in another region, each with a provider configuration: valid in Terraform, applied, and unchanged by a second plan.

use serde_json::json;

use super::super::account::ID;
use super::super::account::life::{module, planned, succeed};
use super::super::account::moto::Moto;
use super::super::rendering::{self, Files};
use super::valid::validate;
use crate::harness::Compiled;
use crate::terraform::binary::Terraform;

const SPEC: &str = "
platform: shop
environment: prod
region: ap-southeast-3
account: \"123456789012\"
registry: {}
terraform: { directory: registry, providers: { aws: \"~> 5.100\" } }
repository_defaults: { retention: [{ keep: 30, of: tagged }], replicate_to: [us-east-1] }
repositories:
  cart: { encryption: { kms: create } }
  search: { scan_on_push: false, tag_mutability: mutable }
  local: { replicate_to: none }
access: { nodes: { can: [pull], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:root\"] } }
";

fn rendered() -> Files {
    rendering::modules(&Compiled::of(SPEC).files()).remove("registry").expect("a root module")
}

#[test]
fn replicas_with_provider_configurations_are_valid() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let (is_valid, said) = validate(&terraform, &rendered());
    assert!(is_valid, "{said}");
}

#[test]
fn replicas_are_applied_in_their_region() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let Some(moto) = Moto::start() else { return };
    let module = module(&moto, &rendered());
    succeed(&terraform, &module, &["init"]);
    succeed(&terraform, &module, &["apply", "-auto-approve"]);
    let there = moto.script_in("us-east-1", "read_back.py", &[]);
    let rule = |count: u32| {
        json!({ "rules": [{ "rulePriority": 1,
            "selection": { "tagStatus": "tagged", "tagPatternList": ["*"], "countType": "imageCountMoreThan", "countNumber": count },
            "action": { "type": "expire" } }] })
    };
    for (name, encryption, mutability, scan) in
        [("cart", "KMS", "IMMUTABLE", true), ("search", "AES256", "MUTABLE", false)]
    {
        let repository = &there["repositories"][name];
        assert_eq!(repository["arn"], format!("arn:aws:ecr:us-east-1:{ID}:repository/{name}"));
        assert_eq!(repository["encryption"], encryption, "{name}");
        assert_eq!(repository["tag_mutability"], mutability, "{name}");
        assert_eq!(repository["scan_on_push"], scan, "{name}");
        let mut policy = repository["lifecycle_policy"].clone();
        policy["rules"][0].as_object_mut().expect("a rule").remove("description");
        assert_eq!(policy, rule(30), "{name}");
    }
    assert_eq!(there["repositories"].as_object().expect("an object").len(), 2, "{there}");
    let destinations = json!([{ "region": "us-east-1", "registryId": ID }]);
    let filters = json!([{ "filter": "cart", "filterType": "PREFIX_MATCH" }, { "filter": "search", "filterType": "PREFIX_MATCH" }]);
    assert_eq!(
        moto.script("read_back.py", &[])["replication"],
        json!([{ "destinations": destinations, "repositoryFilters": filters }])
    );
    let (is_planned, said) = planned(&terraform, &module);
    assert!(is_planned, "{said}");
    assert!(said.contains("No changes"), "{said}");
}
