//! Guard rails: what a repository policy denies, and to whom. The contexts are those of the requests that AWS documents.

use ecrgen::iam::{Caller, Context, Decision};

use super::{OWNER, decide, policy};
use crate::harness::{Case, shop};

const PUSH: [&str; 4] = ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"];

/// A role, and the context of its requests.
fn role(account: &str, path_and_name: &str) -> (Caller, Context) {
    let arn = format!("arn:aws:iam::{account}:role/{path_and_name}");
    let caller = Caller::Role { role: arn.parse().expect("an ARN"), session: "session".to_owned() };
    let context = Context::default()
        .with("aws:PrincipalArn", [arn])
        .with("aws:PrincipalAccount", [account])
        .with("aws:PrincipalIsAWSService", ["false"])
        .with("aws:ViaAWSService", ["false"]);
    (caller, context)
}

fn service(name: &str) -> (Caller, Context) {
    (Caller::Service(name.to_owned()), Context::default().with("aws:PrincipalIsAWSService", ["true"]))
}

#[test]
fn only_the_excepted_entries_are_spared() {
    let policy = policy(
        "repositories: { cart: { deny: { push: { unless: [ci, partners] } } } }\n\
         access:\n  ci: { can: [push], repositories: all, roles: [ci] }\n  \
         partners: { can: [push], repositories: all, accounts: [\"222222222222\"] }\n",
    );
    let is_denied = |(caller, context): (Caller, Context), action| {
        matches!(decide(&policy, caller, action, context), Decision::ExplicitlyDenied { .. })
    };
    for action in PUSH {
        for name in ["ci", "team/ci"] {
            assert!(!is_denied(role(OWNER, name), action), "{name} {action}");
        }
        assert!(!is_denied(role("222222222222", "deploy"), action));
        assert!(!is_denied(
            role(OWNER, "aws-service-role/ecr.amazonaws.com/AWSServiceRoleForECRPullThroughCache"),
            action
        ));
        assert!(!is_denied(service("lambda.amazonaws.com"), action));
        for (account, name) in [(OWNER, "dev"), (OWNER, "ci2"), (OWNER, "ci/dev"), ("333333333333", "ci")] {
            assert!(is_denied(role(account, name), action), "{account} {name} {action}");
        }
    }
    // What a pull needs is not denied.
    for action in ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"] {
        assert!(!is_denied(role(OWNER, "dev"), action), "{action}");
    }
}

#[test]
fn requests_from_other_networks_are_denied() {
    let policy = policy(
        "repositories: { cart: { only_from: { vpc_endpoints: [vpce-0a1b2c3d], ip_ranges: [203.0.113.0/24] } } }\n\
         access: { partners: { can: [push, pull], repositories: all, accounts: [\"222222222222\"] } }\n",
    );
    let is_denied = |name: &str, key: &str, value: &str, action: &str| {
        let (caller, context) = role(OWNER, name);
        matches!(decide(&policy, caller, action, context.with(key, [value])), Decision::ExplicitlyDenied { .. })
    };
    for action in ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:PutImage", "ecr:BatchDeleteImage"] {
        assert!(!is_denied("dev", "aws:SourceVpce", "vpce-0a1b2c3d", action), "{action}");
        assert!(!is_denied("dev", "aws:SourceIp", "203.0.113.7", action), "{action}");
        assert!(is_denied("dev", "aws:SourceVpce", "vpce-0a1b2c3e", action), "{action}");
        assert!(is_denied("dev", "aws:SourceIp", "198.51.100.7", action), "{action}");
        let inspector = "aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2";
        assert!(!is_denied(inspector, "aws:SourceIp", "198.51.100.7", action), "{action}");
    }
    // Terraform manages the repository from anywhere.
    for action in ["ecr:SetRepositoryPolicy", "ecr:DeleteRepository", "ecr:DescribeRepositories"] {
        assert!(!is_denied("apply", "aws:SourceIp", "198.51.100.7", action), "{action}");
    }
}

const SPEC: &str = "\
platform: shop
environment: shared
region: eu-central-1
account: \"111111111111\"
repositories:
  cart: { deny: { push: { unless: [ci] }, delete: { unless: [ci] } } }
  search: { only_from: { vpcs: [vpc-0a1b2c3d] } }
access:
  ci:
    can: [push, delete]
    repositories: [cart]
    github: { repository: acme/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
  dev: { can: [push, pull], repositories: all, roles: [dev] }
  admins: { can: [pull], repositories: all, permission_set: { name: Admins, instance: \"arn:aws:sso:::instance/ssoins-1234567890abcdef\", region: eu-central-1 } }
assert: { only ci pushes carts: { can: [push], only: [ci], repositories: [cart] } }
";

/// The roles that the output creates are references, and the answers follow the denials.
#[test]
fn access_answers_by_the_denials() {
    let case = Case::new().file("shop.yaml", SPEC);
    for (question, status, what) in [
        ("ci push cart", 0, "yes:"),
        ("ci delete cart", 0, "yes:"),
        ("dev push cart", 1, "no:"),
        ("dev pull cart", 0, "yes:"),
        ("dev push search", 0, "vpc-0a1b2c3d"),
        ("admins pull search", 0, "vpc-0a1b2c3d"),
    ] {
        let words: Vec<&str> = question.split(' ').collect();
        let outcome = case.run(&[&["access", "shop.yaml", "--can"], words.as_slice()].concat());
        assert_eq!(outcome.status, status, "{question}: {}{}", outcome.out, outcome.err);
        assert!(outcome.out.contains(what), "{question}: {}", outcome.out);
    }
    let outcome = case.run(&["render", "shop.yaml"]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    let text = case.read("shared/ecr/repository_cart.tf");
    assert!(text.contains("aws_iam_role.ci.arn"), "{text}");
    // The assertion holds only because of the denial: `dev` can push as far as its own policy is concerned.
    let without = SPEC.replace("push: { unless: [ci] }, ", "");
    case.write("shop.yaml", without);
    let outcome = case.run(&["lint", "shop.yaml"]);
    assert!(outcome.out.contains("failed-assertion"), "{}", outcome.out);
}

#[test]
fn faults_are_found_where_they_are() {
    for (rest, code) in [
        ("repositories: { cart: { deny: { push: { unless: [cy] } } } }", "unknown-access"),
        (
            "repository_defaults: { deny: { push: { unless: [cy] } } }\nrepositories: { cart: {}, search: {} }",
            "unknown-access",
        ),
        ("repositories: { cart: { deny: {} } }", "missing-key"),
        ("repositories: { cart: { deny: { push: {} } } }", "missing-key"),
        ("repositories: { cart: { deny: { push: { unless: [] } } } }", "empty-list"),
        ("repositories: { cart: { deny: { read: { unless: [ci] } } } }", "unknown-key"),
        ("repositories: { cart: { only_from: {} } }", "missing-key"),
        ("repositories: { cart: { only_from: { ip_ranges: [203.0.113.256] } } }", "malformed"),
    ] {
        let access = "access: { ci: { can: [push], repositories: all, roles: [ci] } }\n";
        let compiled = shop(format!("{rest}\n{access}"));
        assert_eq!(compiled.codes()[0], code, "{rest}");
    }
}
