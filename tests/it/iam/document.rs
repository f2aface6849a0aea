//! Reading, writing and rejecting documents.

use ecrgen::iam::{Action, Bindings, Document, Operator, PolicyKind, Principal, Statement, Symbol, Text, Verb, arn};
use serde_json::{Value, json};

fn bindings() -> Bindings {
    Bindings::commercial("eu-west-1", "123456789012")
}

fn round_trip(document: &Value) -> Value {
    let read = Document::from_json(&document.to_string()).unwrap_or_else(|faults| panic!("{faults:?}"));
    read.to_json(&bindings())
}

fn faults(document: &Value) -> Vec<String> {
    let faults = Document::from_json(&document.to_string()).expect_err("a faulty document");
    faults.iter().map(ToString::to_string).collect()
}

fn faults_of_statement(statement: &Value) -> Vec<String> {
    Statement::from_json(statement).expect_err("a faulty statement").iter().map(ToString::to_string).collect()
}

#[test]
fn writes_a_trust_policy_in_the_order_of_the_aws_examples() {
    let issuer = Text::from("token.actions.githubusercontent.com");
    let statement = Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid("GitHub".parse().expect("a Sid"))
        .by(Principal::federated([arn::oidc_provider(&issuer)]))
        .when(Operator::STRING_EQUALS, issuer.clone().literal(":sub"), ["repo:o/r:ref:refs/heads/main"])
        .when(Operator::STRING_EQUALS, issuer.literal(":aud"), ["sts.amazonaws.com"]);
    let expected = concat!(
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"GitHub","Effect":"Allow","#,
        r#""Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},"#,
        r#""Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"#,
        r#""token.actions.githubusercontent.com:aud":"sts.amazonaws.com","#,
        r#""token.actions.githubusercontent.com:sub":"repo:o/r:ref:refs/heads/main"}}}]}"#
    );
    assert_eq!(Document::new([statement]).to_json(&bindings()).to_string(), expected);
}

#[test]
fn binds_the_partition_of_a_pull_policy() {
    let document = Document::new([Statement::allow(Verb::Pull.actions()).on([arn::repository("app")])]);
    let china = Bindings { partition: "aws-cn".into(), ..Bindings::commercial("cn-north-1", "123456789012") };
    assert_eq!(
        document.to_json(&china)["Statement"][0]["Resource"],
        "arn:aws-cn:ecr:cn-north-1:123456789012:repository/app"
    );
}

#[test]
#[should_panic(expected = "StringEquals already has this key")]
fn panics_when_an_operator_has_a_key_twice() {
    let _ = Statement::allow([Action::named("ecr:PutImage")])
        .when(Operator::STRING_EQUALS, "aws:SourceAccount", ["1"])
        .when(Operator::STRING_EQUALS, "aws:SourceAccount", ["2"]);
}

#[test]
fn round_trips_a_document_with_every_element() {
    let document = json!({"Version": "2012-10-17", "Id": "Key policy 1", "Statement": [
        {"Sid": "A1", "Effect": "Allow", "Principal": "*", "Action": ["ecr:Put*", "ecr:BatchGetImage"],
         "Resource": ["arn:aws:ecr:*:*:repository/a", "*"],
         "Condition": {"StringEquals": {"a:x": ["1", "2"], "a:y": "3"}, "ForAnyValue:StringLikeIfExists": {"a:z": "*"}}},
        {"Effect": "Deny", "NotPrincipal": {"AWS": ["123456789012", "*"], "CanonicalUser": "f00", "Federated": "accounts.google.com",
         "Service": "ecr.amazonaws.com"}, "NotAction": "iam:*", "NotResource": "arn:aws:s3:::b/*"}]});
    assert_eq!(round_trip(&document), document);
}

#[test]
fn treats_scalars_as_lists_with_one_item() {
    let scalar = json!({"Version": "2012-10-17", "Statement":
        {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "ecr:*", "Resource": "*",
         "Condition": {"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"a:n": 10}}}});
    let list = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ["123456789012"]}, "Action": ["ecr:*"], "Resource": ["*"],
         "Condition": {"Bool": {"aws:SecureTransport": ["true"]}, "NumericLessThan": {"a:n": ["10"]}}}]});
    assert_eq!(round_trip(&scalar), round_trip(&list));
}

#[test]
fn reports_one_fault_for_text_that_is_not_json() {
    for text in ["", "{", "{} {}", "{'a': 1}"] {
        let faults = Document::from_json(text).expect_err("not JSON");
        assert_eq!(faults.len(), 1, "{text}");
        assert!(faults[0].to_string().starts_with("not JSON: "), "{text}");
    }
    assert_eq!(faults(&json!([])), ["expected an object"]);
}

