//! Documents read, written and refused.

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
fn a_trust_policy_is_written_in_the_order_of_awss_examples() {
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
fn a_pull_policy_says_the_same_in_every_partition() {
    let document = Document::new([Statement::allow(Verb::Pull.actions()).on([arn::repository("app")])]);
    let china = Bindings { partition: "aws-cn".into(), ..Bindings::commercial("cn-north-1", "123456789012") };
    assert_eq!(
        document.to_json(&china)["Statement"][0]["Resource"],
        "arn:aws-cn:ecr:cn-north-1:123456789012:repository/app"
    );
}

#[test]
#[should_panic(expected = "StringEquals already has this key")]
fn a_key_is_not_given_twice_to_an_operator() {
    let _ = Statement::allow([Action::named("ecr:PutImage")])
        .when(Operator::STRING_EQUALS, "aws:SourceAccount", ["1"])
        .when(Operator::STRING_EQUALS, "aws:SourceAccount", ["2"]);
}

#[test]
fn a_document_with_every_element_comes_back_as_it_was() {
    let document = json!({"Version": "2012-10-17", "Id": "Key policy 1", "Statement": [
        {"Sid": "A1", "Effect": "Allow", "Principal": "*", "Action": ["ecr:Put*", "ecr:BatchGetImage"],
         "Resource": ["arn:aws:ecr:*:*:repository/a", "*"],
         "Condition": {"StringEquals": {"a:x": ["1", "2"], "a:y": "3"}, "ForAnyValue:StringLikeIfExists": {"a:z": "*"}}},
        {"Effect": "Deny", "NotPrincipal": {"AWS": ["123456789012", "*"], "CanonicalUser": "f00", "Federated": "accounts.google.com",
         "Service": "ecr.amazonaws.com"}, "NotAction": "iam:*", "NotResource": "arn:aws:s3:::b/*"}]});
    assert_eq!(round_trip(&document), document);
}

#[test]
fn scalars_and_lists_of_one_mean_the_same() {
    let scalar = json!({"Version": "2012-10-17", "Statement":
        {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "ecr:*", "Resource": "*",
         "Condition": {"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"a:n": 10}}}});
    let list = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ["123456789012"]}, "Action": ["ecr:*"], "Resource": ["*"],
         "Condition": {"Bool": {"aws:SecureTransport": ["true"]}, "NumericLessThan": {"a:n": ["10"]}}}]});
    assert_eq!(round_trip(&scalar), round_trip(&list));
}

#[test]
fn text_that_is_not_json_is_one_fault() {
    for text in ["", "{", "{} {}", "{'a': 1}"] {
        let faults = Document::from_json(text).expect_err("not JSON");
        assert_eq!(faults.len(), 1, "{text}");
        assert!(faults[0].to_string().starts_with("not JSON: "), "{text}");
    }
    assert_eq!(faults(&json!([])), ["an object is needed here"]);
}

#[test]
fn repeated_keys_are_found_where_they_stand() {
    let text = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": "*",
        "Condition": {"StringEquals": {"a:x": "1", "a:x": "2"}}, "Effect": "Deny"}]}"#;
    let faults = Document::from_json(text).expect_err("repeated keys");
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "Statement[0].Condition.StringEquals.a:x: the same key stands here twice",
            "Statement[0].Effect: the same key stands here twice"
        ]
    );
}

#[test]
fn all_faults_are_reported_at_once() {
    let document = json!({"Version": "2012-10-18", "Statements": [], "Statement": [
        {"Sid": "a b", "Effect": "allow", "Action": ["ecr", 1], "NotAction": "ecr:*", "Resource": []},
        {"Sid": "B", "Effect": "Allow", "Resource": "*", "Condition": {"StringIs": {"k": "v"}, "StringLike": {"k": {}}}},
        {"Sid": "B", "Effect": "Allow", "Action": "ecr:*", "Principal": {"AWS": "arn:aws:iam::123456789012:*", "Role": "x"}},
        7]});
    assert_eq!(
        faults(&document),
        [
            "Statements: the policy grammar knows no such key here",
            "Version: the version is 2012-10-17 (or, without policy variables, 2008-10-17)",
            "Statement[2].Sid: an earlier statement has the same Sid",
            "Statement[0].Sid: a Sid holds ASCII letters and digits only",
            "Statement[0].Effect: the effect is Allow or Deny",
            "Statement[0]: Action and NotAction exclude each other",
            "Statement[0].Action[0]: an action is * or service:Name, with wildcards in the name only",
            "Statement[0].Action[1]: a string is needed here",
            "Statement[0].Resource: this must not be empty",
            "Statement[1]: Action is missing",
            "Statement[1].Condition.StringIs: there is no such condition operator",
            "Statement[1].Condition.StringLike.k: a string, a number or a boolean is needed here",
            "Statement[2].Principal.Role: the policy grammar knows no such key here",
            "Statement[2].Principal.AWS: a principal is named in full; only a lone * stands for all",
            "Statement[3]: an object is needed here",
        ]
    );
}

#[test]
fn a_single_statement_counts_its_places_from_itself() {
    let faults = faults_of_statement(&json!({"Effect": "Allow", "Actions": "ecr:*", "Principal": {}}));
    assert_eq!(
        faults,
        [
            "Actions: the policy grammar knows no such key here",
            "Principal: this must not be empty",
            "Action is missing"
        ]
    );
}

#[test]
fn a_document_of_the_older_version_comes_back_in_todays_words() {
    let old = json!({"Statement": {"Effect": "Allow", "Action": "ecr:*", "Resource": "arn:aws:s3:::${aws:username}"}});
    assert_eq!(round_trip(&old)["Version"], "2012-10-17");
    assert_eq!(round_trip(&old)["Statement"][0]["Resource"], "arn:aws:s3:::${$}{aws:username}");
}

#[test]
fn each_kind_of_policy_has_its_elements() {
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
    assert_eq!(shown(PolicyKind::Managed, &registry), ["NotPrincipal: this kind of policy must not have this element"]);
    assert_eq!(
        shown(PolicyKind::Repository, &identity),
        ["Principal is missing", "Resource: this kind of policy must not have this element"]
    );
    assert_eq!(shown(PolicyKind::Registry, &trust), ["Resource is missing"]);
}

#[test]
fn symbols_may_stand_in_condition_keys() {
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
