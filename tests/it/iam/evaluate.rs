//! Policy evaluation: the rules of AWS, case by case.

use ecrgen::iam::{
    Arn, Bindings, Caller, Context, Decision, Document, Principal, Request, Statement, evaluate, evaluate_trust,
};
use serde_json::{Value, json};

const GITHUB: &str = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
const SUB: &str = "token.actions.githubusercontent.com:sub";

fn bindings() -> Bindings {
    Bindings::commercial("eu-west-1", "123456789012")
}

fn arn(text: &str) -> Arn {
    text.parse().expect("an ARN")
}

fn document(version: &str, statements: &Value) -> Document {
    let text = json!({"Version": version, "Statement": statements}).to_string();
    Document::from_json(&text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

fn shown(decision: Decision) -> String {
    match decision {
        Decision::Allowed { .. } => "allowed".into(),
        Decision::Delegated { .. } => "delegated".into(),
        Decision::ExplicitlyDenied { by } => format!("denied by {}.{}", by.document, by.statement),
        Decision::NotAllowed => "not allowed".into(),
    }
}

fn context(case: &Value) -> Context {
    let entries = case["context"].as_object().into_iter().flatten();
    entries.fold(Context::default(), |context, (key, values)| match values {
        Value::Array(values) => context.with(key, values.iter().filter_map(Value::as_str)),
        value => context.with(key, value.as_str()),
    })
}

/// A case with a `condition` tests a GitHub token against a trust policy, a case with a `resource policy` tests an IAM
/// user, and a case with `identity` policies tests a role.
fn decide(case: &Value) -> String {
    let version = case["version"].as_str().unwrap_or("2012-10-17");
    let statement_with = |condition: &Value| {
        json!({"Effect": "Allow", "Principal": {"Federated": GITHUB}, "Action": "sts:AssumeRoleWithWebIdentity",
               "Condition": condition})
    };
    if let Some(condition) = case.get("condition") {
        let sub = case.get("sub").map_or(Some("repo:o/r:ref:refs/heads/main"), Value::as_str);
        let request = Request {
            caller: Caller::Federated { provider: case["provider"].as_str().unwrap_or(GITHUB).into() },
            action: "sts:AssumeRoleWithWebIdentity".into(),
            resource: Some(arn("arn:aws:iam::123456789012:role/ci")),
            context: context(case).with(SUB, sub),
        };
        return shown(evaluate_trust(&document(version, &statement_with(condition)), &[], &bindings(), &request));
    }
    let caller = match case["user"].as_str() {
        Some(user) => Caller::User(arn(user)),
        None => Caller::Role { role: arn("arn:aws:iam::123456789012:role/ci/push"), session: "s".into() },
    };
    let resource =
        case.get("resource").map_or(Some("arn:aws:ecr:eu-west-1:123456789012:repository/app"), Value::as_str);
    let action = case["action"].as_str().unwrap_or("ecr:PutImage").into();
    let request = Request { caller, action, resource: resource.map(arn), context: context(case) };
    let policies = ["resource policy", "identity", "second identity"].iter().filter_map(|kind| case.get(kind));
    let documents: Vec<Document> = policies.map(|statements| document(version, statements)).collect();
    shown(evaluate(&documents, &bindings(), &request))
}

#[test]
fn decides_the_test_vectors() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("vectors.json")).expect("a list of cases");
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| decide(case) != case["expect"])
        .map(|case| format!("{}: expected {}, was {}", case["case"], case["expect"], decide(case)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Vector 29: the reader rejects this policy, and a policy built in code matches nothing.
#[test]
fn a_principal_with_a_wildcard_matches_no_one() {
    let users = "arn:aws:iam::123456789012:user/*";
    let statement = Statement::allow(["ecr:PutImage".parse::<ecrgen::iam::ActionPattern>().expect("an action")]);
    let document = Document::new([statement.by(Principal::aws([users]))]);
    let request = Request {
        caller: Caller::User(arn("arn:aws:iam::123456789012:user/u")),
        action: "ecr:PutImage".into(),
        resource: None,
        context: Context::default(),
    };
    assert_eq!(evaluate(std::slice::from_ref(&document), &bindings(), &request), Decision::NotAllowed);
    assert!(Document::from_json(&document.to_json(&bindings()).to_string()).is_err());
}

fn assume(trusted: &str, identity: &Value) -> String {
    let trust = json!({"Effect": "Allow", "Principal": {"AWS": trusted}, "Action": "sts:AssumeRole"});
    let request = Request {
        caller: Caller::Role { role: arn("arn:aws:iam::123456789012:role/dev/developer"), session: "ada".into() },
        action: "sts:AssumeRole".into(),
        resource: Some(arn("arn:aws:iam::123456789012:role/ci")),
        context: Context::default(),
    };
    let identity = document("2012-10-17", identity);
    shown(evaluate_trust(&document("2012-10-17", &trust), &[identity], &bindings(), &request))
}

#[test]
fn a_trust_policy_for_the_account_delegates_to_identity_policies() {
    let may_assume = json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"});
    let may_push = json!({"Effect": "Allow", "Action": "ecr:PutImage", "Resource": "*"});
    let root = "arn:aws:iam::123456789012:root";
    assert_eq!(assume(root, &may_assume), "allowed");
    assert_eq!(assume(root, &may_push), "delegated");
}

#[test]
fn an_identity_policy_alone_does_not_allow_assuming_a_role() {
    let may_assume = json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"});
    assert_eq!(assume("arn:aws:iam::123456789012:role/other", &may_assume), "not allowed");
}

#[test]
fn a_trust_policy_for_a_role_or_session_decides_alone() {
    let unrelated = json!({"Effect": "Allow", "Action": "ecr:PutImage", "Resource": "*"});
    assert_eq!(assume("arn:aws:iam::123456789012:role/dev/developer", &unrelated), "allowed");
    assert_eq!(assume("arn:aws:sts::123456789012:assumed-role/developer/ada", &unrelated), "allowed");
    assert_eq!(assume("arn:aws:sts::123456789012:assumed-role/developer/eve", &unrelated), "not allowed");
}

#[test]
fn a_denial_in_an_identity_policy_overrides_the_trust_policy() {
    let denied = json!({"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::*:role/ci"});
    assert_eq!(assume("arn:aws:iam::123456789012:role/dev/developer", &denied), "denied by 1.0");
}

#[test]
fn matches_a_service_by_its_full_name() {
    let pull =
        json!({"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "ecr:BatchGetImage"});
    let called_by = |service: &str| {
        let request = Request {
            caller: Caller::Service(service.into()),
            action: "ecr:BatchGetImage".into(),
            resource: None,
            context: Context::default(),
        };
        shown(evaluate(&[document("2012-10-17", &pull)], &bindings(), &request))
    };
    assert_eq!(called_by("lambda.amazonaws.com"), "allowed");
    assert_eq!(called_by("lambda.amazonaws.com.cn"), "not allowed");
}

#[test]
fn everyone_includes_anonymous_callers() {
    let request = Request {
        caller: Caller::Anonymous,
        action: "ecr:BatchGetImage".into(),
        resource: None,
        context: Context::default(),
    };
    for everyone in [json!("*"), json!({"AWS": "*"})] {
        let public = json!({"Effect": "Allow", "Principal": everyone, "Action": "ecr:BatchGetImage"});
        assert_eq!(shown(evaluate(&[document("2012-10-17", &public)], &bindings(), &request)), "allowed");
    }
}
