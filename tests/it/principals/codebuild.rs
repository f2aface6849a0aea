//! CodeBuild projects (CodeBuild user guide, "Amazon ECR sample for CodeBuild").

use ecrgen::iam::{Caller, Context, Decision, Request, evaluate};

use crate::harness::{Case, Compiled};

const SPEC: &str = "
platform: shop
environment: prod
region: eu-central-1
account: \"123456789012\"
repositories: { shop: {} }
access:
  builds: { can: [pull], repositories: [shop], codebuild: { projects: [shop-build], accounts: [\"123456789012\", \"222222222222\"] } }
";

/// Whether CodeBuild can pull for a project in an account.
fn pulls(project: &str, account: &str) -> bool {
    let compiled = Compiled::of(SPEC);
    assert_eq!(compiled.codes(), ["lambda-access-removed"], "the policy has no statement for Lambda");
    let policies = compiled.policies();
    let policy = policies.of_repository("shop").expect("a policy");
    let request = Request {
        caller: Caller::Service("codebuild.amazonaws.com".into()),
        action: "ecr:BatchGetImage".into(),
        resource: Some("arn:aws:ecr:eu-central-1:123456789012:repository/shop".parse().expect("an ARN")),
        context: Context::default().with("aws:SourceArn", [project]).with("aws:SourceAccount", [account]),
    };
    matches!(evaluate(std::slice::from_ref(policy), &policies.bindings, &request), Decision::Allowed { .. })
}

#[test]
fn only_the_named_projects_in_the_named_accounts_can_pull() {
    let project = |account: &str, name: &str| format!("arn:aws:codebuild:eu-central-1:{account}:project/{name}");
    assert!(pulls(&project("123456789012", "shop-build"), "123456789012"));
    assert!(pulls(&project("222222222222", "shop-build"), "222222222222"));
    assert!(!pulls(&project("222222222222", "another"), "222222222222"));
    assert!(!pulls(&project("333333333333", "shop-build"), "333333333333"));
    assert!(!pulls(&project("123456789012", "shop-build").replace("eu-central-1", "us-east-1"), "123456789012"));
}

#[test]
fn rejects_an_action_that_codebuild_never_calls() {
    let spec = SPEC.replace("can: [pull]", "can: [pull, \"ecr:PutImage\"]");
    let outcome = Case::new().file("spec.yaml", spec).run(&["lint", "spec.yaml"]);
    assert_eq!(outcome.status, 1);
    assert!(outcome.out.contains("CodeBuild only calls ecr:BatchCheckLayerAvailability"), "{}", outcome.out);
}
