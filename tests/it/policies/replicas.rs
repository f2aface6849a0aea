//! The permissions that replicas need: of runs, of the boundary, and of the roles that pull.

use ecrgen::iam::{Bindings, Caller, Context, Decision, Document, Request, evaluate};
use ecrgen::policies::{Phase, run_permissions};

use crate::harness::shop;

const SPEC: &str = "account: \"111111111111\"\nregistry: {}\n\
    repositories: { cart: { replicate_to: [us-east-1], encryption: { kms: create } }, search: {} }\n\
    access:\n  nodes: { can: [pull, read], repositories: all, node_roles: [eks-node] }\n  \
      ci: { can: [push, delete], repositories: all, assumed_by: [\"arn:aws:iam::111111111111:role/ci\"] }\n\
    workspace: { organization: acme }\n";

fn arn(service: &str, region: &str, resource: &str) -> String {
    format!("arn:aws:{service}:{region}:111111111111:{resource}")
}

fn allows(document: &Document, bindings: &Bindings, action: &str, on: &str, context: &[(&str, &str)]) -> bool {
    let role = "arn:aws:iam::111111111111:role/any".parse().expect("an ARN");
    let known = context.iter().fold(Context::default(), |known, (key, value)| known.with(key, [*value]));
    let resource = Some(on.parse().expect("an ARN"));
    let caller = Caller::Role { role, session: "s".into() };
    let request = Request { caller, action: action.to_owned(), resource, context: known };
    matches!(evaluate(std::slice::from_ref(document), bindings, &request), Decision::Allowed { .. })
}

#[test]
fn runs_manage_replicas_and_the_replication_configuration() {
    let compiled = shop(SPEC);
    let policies = compiled.policies();
    let [plan, apply] = Phase::ALL.map(|phase| run_permissions::policy(compiled.platform(), phase));
    let is = |document: &Document, action: &str, on: &str| allows(document, &policies.bindings, action, on, &[]);
    let there = arn("ecr", "us-east-1", "repository/cart");
    for action in ["ecr:CreateRepository", "ecr:PutLifecyclePolicy", "ecr:PutImageTagMutability"] {
        assert!(is(&apply, action, &there) && !is(&plan, action, &there), "{action}");
        assert!(!is(&apply, action, &arn("ecr", "us-west-2", "repository/cart")), "{action}");
    }
    assert!(is(&plan, "ecr:DescribeRepositories", &there));
    assert!(
        is(&apply, "ecr:PutReplicationConfiguration", &there) && !is(&plan, "ecr:PutReplicationConfiguration", &there)
    );
    assert!(is(&plan, "ecr:DescribeRegistry", &there));
    assert!(!is(&apply, "ecr:DeleteRepository", &there));
    let key = arn("kms", "us-east-1", "key/1234");
    assert!(is(&plan, "kms:DescribeKey", &key));
    assert!(is(&apply, "kms:CreateAlias", &arn("kms", "us-east-1", "alias/shop-shared-ecr")));
    let via = |region: &str| [("kms:ViaService", format!("ecr.{region}.amazonaws.com"))];
    for (region, expected) in [("us-east-1", true), ("us-west-2", false)] {
        let via = via(region);
        let context = via.each_ref().map(|(key, value)| (*key, value.as_str()));
        assert_eq!(allows(&apply, &policies.bindings, "kms:CreateGrant", &key, &context), expected, "{region}");
    }
}

/// Service Authorization Reference: PutReplicationConfiguration depends on iam:CreateServiceLinkedRole.
#[test]
fn runs_create_the_service_linked_role_of_replication_only() {
    let compiled = shop(SPEC);
    let policies = compiled.policies();
    let [plan, apply] = Phase::ALL.map(|phase| run_permissions::policy(compiled.platform(), phase));
    let role = |service: &str| {
        format!("arn:aws:iam::111111111111:role/aws-service-role/{service}/AWSServiceRoleForECRReplication")
    };
    let is = |document: &Document, service: &str| {
        let context = [("iam:AWSServiceName", service)];
        allows(
            document,
            &policies.bindings,
            "iam:CreateServiceLinkedRole",
            &role("replication.ecr.amazonaws.com"),
            &context,
        )
    };
    assert!(is(&apply, "replication.ecr.amazonaws.com"));
    assert!(!is(&apply, "elasticloadbalancing.amazonaws.com") && !is(&plan, "replication.ecr.amazonaws.com"));
    let without = shop(SPEC.replace("replicate_to: [us-east-1], ", ""));
    let apply = run_permissions::policy(without.platform(), Phase::Apply);
    assert!(!is(&apply, "replication.ecr.amazonaws.com"));
}

/// A replica has the images of the repository, so who pulls from one pulls from both. Only ECR writes to it.
#[test]
fn roles_pull_from_replicas_and_push_to_none() {
    for replica in ["us-east-1", "{ region: us-east-1, replica: plain }"] {
        let compiled = shop(SPEC.replace("[us-east-1]", &format!("[{replica}]")));
        let policies = compiled.policies();
        let of = |name: &str| {
            let grant = policies.grants.iter().find(|grant| grant.access.name == name).expect("a grant");
            policies.document(grant.parts[0].policy)
        };
        let is = |name: &str, action: &str, region: &str, repository: &str| {
            allows(of(name), &policies.bindings, action, &arn("ecr", region, &format!("repository/{repository}")), &[])
        };
        for region in ["eu-central-1", "us-east-1"] {
            assert!(is("nodes", "ecr:BatchGetImage", region, "cart"), "{region}");
            assert!(is("nodes", "ecr:DescribeImages", region, "cart"), "{region}");
        }
        // It has no replica.
        assert!(is("nodes", "ecr:BatchGetImage", "eu-central-1", "search"));
        assert!(!is("nodes", "ecr:BatchGetImage", "us-east-1", "search"));
        for action in ["ecr:PutImage", "ecr:BatchDeleteImage", "ecr:BatchGetImage"] {
            assert!(is("ci", action, "eu-central-1", "cart") && !is("ci", action, "us-east-1", "cart"), "{action}");
        }
        // The boundary of roles allows it, so that their policies decide.
        let boundary = policies.document(policies.boundary.expect("a boundary"));
        for action in ["ecr:BatchGetImage", "ecr:DescribeImages"] {
            assert!(
                allows(boundary, &policies.bindings, action, &arn("ecr", "us-east-1", "repository/cart"), &[]),
                "{action}"
            );
        }
    }
}
