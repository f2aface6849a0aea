//! Raw statements with variables and references: Terraform checks their values as ecrgen checks those in the spec, and `access`
//! assumes nothing about them.

use ecrgen::iam::{Caller, Context, Document};
use ecrgen::value::StatementValue;

use super::{OWNER, allows, codes, role_of};
use crate::harness::module::{Module, inner, value};
use crate::harness::{Case, Compiled, shop};

const PULL: &str = "[ecr:BatchGetImage, ecr:GetDownloadUrlForLayer]";

fn spec(statement: &str) -> String {
    format!("account: \"{OWNER}\"\nrepositories: {{ cart: {{ policy_statements: [{statement}] }} }}\n")
}

fn shared(statement: &str) -> Compiled {
    shop(format!("terraform: {{ root: shared }}\n{}", spec(statement)))
}

/// The policy of the repository `cart`, with these values of its expressions.
fn policy(module: &Module, values: &[(&str, &str)]) -> Document {
    let text = module.value("resource aws_ecr_repository_policy cart", "policy").to_string();
    let text = values.iter().fold(text, |text, (code, value)| {
        let code = serde_json::to_string(&format!("${{{code}}}")).expect("JSON");
        assert!(text.contains(&code), "{code} in {text}");
        text.replace(&code, &format!("\"{value}\""))
    });
    Document::from_json(&text).unwrap_or_else(|faults| panic!("{faults:?} in {text}"))
}

/// The pattern in the check of a variable, as Terraform reads it.
fn pattern(module: &Module, variable: &str) -> String {
    let check = inner(module.block(&format!("variable {variable}")), "validation");
    let condition = crate::harness::module::expression(check, "condition");
    let hcl::Expression::FuncCall(can) = condition else { panic!("{condition:?}") };
    let hcl::Expression::FuncCall(regex) = &can.args[0] else { panic!("{condition:?}") };
    value(&regex.args[0]).as_str().expect("a pattern").to_owned()
}

fn matches(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(pattern).expect("a pattern").is_match(text)
}

#[test]
fn the_values_of_variables_decide_who_gets_access() {
    let compiled = shop(spec(&format!(
        "{{ Effect: Allow, Principal: {{ AWS: [{{ variable: partner }}, \"333333333333\"] }}, Action: {PULL}, \
         Condition: {{ StringEquals: {{ aws:PrincipalOrgID: {{ variable: organization, default: o-a1b2c3d4e5 }} }} }} }}"
    )));
    assert_eq!(codes(&compiled), [""; 0]);
    let module = compiled.module("shared/ecr");
    let policy = policy(&module, &[("var.partner", "222222222222"), ("var.organization", "o-zzzzzzzzzz")]);
    let member = || Context::default().with("aws:PrincipalOrgID", ["o-zzzzzzzzzz"]);
    for account in ["222222222222", "333333333333"] {
        assert!(allows(&policy, role_of(account), "ecr:BatchGetImage", member()));
        let other = Context::default().with("aws:PrincipalOrgID", ["o-a1b2c3d4e5"]);
        assert!(!allows(&policy, role_of(account), "ecr:BatchGetImage", other), "the default is not the value");
    }
    assert!(!allows(&policy, role_of("444444444444"), "ecr:BatchGetImage", member()));
    assert_eq!(module.value("variable organization", "default"), "o-a1b2c3d4e5");
    let partner = pattern(&module, "partner");
    for good in ["222222222222", "arn:aws:iam::222222222222:root", "arn:aws:iam::222222222222:role/a/b"] {
        assert!(matches(&partner, good), "{good}");
    }
    for bad in
        ["*", "arn:aws:iam::222222222222:role/*", "arn:aws-cn:iam::222222222222:root", "lambda.amazonaws.com", ""]
    {
        assert!(!matches(&partner, bad), "{bad}");
    }
}

/// Nothing else checks the value of a reference, and without a capturing group `regex` returns the whole value.
#[test]
fn references_are_checked_where_they_are_used() {
    let compiled = shared(&format!(
        "{{ Effect: Allow, Principal: {{ AWS: {{ ref: module.partner.account_id }} }}, Action: {PULL}, \
         Condition: {{ StringLike: {{ aws:PrincipalTag/team: [red, {{ ref: local.team }}] }} }} }}"
    ));
    assert_eq!(codes(&compiled), [""; 0]);
    let text = &compiled.files()["shared/ecr/ecr_repository_cart.tf"];
    let principal = StatementValue::Principal.pattern("aws");
    for code in [
        format!("AWS = regex(\"{principal}\", module.partner.account_id)"),
        "regex(\"^[^*?$]+$\", local.team)".to_owned(),
    ] {
        assert!(text.contains(&code), "{code} in\n{text}");
    }
    for form in StatementValue::ALL {
        let groups = form.pattern("aws").replace("(?:", "");
        assert!(!groups.contains('('), "{groups}");
    }
}

