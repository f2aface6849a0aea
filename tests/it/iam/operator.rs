//! Every condition operator, with and without its key in the request.

use ecrgen::iam::{Bindings, Caller, Comparison, Context, Decision, Document, Operator, Request, evaluate};
use serde_json::json;

/// Whether a statement with this single condition allows a request with these values.
fn holds(operator: &str, policy: &[&str], request: &[&str]) -> bool {
    let document = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {"k:key": policy}}}});
    let document = Document::from_json(&document.to_string()).expect("a document");
    let request = Request {
        caller: Caller::Anonymous,
        action: "ecr:PutImage".into(),
        resource: None,
        context: Context::default().with("k:key", request.iter().copied()),
    };
    evaluate(&[document], &Bindings::commercial("eu-west-1", "123456789012"), &request) != Decision::NotAllowed
}

/// An operator, a value in the policy, a value that it matches, and a value that it does not match.
const POSITIVE: &[(&str, &str, &str, &str)] = &[
    ("StringEquals", "main", "main", "Main"),
    ("StringEquals", "ma*", "ma*", "main"),
    ("StringEqualsIgnoreCase", "main", "MAIN", "maine"),
    ("StringLike", "ma?n*", "mainly", "man"),
    ("NumericEquals", "10", "10.0", "11"),
    ("NumericLessThan", "10", "9.5", "10"),
    ("NumericLessThanEquals", "10", "10", "10.1"),
    ("NumericGreaterThan", "10", "11", "10"),
    ("NumericGreaterThanEquals", "10", "10", "9"),
    ("DateEquals", "2026-11-21T12:00:00Z", "2026-11-21T13:00:00+01:00", "2026-11-21T12:00:01Z"),
    ("DateEquals", "2024-02-29", "1709164800", "1709164801"),
    ("DateLessThan", "2026-03-01", "2026-02-28T23:59:59Z", "2026-03-01"),
    ("DateLessThanEquals", "2026-03-01", "2026-03-01T00:00:00Z", "2026-03-01T00:00:01Z"),
    ("DateGreaterThan", "1970-01-01", "1", "0"),
    ("DateGreaterThanEquals", "1970-01-01", "1970-01-01", "1969-12-31"),
    ("Bool", "true", "true", "false"),
    ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", "qmluYXJ5"),
    ("IpAddress", "203.0.113.0/24", "203.0.113.255", "203.0.114.0"),
    ("IpAddress", "203.0.113.7", "203.0.113.7", "203.0.113.8"),
    ("IpAddress", "0.0.0.0/0", "198.51.100.1", "2001:db8::1"),
    ("IpAddress", "2001:db8:1234::/48", "2001:db8:1234:ffff::1", "2001:db8:1235::1"),
    (
        "ArnEquals",
        "arn:aws:iam::*:role/ci/*",
        "arn:aws:iam::123456789012:role/ci/a/b",
        "arn:aws:iam::123456789012:role/dev",
    ),
    (
        "ArnLike",
        "arn:aws:lambda:*:*:function:f?",
        "arn:aws:lambda:eu-west-1:1:function:f1",
        "arn:aws:lambda:eu-west-1:1:function:f",
    ),
    ("ArnLike", "arn:*:*:*:*:thing", "arn:aws:s3:::thing", "arn:aws:s3:::other"),
];

/// Negated operators, and the operators whose result they invert.
const NEGATED: &[(&str, &str)] = &[
    ("StringNotEquals", "StringEquals"),
    ("StringNotEqualsIgnoreCase", "StringEqualsIgnoreCase"),
    ("StringNotLike", "StringLike"),
    ("NumericNotEquals", "NumericEquals"),
    ("DateNotEquals", "DateEquals"),
    ("NotIpAddress", "IpAddress"),
    ("ArnNotEquals", "ArnEquals"),
    ("ArnNotLike", "ArnLike"),
];

#[test]
fn positive_operators_need_the_key_and_a_match() {
    for (operator, policy, matching, other) in POSITIVE {
        assert!(holds(operator, &[policy], &[matching]), "{operator} {policy} {matching}");
        assert!(!holds(operator, &[policy], &[other]), "{operator} {policy} {other}");
        assert!(!holds(operator, &[policy], &[]), "{operator} without the key");
        assert!(holds(operator, &[other, policy], &[matching]), "{operator}: values are ORed");
    }
}

