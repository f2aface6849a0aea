//! Guard rails: what a repository policy denies, and to whom. The contexts are those of the requests that AWS documents.

use ecrgen::iam::{Caller, Context, Decision};
use ecrgen::principals::KINDS;

use super::{OWNER, allows, decide, policy};
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

/// Callers that an entry grants access to through the repository policy, and others.
struct Callers {
    /// The kind of principal.
    kind: &'static str,
    /// The principal of the entry.
    principal: &'static str,
    /// The callers that the entry grants access to: the account, the name of the role, and the path in the organization.
    granted: &'static [(&'static str, &'static str, &'static str)],
    /// Others, which a denial applies to.
    others: &'static [(&'static str, &'static str, &'static str)],
}

const HERE: &str = "o-a1b2c3d4e5/r-a1b2/ou-a1b2-c3d4e5f6/";
const ELSEWHERE: &str = "o-a1b2c3d4e5/r-a1b2/ou-a1b2-00000001/";

const IN_REPOSITORY_POLICIES: &[Callers] = &[
    Callers {
        kind: "accounts",
        principal: "accounts: [\"222222222222\"]",
        granted: &[("222222222222", "deploy", "")],
        others: &[("333333333333", "deploy", ""), (OWNER, "deploy", "")],
    },
    Callers {
        kind: "accounts",
        principal: "accounts: all, organization: o-a1b2c3d4e5",
        granted: &[("222222222222", "deploy", HERE), ("333333333333", "deploy", ELSEWHERE)],
        others: &[("333333333333", "deploy", "o-zzzzzzzzzz/r-a1b2/"), ("333333333333", "deploy", "")],
    },
    Callers {
        kind: "accounts",
        principal: "accounts: all, organization: o-a1b2c3d4e5, organizational_units: [ou-a1b2-c3d4e5f6]",
        granted: &[("222222222222", "deploy", HERE)],
        others: &[("222222222222", "deploy", ELSEWHERE), (OWNER, "dev", ELSEWHERE), ("222222222222", "deploy", "")],
    },
    Callers {
        kind: "lambda",
        principal: "lambda: { functions: [processor], accounts: [\"222222222222\", \"111111111111\"] }",
        granted: &[("222222222222", "deploy", "")],
        others: &[("333333333333", "deploy", ""), (OWNER, "dev", "")],
    },
    Callers {
        kind: "lambda",
        principal: "lambda: { functions: [processor], organization: o-a1b2c3d4e5 }",
        granted: &[("222222222222", "deploy", HERE), ("333333333333", "deploy", ELSEWHERE)],
        others: &[("333333333333", "deploy", "o-zzzzzzzzzz/r-a1b2/"), ("333333333333", "deploy", "")],
    },
    // CodeBuild pulls images itself, also for projects of other accounts.
    Callers {
        kind: "codebuild",
        principal: "codebuild: { projects: [build], accounts: [\"222222222222\"] }",
        granted: &[],
        others: &[("222222222222", "build", ""), (OWNER, "dev", "")],
    },
    Callers {
        kind: "roles",
        principal: "roles: [\"arn:aws:iam::222222222222:role/team/deploy\"]",
        granted: &[("222222222222", "team/deploy", "")],
        others: &[("222222222222", "deploy", ""), (OWNER, "team/deploy", "")],
    },
    Callers {
        kind: "node_roles",
        principal: "node_roles: [\"arn:aws:iam::222222222222:role/node\"]",
        granted: &[("222222222222", "node", "")],
        others: &[("222222222222", "other", ""), (OWNER, "node", "")],
    },
];

fn of_organization((account, name, path): (&str, &str, &str)) -> (Caller, Context) {
    let (caller, context) = role(account, name);
    let context = match path.split_once('/') {
        Some((organization, _)) => {
            context.with("aws:PrincipalOrgID", [organization]).with("aws:PrincipalOrgPaths", [path])
        }
        None => context,
    };
    (caller, context)
}

