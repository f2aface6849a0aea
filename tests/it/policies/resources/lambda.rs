//! Lambda pulls for the functions that are named, and nobody else by its name.

use ecrgen::iam::{Caller, Context};

use super::{OWNER, lets_in, policy, role_of};
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
fn the_named_function_of_this_account_gets_its_image() {
    let policy = policy(&spec("pull", "{ functions: [image-processor] }"));
    for action in PULL {
        assert!(lets_in(&policy, lambda(), action, function(OWNER, "image-processor")));
        assert!(lets_in(&policy, lambda(), action, function(OWNER, "image-processor:7")), "a version of it");
        for (who, context) in [
            ("another function", function(OWNER, "other")),
            ("a function that begins like it", function(OWNER, "image-processor-2")),
            ("the same name elsewhere", function(OTHER, "image-processor")),
            ("another region", source(&format!("arn:aws:lambda:us-east-1:{OWNER}:function:image-processor"))),
            ("nobody knows", Context::default()),
        ] {
            assert!(!lets_in(&policy, lambda(), action, context), "{who}");
        }
        let build = Caller::Service("codebuild.amazonaws.com".to_owned());
        assert!(!lets_in(&policy, build, action, function(OWNER, "image-processor")));
        assert!(!lets_in(&policy, role_of(OTHER), action, Context::default()));
    }
    assert!(!lets_in(&policy, lambda(), "ecr:PutImage", function(OWNER, "image-processor")));
    assert_eq!(policy.statements.len(), 1);
}

#[test]
fn a_pattern_stands_for_the_functions_that_match() {
    let policy = policy(&spec("pull", "{ functions: [\"report-*\"] }"));
    assert!(lets_in(&policy, lambda(), PULL[0], function(OWNER, "report-daily")));
    assert!(lets_in(&policy, lambda(), PULL[0], function(OWNER, "report-daily:live")));
    assert!(!lets_in(&policy, lambda(), PULL[0], function(OWNER, "reports")));
}

/// Lambda developer guide: the account's principals make the function, the service runs it.
#[test]
fn another_account_makes_the_function_and_lambda_runs_it() {
    let policy = policy(&spec("pull", "{ functions: [\"*\"], accounts: [\"222222222222\"] }"));
    assert_eq!(policy.statements.len(), 2);
    for action in PULL {
        assert!(lets_in(&policy, role_of(OTHER), action, Context::default()));
        assert!(lets_in(&policy, lambda(), action, function(OTHER, "any")));
        assert!(!lets_in(&policy, lambda(), action, function(OWNER, "any")), "only the accounts that are named");
        assert!(!lets_in(&policy, lambda(), action, function("333333333333", "any")));
        assert!(!lets_in(&policy, role_of("333333333333"), action, Context::default()));
    }
    assert!(!lets_in(&policy, role_of(OTHER), "ecr:PutImage", Context::default()));
}

#[test]
fn the_accounts_can_be_this_one_and_others() {
    let lambda_here_too = "{ functions: [f], accounts: [\"111111111111\", \"222222222222\"] }";
    let policy = policy(&format!("account: \"{OWNER}\"\n{}", spec("pull", lambda_here_too)));
    for account in [OWNER, OTHER] {
        assert!(lets_in(&policy, lambda(), PULL[0], function(account, "f")), "{account}");
    }
    assert!(lets_in(&policy, role_of(OTHER), PULL[0], Context::default()));
    assert!(!lets_in(&policy, role_of(OWNER), PULL[0], Context::default()), "its own policies say who of it may");
}

#[test]
fn lambda_pulls_and_does_nothing_else() {
    for can in ["push", "read", "delete", "create", "\"ecr:DescribeImages\"", "\"ecr:GetAuthorizationToken\""] {
        assert_eq!(shop(spec(can, "{ functions: [f] }")).codes(), ["refused-verb"], "{can}");
    }
    assert_eq!(
        shop(spec("push", "{ functions: [f] }")).message(),
        "`lambda` cannot be given `push`: Lambda runs images and makes none; the role of a function can be under `roles`"
    );
}