#[test]
fn reports_repeated_keys_at_their_place() {
    let text = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": "*",
        "Condition": {"StringEquals": {"a:x": "1", "a:x": "2"}}, "Effect": "Deny"}]}"#;
    let faults = Document::from_json(text).expect_err("repeated keys");
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "Statement[0].Condition.StringEquals.a:x: the key appears more than once",
            "Statement[0].Effect: the key appears more than once"
        ]
    );
}

#[test]
fn reports_all_faults_at_once() {
    let document = json!({"Version": "2012-10-18", "Statements": [], "Statement": [
        {"Sid": "a-b", "Effect": "allow", "Action": ["ecr", 1], "NotAction": "ecr:*", "Resource": []},
        {"Sid": "B", "Effect": "Allow", "Resource": "*", "Condition": {"StringIs": {"k": "v"}, "StringLike": {"k": {}}}},
        {"Sid": "B", "Effect": "Allow", "Action": "ecr:*", "Principal": {"AWS": "arn:aws:iam::123456789012:*", "Role": "x"}},
        7]});
    assert_eq!(
        faults(&document),
        [
            "Statements: IAM policies have no such key here",
            "Version: the version must be `2012-10-17`, or `2008-10-17` if the policy has no variables",
            "Statement[2].Sid: an earlier statement has the same `Sid`",
            "Statement[0].Sid: a `Sid` can only contain ASCII letters and digits, and in a repository policy also spaces and colons",
            "Statement[0].Effect: the effect must be `Allow` or `Deny`",
            "Statement[0]: `Action` and `NotAction` cannot be used together",
            "Statement[0].Action[0]: an action must be `*` or `service:Name`, with wildcards only in the name",
            "Statement[0].Action[1]: expected a string",
            "Statement[0].Resource: this must not be empty",
            "Statement[1]: `Action` is missing",
            "Statement[1].Condition.StringIs: unknown condition operator",
            "Statement[1].Condition.StringLike.k: expected a string, a number or a boolean",
            "Statement[2].Principal.Role: IAM policies have no such key here",
            "Statement[2].Principal.AWS: a principal cannot contain a wildcard, unless it is a single `*`",
            "Statement[3]: expected an object",
        ]
    );
}

#[test]
fn places_in_a_single_statement_are_relative_to_it() {
    let faults = faults_of_statement(&json!({"Effect": "Allow", "Actions": "ecr:*", "Principal": {}}));
    assert_eq!(
        faults,
        ["Actions: IAM policies have no such key here", "Principal: this must not be empty", "`Action` is missing"]
    );
}

#[test]
fn converts_a_document_of_the_older_version() {
    let old = json!({"Statement": {"Effect": "Allow", "Action": "ecr:*", "Resource": "arn:aws:s3:::${aws:username}"}});
    assert_eq!(round_trip(&old)["Version"], "2012-10-17");
    assert_eq!(round_trip(&old)["Statement"][0]["Resource"], "arn:aws:s3:::${$}{aws:username}");
}

#[test]
fn checks_the_elements_of_each_kind_of_policy() {
    let statement = |extra: Value| {
        let mut statement = json!({"Effect": "Allow", "Action": "ecr:*"});
        statement.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        Statement::from_json(&statement).expect("a statement")
    };
    let shown = |kind: PolicyKind, statement: &Statement| {
        kind.statement_faults(statement).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let identity = statement(json!({"Resource": "*"}));
    let trust = statement(json!({"Principal": "*"}));
    let registry = statement(json!({"NotPrincipal": "*", "NotResource": "*"}));
    let none: [&str; 0] = [];
    assert_eq!(shown(PolicyKind::Managed, &identity), none);
    assert_eq!(shown(PolicyKind::Trust, &trust), none);
    assert_eq!(shown(PolicyKind::Repository, &trust), none);
    assert_eq!(shown(PolicyKind::Registry, &registry), none);
    assert_eq!(
        shown(PolicyKind::Managed, &registry),
        ["NotPrincipal: this element is not allowed in this kind of policy"]
    );
    assert_eq!(
        shown(PolicyKind::Repository, &identity),
        ["`Principal` is missing", "Resource: this element is not allowed in this kind of policy"]
    );
    assert_eq!(shown(PolicyKind::Registry, &trust), ["`Resource` is missing"]);
}

#[test]
fn binds_symbols_in_condition_keys() {
    let key = Text::from(Symbol::Issuer("c".into())).literal(":aud");
    let statement = Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")]).when(
        Operator::STRING_EQUALS,
        key,
        ["sts.amazonaws.com"],
    );
    let json = statement.to_json(&bindings().issuer("c", "oidc.eks.eu-west-1.amazonaws.com/id/0A"));
    assert_eq!(
        json["Condition"],
        json!({"StringEquals": {"oidc.eks.eu-west-1.amazonaws.com/id/0A:aud": "sts.amazonaws.com"}})
    );
}
