//! Lambda can pull for the named functions, and for no others.

use ecrgen::iam::{Caller, Context};

use super::{OWNER, allows, policy, role_of};
use crate::harness::shop;

const OTHER: &str = "222222222222";
const PULL: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

fn spec(can: &str, lambda: &str) -> String {
    format!(
        "repositories: {{ cart: {{}} }}\n\
         access: {{ image-processor: {{ can: [{can}], repositories: [cart], lambda: {lambda} }} }}\n"
    )
}

fn lambda() -> Caller {
    Caller::Service("lambda.amazonaws.com".to_owned())
}

fn source(arn: &str) -> Context {
    Context::default().with("aws:SourceArn", [arn])
}

fn function(account: &str, name: &str) -> Context {
    source(&format!("arn:aws:lambda:eu-central-1:{account}:function:{name}"))
}

#[test]
fn the_named_function_can_pull() {
    let policy = policy(&spec("pull", "{ functions: [image-processor] }"));
    for action in PULL {
        assert!(allows(&policy, lambda(), action, function(OWNER, "image-processor")));
        assert!(allows(&policy, lambda(), action, function(OWNER, "image-processor:7")), "a version of the function");
        for (who, context) in [
            ("another function", function(OWNER, "other")),
            ("a function with the same prefix", function(OWNER, "image-processor-2")),
            ("the same name in another account", function(OTHER, "image-processor")),
            ("another region", source(&format!("arn:aws:lambda:us-east-1:{OWNER}:function:image-processor"))),
            ("an unknown function", Context::default()),
        ] {
            assert!(!allows(&policy, lambda(), action, context), "{who}");
        }
        let build = Caller::Service("codebuild.amazonaws.com".to_owned());
        assert!(!allows(&policy, build, action, function(OWNER, "image-processor")));
        assert!(!allows(&policy, role_of(OTHER), action, Context::default()));
    }
    assert!(!allows(&policy, lambda(), "ecr:PutImage", function(OWNER, "image-processor")));
    assert_eq!(policy.statements.len(), 1);
}

#[test]
fn a_pattern_matches_functions() {
    let policy = policy(&spec("pull", "{ functions: [\"report-*\"] }"));
    assert!(allows(&policy, lambda(), PULL[0], function(OWNER, "report-daily")));
    assert!(allows(&policy, lambda(), PULL[0], function(OWNER, "report-daily:live")));
    assert!(!allows(&policy, lambda(), PULL[0], function(OWNER, "reports")));
}

/// Lambda developer guide: the principals of the account create the function, and the service runs it.
#[test]
fn another_account_can_create_functions_that_lambda_runs() {
    let policy = policy(&spec("pull", "{ functions: [\"*\"], accounts: [\"222222222222\"] }"));
    assert_eq!(policy.statements.len(), 2);
    for action in PULL {
        assert!(allows(&policy, role_of(OTHER), action, Context::default()));
        assert!(allows(&policy, lambda(), action, function(OTHER, "any")));
        assert!(!allows(&policy, lambda(), action, function(OWNER, "any")), "only the named accounts");
        assert!(!allows(&policy, lambda(), action, function("333333333333", "any")));
        assert!(!allows(&policy, role_of("333333333333"), action, Context::default()));
    }
    assert!(!allows(&policy, role_of(OTHER), "ecr:PutImage", Context::default()));
}

#[test]
fn accepts_this_account_together_with_others() {
    let lambda_here_too = "{ functions: [f], accounts: [\"111111111111\", \"222222222222\"] }";
    let policy = policy(&format!("account: \"{OWNER}\"\n{}", spec("pull", lambda_here_too)));
    for account in [OWNER, OTHER] {
        assert!(allows(&policy, lambda(), PULL[0], function(account, "f")), "{account}");
    }
    assert!(allows(&policy, role_of(OTHER), PULL[0], Context::default()));
    assert!(
        !allows(&policy, role_of(OWNER), PULL[0], Context::default()),
        "identity policies decide in its own account"
    );
}

/// IAM user guide, "AWS global condition context keys": `aws:SourceOrgID` is the organization of the account for whose resource
/// a service sends a request, `aws:PrincipalOrgID` the one of the caller's account.
#[test]
fn any_account_of_an_organization_can_create_functions_that_lambda_runs() {
    const ORGANIZATION: &str = "o-a1b2c3d4e5";
    let policy = policy(&spec("pull", "{ functions: [report], organization: o-a1b2c3d4e5 }"));
    let of =
        |account: &str, name: &str, organization: &str| function(account, name).with("aws:SourceOrgID", [organization]);
    let member = |organization: &str| Context::default().with("aws:PrincipalOrgID", [organization]);
    for action in PULL {
        for account in [OWNER, OTHER, "333333333333"] {
            assert!(allows(&policy, lambda(), action, of(account, "report", ORGANIZATION)), "{account}");
            assert!(allows(&policy, lambda(), action, of(account, "report:7", ORGANIZATION)), "{account}");
            assert!(allows(&policy, role_of(account), action, member(ORGANIZATION)), "{account}");
            assert!(!allows(&policy, role_of(account), action, member("o-zzzzzzzzzz")), "{account}");
            assert!(!allows(&policy, role_of(account), action, Context::default()), "no organization");
        }
        for (who, context) in [
            ("another function", of(OTHER, "reports", ORGANIZATION)),
            ("another organization", of(OTHER, "report", "o-zzzzzzzzzz")),
            ("no organization", function(OTHER, "report")),
            ("no function", Context::default().with("aws:SourceOrgID", [ORGANIZATION])),
        ] {
            assert!(!allows(&policy, lambda(), action, context), "{who}");
        }
    }
    assert!(!allows(&policy, role_of(OTHER), "ecr:PutImage", member(ORGANIZATION)));
    let both = shop(spec("pull", "{ functions: [f], accounts: [\"222222222222\"], organization: o-a1b2c3d4e5 }"));
    assert_eq!(both.codes(), ["keys-exclude-each-other"]);
}

#[test]
fn rejects_verbs_other_than_pull() {
    for can in ["push", "read", "delete", "create", "\"ecr:DescribeImages\"", "\"ecr:GetAuthorizationToken\""] {
        assert_eq!(shop(spec(can, "{ functions: [f] }")).codes(), ["refused-verb"], "{can}");
    }
    assert_eq!(
        shop(spec("push", "{ functions: [f] }")).message(),
        "Lambda cannot be granted `push`: it only pulls the image of a function"
    );
}