/// What `unless` lists keeps what its own statements grant.
#[test]
fn every_caller_that_an_excepted_entry_grants_access_to_is_spared() {
    for Callers { principal, granted, others, .. } in IN_REPOSITORY_POLICIES {
        let policy = policy(&format!(
            "account: \"{OWNER}\"\nrepositories: {{ cart: {{ deny: {{ pull: {{ unless: [them] }} }} }} }}\n\
             access: {{ them: {{ can: [pull], repositories: all, {principal} }} }}\n"
        ));
        for action in ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] {
            for who in *granted {
                let (caller, context) = of_organization(*who);
                assert!(allows(&policy, caller, action, context), "{principal}: {who:?} {action}");
            }
            for who in *others {
                let (caller, context) = of_organization(*who);
                let decision = decide(&policy, caller, action, context);
                assert!(matches!(decision, Decision::ExplicitlyDenied { .. }), "{principal}: {who:?} {action}");
            }
        }
    }
}

/// A kind whose callers are missing above would be denied unnoticed.
#[test]
fn the_callers_of_each_kind_in_repository_policies_are_listed() {
    let listed = |kind: &str| IN_REPOSITORY_POLICIES.iter().any(|callers| callers.kind == kind);
    for kind in KINDS {
        let compiled = shop(format!("repositories: {{ shop: {{}} }}\naccess: {{ them: {} }}", kind.example));
        let platform = compiled.platform();
        let names_it = platform.access.iter().any(|access| access.is_in_repository_policies());
        assert!(!names_it || listed(kind.key), "{}", kind.key);
    }
}

/// Lambda pulls images itself, but the account of the functions creates them with its own permissions.
#[test]
fn an_entry_whose_accounts_are_denied_gets_a_warning() {
    let codes = |unless: &str, accounts: &str| {
        let compiled = shop(format!(
            "account: \"{OWNER}\"\nrepositories: {{ cart: {{ deny: {{ pull: {{ unless: [{unless}] }} }} }} }}\n\
             access:\n  nodes: {{ can: [pull], repositories: all, roles: [node] }}\n  \
             lambda: {{ can: [pull], repositories: all, lambda: {{ functions: [f]{accounts} }} }}\n"
        ));
        super::codes(&compiled)
    };
    assert_eq!(codes("nodes", ", accounts: [\"222222222222\"]"), ["denied-grant"]);
    assert_eq!(codes("nodes, lambda", ", accounts: [\"222222222222\"]"), [""; 0]);
    assert_eq!(
        codes("nodes", ", accounts: [\"111111111111\"]"),
        [""; 0],
        "the service alone pulls for its own account"
    );
    assert_eq!(codes("nodes", ""), [""; 0]);
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

/// RFC 6890 and RFC 6598 list the addresses that are not routed on the internet.
#[test]
fn warns_about_addresses_that_no_request_has_or_all_have() {
    let codes = |range: &str| {
        let waive = "waive: { lambda-access-removed: { at: [repositories], reason: no functions } }\n";
        let compiled =
            shop(format!("repositories: {{ cart: {{ only_from: {{ ip_ranges: [\"{range}\"] }} }} }}\n{waive}"));
        compiled.codes()
    };
    for range in ["203.0.113.0/24", "8.8.8.8", "172.32.0.1", "100.128.0.0/9", "2001:4860::/32"] {
        assert_eq!(codes(range), [""; 0], "{range}");
    }
    for range in [
        "10.0.0.0/8",
        "172.16.5.4",
        "192.168.0.0/16",
        "127.0.0.1",
        "169.254.0.0/16",
        "100.64.0.0/10",
        "fd00::/8",
        "::1",
        "0.0.0.0/0",
        "::/0",
    ] {
        assert_eq!(codes(range), ["ip-range-without-effect"], "{range}");
    }
}