/// A value in the spec, and the same value as the default of a variable, are good or bad together. Terraform decides about other
/// values by the same pattern.
#[test]
fn values_are_checked_as_hard_as_literals() {
    let cases: &[(&str, &str, &[&str], &[&str])] = &[
        (
            "IpAddress",
            "aws:SourceIp",
            &["203.0.113.0/24", "2001:db8::/32", "203.0.113.7"],
            &["203.0.113.0/33", "203.0.113", "2001:db8::/129"],
        ),
        (
            "DateLessThan",
            "aws:CurrentTime",
            &["2026-11-21T10:00:00Z", "2026-11-21", "1795000000"],
            &["tomorrow", "2026-13-01T00:00:00Z"],
        ),
        ("Bool", "aws:SecureTransport", &["true", "false"], &["yes"]),
        ("NumericLessThan", "aws:MultiFactorAuthAge", &["3600"], &["1h"]),
        ("StringEquals", "aws:PrincipalOrgID", &["o-a1b2c3d4e5"], &["O-A1B2C3D4E5", "222222222222", "o-*"]),
        ("StringEquals", "aws:PrincipalAccount", &["222222222222"], &["22222222222", "2222*"]),
        (
            "ArnEquals",
            "aws:PrincipalArn",
            &["arn:aws:iam::222222222222:role/a"],
            &["arn:aws-cn:iam::222222222222:role/a"],
        ),
        (
            "StringEquals",
            "aws:PrincipalArn",
            &["arn:aws:iam::222222222222:role/a"],
            &["arn:aws:iam::222222222222:role/*"],
        ),
    ];
    for (operator, key, good, bad) in cases {
        let found = |value: &str| {
            let statement = format!(
                "{{ Effect: Allow, Principal: {{ AWS: \"222222222222\" }}, Action: {PULL}, Condition: {{ {operator}: {{ {key}: {value} }} }} }}"
            );
            let compiled = shop(spec(&statement));
            (!codes(&compiled).is_empty(), compiled)
        };
        let variable = |default: &str| found(&format!("{{ variable: v, default: \"{default}\" }}"));
        let module = found("{ variable: v }").1.module("shared/ecr");
        let pattern = pattern(&module, "v");
        for value in *good {
            assert!(!found(&format!("\"{value}\"")).0 && !variable(value).0, "{key} {value}");
            assert!(matches(&pattern, value), "{key} {value}");
        }
        for value in *bad {
            assert!(found(&format!("\"{value}\"")).0 && variable(value).0, "{key} {value}");
            assert!(!matches(&pattern, value), "{key} {value}");
        }
    }
}

#[test]
fn faults_are_found_where_they_are() {
    let statement = |principal: &str, rest: &str| {
        format!("{{ Effect: Allow, Principal: {principal}, Action: \"ecr:BatchGetImage\"{rest} }}")
    };
    for (statement, code) in [
        (statement("{ AWS: { ref: module.a.arn } }", ""), "reference-without-shared-root"),
        (statement("{ AWS: { variable: p, defualt: x } }", ""), "unknown-key"),
        (statement("{ AWS: { variable: p, default: \"*\" } }", ""), "malformed"),
        (statement("{ AWS: { variable: p, default: somebody } }", ""), "malformed"),
        (statement("{ AWS: { variable: count } }", ""), "reserved-variable-name"),
        (statement("{ AWS: [{ variable: p }, { variable: p, default: \"222222222222\" }] }", ""), "variable-conflict"),
        // Where nothing can be left open.
        (statement("{ variable: p }", ""), "bad-policy-statement"),
        (statement("{ Service: { variable: p } }", ""), "bad-policy-statement"),
        (
            statement(
                "{ AWS: \"222222222222\" }",
                ", Condition: { \"Null\": { aws:PrincipalOrgID: { variable: p } } }",
            ),
            "bad-policy-statement",
        ),
        (
            "{ Effect: Allow, Principal: { AWS: \"222222222222\" }, Action: { variable: p } }".to_owned(),
            "bad-policy-statement",
        ),
        ("{ Effect: Deny, Principal: { AWS: { variable: p } }, Action: \"ecr:PutImage\" }".to_owned(), "wrong-type"),
        (
            "{ Effect: Deny, NotPrincipal: { AWS: [{ variable: p }] }, Action: \"ecr:PutImage\" }".to_owned(),
            "wrong-type",
        ),
    ] {
        assert!(
            codes(&shop(spec(&statement))).contains(&code),
            "{code} for {statement}: {:?}",
            codes(&shop(spec(&statement)))
        );
    }
    // A condition with an unknown value narrows the access to it, and so `*` is not everyone.
    let narrowed = "Condition: { StringEquals: { aws:PrincipalOrgID: { variable: o } } }";
    assert_eq!(codes(&shop(spec(&statement("\"*\"", &format!(", {narrowed}"))))), [""; 0]);
    assert!(codes(&shop(spec(&statement("\"*\"", "")))).contains(&"open-repository-policy"));
}