#[test]
fn negated_operators_hold_without_the_key_or_without_any_match() {
    for (negated, positive) in NEGATED {
        for (_, policy, matching, other) in POSITIVE.iter().filter(|row| row.0 == *positive) {
            assert!(!holds(negated, &[policy], &[matching]), "{negated} {policy} {matching}");
            assert!(holds(negated, &[policy], &[other]), "{negated} {policy} {other}");
            assert!(holds(negated, &[policy], &[]), "{negated} without the key");
            assert!(!holds(negated, &["x", policy], &[matching]), "{negated}: no value may match");
        }
    }
}

#[test]
fn if_exists_only_adds_that_the_key_can_be_missing() {
    for (operator, policy, matching, other) in POSITIVE {
        let operator = format!("{operator}IfExists");
        assert!(holds(&operator, &[policy], &[]), "{operator}");
        assert!(!holds(&operator, &[policy], &[other]), "{operator} {other}");
        assert!(holds(&operator, &[policy], &[matching]), "{operator} {matching}");
    }
}

#[test]
fn for_all_values_holds_without_the_key_and_needs_every_value() {
    for (operator, policy, matching, other) in POSITIVE {
        let operator = format!("ForAllValues:{operator}");
        assert!(holds(&operator, &[policy], &[]), "{operator}");
        assert!(holds(&operator, &[policy], &[matching, matching]), "{operator}");
        assert!(!holds(&operator, &[policy], &[matching, other]), "{operator}");
    }
}

#[test]
fn for_any_value_needs_the_key_and_one_value() {
    for (operator, policy, matching, other) in POSITIVE {
        let operator = format!("ForAnyValue:{operator}");
        assert!(!holds(&operator, &[policy], &[]), "{operator}");
        assert!(holds(&operator, &[policy], &[other, matching]), "{operator}");
        assert!(!holds(&operator, &[policy], &[other]), "{operator}");
    }
}

#[test]
fn negated_for_any_value_needs_a_value_that_matches_nothing() {
    assert!(holds("ForAnyValue:StringNotEquals", &["a", "b"], &["a", "c"]));
    assert!(!holds("ForAnyValue:StringNotEquals", &["a", "b"], &["a", "b"]));
    assert!(!holds("ForAnyValue:StringNotEquals", &["a", "b"], &[]));
}

#[test]
fn null_tests_whether_the_key_is_absent() {
    assert!(holds("Null", &["true"], &[]));
    assert!(!holds("Null", &["true"], &["x"]));
    assert!(holds("Null", &["false"], &["x"]));
    assert!(!holds("Null", &["false"], &[]));
}

#[test]
fn values_of_the_wrong_type_match_nothing() {
    for operator in ["NumericLessThan", "DateGreaterThan", "IpAddress", "ArnLike"] {
        assert!(!holds(operator, &["10"], &["ten"]), "{operator}");
        assert!(!holds(operator, &["ten"], &["10"]), "{operator}");
    }
    assert!(!holds("IpAddress", &["203.0.113.0/33"], &["203.0.113.0"]));
}

#[test]
fn a_variable_without_a_value_disables_its_statement() {
    assert!(!holds("StringNotEquals", &["${aws:PrincipalTag/team}"], &["x"]));
    assert!(!holds("StringEquals", &["${aws:PrincipalTag/team}"], &["${aws:PrincipalTag/team}"]));
    assert!(holds("StringEquals", &["${k:key}"], &["x"]));
}

#[test]
fn round_trips_every_operator() {
    for comparison in Comparison::ALL {
        for form in ["{}", "{}IfExists", "ForAllValues:{}", "ForAnyValue:{}IfExists"] {
            let text = form.replace("{}", comparison.name());
            let read = text.parse::<Operator>().map(|operator| operator.to_string());
            let is_legal = *comparison != Comparison::Null || form == "{}";
            assert_eq!(read.ok(), is_legal.then_some(text));
        }
    }
    for wrong in ["stringequals", "StringEqual", "ForSomeValues:StringEquals", "StringEqualsIfExistsIfExists", ""] {
        assert!(wrong.parse::<Operator>().is_err(), "{wrong}");
    }
}

#[test]
fn has_a_case_for_every_operator() {
    let covered = |name: &str| POSITIVE.iter().any(|row| row.0 == name) || NEGATED.iter().any(|row| row.0 == name);
    let without: Vec<_> = Comparison::ALL.iter().filter(|c| **c != Comparison::Null && !covered(c.name())).collect();
    assert!(without.is_empty(), "{without:?}");
}