const QUESTIONS: &str = "\
platform: shop
environment: shared
region: eu-central-1
account: \"111111111111\"
repositories:
  cart:
    policy_statements:
      - { Effect: Allow, Principal: { AWS: { variable: partner } }, Action: [\"ecr:BatchCheckLayerAvailability\", \"ecr:BatchGetImage\", \"ecr:GetDownloadUrlForLayer\"] }
      - Effect: Deny
        Principal: \"*\"
        Action: [\"ecr:PutImage\"]
        Condition: { ArnNotEquals: { aws:PrincipalArn: { variable: pusher } } }
access:
  dev: { can: [push, pull], repositories: all, roles: [dev] }
";

#[test]
fn access_states_what_is_unknown() {
    let case = Case::new().file("shop.yaml", QUESTIONS);
    let asked = |question: &str| {
        let words: Vec<&str> = question.split(' ').collect();
        case.run(&[&["access", "shop.yaml", "--can"], words.as_slice()].concat())
    };
    for (question, status, what) in [
        ("var.partner pull cart", 0, "yes:"),
        ("var.partner push cart", 1, "no:"),
        ("dev pull cart", 0, "yes:"),
        ("dev push cart", 0, "aws:PrincipalArn ArnNotEquals var.pusher"),
    ] {
        let outcome = asked(question);
        assert_eq!(outcome.status, status, "{question}: {}{}", outcome.out, outcome.err);
        assert!(outcome.out.contains(what), "{question}: {}", outcome.out);
    }
    let outcome = case.run(&["access", "shop.yaml"]);
    assert!(outcome.out.contains("var.partner"), "{}", outcome.out);
    // An assertion cannot hold if an unknown principal can pull.
    let assertion = "assert: { only dev pulls: { can: [pull], only: [dev] } }\n";
    case.write("shop.yaml", format!("{QUESTIONS}{assertion}"));
    let outcome = case.run(&["lint", "shop.yaml"]);
    assert!(outcome.out.contains("failed-assertion") && outcome.out.contains("var.partner"), "{}", outcome.out);
    // The README says what must exist before the first apply.
    case.write("shop.yaml", QUESTIONS);
    assert_eq!(case.run(&["render", "shop.yaml"]).status, 0);
    let readme = case.read("shared/ecr/README.md");
    assert!(readme.contains("value of the variable partner"), "{readme}");
}

/// The principal that a variable gives is no role of the spec, whatever its value.
#[test]
fn an_unknown_principal_is_only_itself() {
    let compiled = shop(spec(&format!("{{ Effect: Allow, Principal: {{ AWS: {{ variable: p }} }}, Action: {PULL} }}")));
    let policies = compiled.policies();
    let policy = policies.of_repository("cart").expect("a policy");
    let decide = |caller: Caller| {
        let request = ecrgen::iam::Request {
            caller,
            action: "ecr:BatchGetImage".to_owned(),
            resource: None,
            context: Context::default(),
        };
        ecrgen::iam::evaluate(std::slice::from_ref(policy), &policies.bindings, &request)
    };
    assert!(matches!(decide(Caller::Given("var.p".to_owned())), ecrgen::iam::Decision::Allowed { .. }));
    assert_eq!(decide(Caller::Given("var.q".to_owned())), ecrgen::iam::Decision::NotAllowed);
    assert_eq!(decide(role_of(OWNER)), ecrgen::iam::Decision::NotAllowed);
}
