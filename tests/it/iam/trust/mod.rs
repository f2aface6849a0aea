//! Trust policies that allow more, or fewer, principals than intended.

mod other_issuers;

use std::collections::BTreeSet;

use ecrgen::iam::trust::{Weakness, weaknesses};
use ecrgen::iam::{Bindings, Caller, Context, Decision, Document, Request, evaluate_trust};
use serde_json::{Value, json};

const GITHUB: &str = "token.actions.githubusercontent.com";
const SAFE: &str = "repo:o@1/r@2:ref:refs/heads/main";

fn bindings() -> Bindings {
    Bindings::commercial("eu-west-1", "123456789012")
}

fn document(statement: &Value) -> Document {
    let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    Document::from_json(&text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

/// A statement for the tokens of an issuer. In the condition, `I` is replaced with the issuer.
fn tokens(issuer: &str, condition: &Value) -> Document {
    let provider = format!("arn:aws:iam::123456789012:oidc-provider/{issuer}");
    let condition: Value =
        serde_json::from_str(&condition.to_string().replace("\"I:", &format!("\"{issuer}:"))).expect("JSON");
    document(&json!({"Effect": "Allow", "Principal": {"Federated": provider},
        "Action": "sts:AssumeRoleWithWebIdentity", "Condition": condition}))
}

fn codes(trust: &Document) -> Vec<&'static str> {
    let found = weaknesses(trust, &bindings(), &["sts.amazonaws.com"]);
    found.iter().map(|finding| finding.weakness.code()).collect()
}

/// The codes for a GitHub trust policy with the correct audience and these subjects.
fn github(operator: &str, subjects: Value) -> Vec<&'static str> {
    github_with(operator, subjects, json!({}))
}

/// The codes for the same trust policy with additional claims.
fn github_with(operator: &str, subjects: Value, others: Value) -> Vec<&'static str> {
    let mut condition = json!({"StringEquals": others});
    condition["StringEquals"]["I:aud"] = json!("sts.amazonaws.com");
    condition[operator]["I:sub"] = subjects;
    codes(&tokens(GITHUB, &condition))
}

#[test]
fn accepts_an_exact_immutable_subject_with_its_audience() {
    assert!(codes(&tokens(GITHUB, &json!({"StringEquals": {"I:aud": "sts.amazonaws.com", "I:sub": SAFE}}))).is_empty());
    assert!(github("StringLike", json!([SAFE, "repo:o@1/r@2:environment:prod"])).is_empty());
    let legacy = json!({"StringEquals": {"I:aud": "sts.amazonaws.com", "I:sub": "repo:o/r:environment:prod",
        "I:repository_id": "2", "I:repository_owner_id": "1"}});
    assert!(codes(&tokens(GITHUB, &legacy)).is_empty());
}

#[test]
fn finds_a_missing_subject() {
    assert_eq!(codes(&tokens(GITHUB, &json!({"StringEquals": {"I:aud": "sts.amazonaws.com"}}))), ["missing-subject"]);
    assert_eq!(
        codes(&tokens(
            "oidc.eks.eu-west-1.amazonaws.com/id/0A",
            &json!({"StringEquals": {"I:aud": "sts.amazonaws.com"}})
        )),
        ["missing-subject"]
    );
    assert_eq!(
        codes(&tokens(GITHUB, &json!({"StringEquals": {"I:aud": "sts.amazonaws.com"}, "ArnLike": {"I:sub": SAFE}}))),
        ["missing-subject"]
    );
}

#[test]
fn finds_subjects_that_allow_too_much() {
    let cases = [
        ("*", "any-subject-trust"),
        ("**?", "any-subject-trust"),
        ("rep*", "any-organization-trust"),
        ("repo:*", "any-organization-trust"),
        ("repo:org*", "any-organization-trust"),
        ("repo:*/app:ref:refs/heads/main", "any-organization-trust"),
        ("repo:org/*", "organization-wide-trust"),
        ("repo:org/*:ref:refs/heads/main", "organization-wide-trust"),
        ("repo:org@1/*:ref:refs/heads/main", "organization-wide-trust"),
        ("repo:org/app*", "repository-prefix-trust"),
        ("repo:org/app*:ref:refs/heads/main", "repository-prefix-trust"),
        ("repo:org/ap?:ref:refs/heads/main", "repository-prefix-trust"),
        ("repo:o@*/r@*:ref:refs/heads/main", "wildcard-identifier"),
        ("repo:o@1/r@*:ref:refs/heads/main", "wildcard-identifier"),
        ("repo:o@1/r@2:*", "any-context-trust"),
        ("repo:o@1/r@2:*:refs/heads/main", "any-context-trust"),
        ("repo:o@1/r@2:pull_request", "pull-request-trust"),
        ("repo:o@1/r@2:ref:*", "any-branch-trust"),
        ("repo:o@1/r@2:ref:refs/*", "any-branch-trust"),
        ("repo:o@1/r@2:ref:refs/heads/*", "any-branch-trust"),
        ("repo:o@1/r@2:ref:refs/tags/*", "any-tag-trust"),
        ("repo:o@1/r@2:ref:refs/heads/release/*", "wildcard-ref"),
        ("repo:o@1/r@2:ref:refs/tags/v*", "wildcard-ref"),
        ("repo:o@1/r@2:environment:*", "wildcard-environment"),
        ("repo:o@1/r@2:environment:prod-*", "wildcard-environment"),
        ("job_workflow_ref:o/lib/*", "wildcard-subject"),
    ];
    for (subject, code) in cases {
        assert_eq!(github("StringLike", json!(subject)), [code], "{subject}");
    }
}

#[test]
fn finds_a_weak_value_anywhere_in_a_list() {
    assert_eq!(github("StringLike", json!([SAFE, "repo:org/*"])), ["organization-wide-trust"]);
    assert_eq!(github("StringLike", json!(["*", SAFE])), ["any-subject-trust"]);
}

#[test]
fn finds_a_weak_statement_after_a_sound_one() {
    let statement = |sub: &str| {
        json!({"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": format!("arn:aws:iam::123456789012:oidc-provider/{GITHUB}")},
            "Condition": {"StringEquals": {format!("{GITHUB}:aud"): "sts.amazonaws.com"}, "StringLike": {format!("{GITHUB}:sub"): sub}}})
    };
    let trust = document(&json!([statement(SAFE), statement("repo:o@1/r@2:*")]));
    let found = weaknesses(&trust, &bindings(), &["sts.amazonaws.com"]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].statement, found[0].culprit.as_str()), (1, "repo:o@1/r@2:*"));
}

#[test]
fn the_narrower_of_two_subject_conditions_decides() {
    let condition =
        json!({"StringEquals": {"I:aud": "sts.amazonaws.com", "I:sub": SAFE}, "StringLike": {"I:sub": "repo:o@1/*"}});
    assert!(codes(&tokens(GITHUB, &condition)).is_empty());
}

#[test]
fn finds_subjects_that_no_token_has() {
    for subject in
        ["repo:o/r", "repo:o/r:refs/heads/main", "repo:o/r:branch:main", "repo:o/r:ref:main", "o/r:pull_request"]
    {
        assert!(github("StringEquals", json!(subject)).contains(&"unrecognized-subject"), "{subject}");
    }
    assert_eq!(
        github("StringEquals", json!("repo:octo-org-123456/octo-repo-456789:pull_request")),
        ["draft-subject-format", "pull-request-trust"]
    );
    assert_eq!(github("StringEquals", json!("repo:o@1/r@2:*")), ["dead-wildcard"]);
    assert_eq!(github("StringEquals", json!([SAFE, "repo:o@1/r@2:*"])), ["dead-wildcard"]);
}

#[test]
fn finds_subjects_with_only_mutable_names() {
    assert_eq!(github("StringEquals", json!("repo:o/r:environment:prod")), ["mutable-names"]);
    let gitlab = |more: Value| {
        let mut equals = json!({"I:aud": "sts.amazonaws.com", "I:sub": "project_path:g/p:ref_type:branch:ref:main"});
        equals.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        codes(&tokens("gitlab.com", &json!({"StringEquals": equals})))
    };
    assert_eq!(gitlab(json!({})), ["mutable-names"]);
    assert!(gitlab(json!({"I:project_id": "7"})).is_empty());
}

#[test]
fn does_not_expect_immutable_subjects_from_an_enterprise_server() {
    let condition = json!({"StringEquals": {"I:aud": "sts.amazonaws.com", "I:sub": "repo:o/r:environment:prod"}});
    assert!(codes(&tokens("github.example.com/_services/token", &condition)).is_empty());
}

#[test]
fn other_claims_can_narrow_a_wide_subject() {
    assert!(github_with("StringLike", json!("repo:org/*"), json!({"I:repository_id": "2"})).is_empty());
    assert_eq!(
        github_with("StringLike", json!("repo:*"), json!({"I:repository_owner_id": "1"})),
        ["organization-wide-trust"]
    );
    assert!(github_with("StringLike", json!("repo:o@1/r@2:*"), json!({"I:ref": "refs/heads/main"})).is_empty());
    assert!(
        github_with("StringLike", json!("repo:o@1/r@2:environment:*"), json!({"I:environment": ["a", "b"]})).is_empty()
    );
    assert_eq!(github_with("StringLike", json!("*"), json!({"I:repository_id": "2"})), ["any-subject-trust"]);
    assert_eq!(
        github_with("StringLike", json!("repo:o@1/r@2:*"), json!({"I:repository_id": "2"})),
        ["any-context-trust"]
    );
}

#[test]
fn finds_conditions_that_hold_without_the_claim() {
    for operator in ["ForAllValues:StringEquals", "StringEqualsIfExists", "StringNotEquals", "StringNotLike"] {
        assert_eq!(github(operator, json!(SAFE)), ["vacuous-operator"], "{operator}");
    }
    assert_eq!(github("Null", json!("false")), ["vacuous-operator"]);
    let audience =
        json!({"ForAllValues:StringEquals": {"I:aud": "sts.amazonaws.com"}, "StringEquals": {"I:sub": SAFE}});
    assert_eq!(codes(&tokens(GITHUB, &audience)), ["vacuous-operator"]);
}

/// The evaluation confirms that vacuous conditions allow a token without a subject.
#[test]
fn vacuous_conditions_allow_tokens_without_the_claim() {
    let provider = format!("arn:aws:iam::123456789012:oidc-provider/{GITHUB}");
    let request = Request {
        caller: Caller::Federated { provider },
        action: "sts:AssumeRoleWithWebIdentity".into(),
        resource: None,
        context: Context::default(),
    };
    for (operator, is_allowed) in [
        ("ForAllValues:StringEquals", true),
        ("StringEqualsIfExists", true),
        ("StringNotEquals", true),
        ("StringEquals", false),
        ("ForAnyValue:StringEquals", false),
    ] {
        let trust = tokens(GITHUB, &json!({operator: {"I:sub": SAFE}}));
        let decision = evaluate_trust(&trust, &[], &bindings(), &request);
        assert_eq!(decision != Decision::NotAllowed, is_allowed, "{operator}");
        assert_eq!(codes(&trust).contains(&"vacuous-operator"), is_allowed, "{operator}");
    }
}

#[test]
fn finds_missing_and_foreign_audiences() {
    let with = |condition: Value| codes(&tokens(GITHUB, &condition));
    assert_eq!(with(json!({"StringEquals": {"I:sub": SAFE}})), ["missing-audience"]);
    assert_eq!(
        with(json!({"StringEquals": {"I:sub": SAFE, "I:aud": ["sts.amazonaws.com", "https://github.com/o"]}})),
        ["foreign-audience"]
    );
    assert_eq!(with(json!({"StringEquals": {"I:sub": SAFE}, "StringLike": {"I:aud": "*"}})), ["foreign-audience"]);
}

#[test]
fn finds_claims_that_aws_does_not_read() {
    for claim in [
        "repository_owner",
        "event_name",
        "ref_type",
        "base_ref",
        "head_ref",
        "repository_visibility",
        "job_workflow_sha",
    ] {
        assert_eq!(
            github_with("StringEquals", json!(SAFE), json!({format!("I:{claim}"): "x"})),
            ["unknown-claim"],
            "{claim}"
        );
    }
    let known = "actor actor_id job_workflow_ref repository repository_id repository_owner_id workflow ref environment
        enterprise_id amr email oaud";
    for claim in known.split_whitespace() {
        assert!(github_with("StringEquals", json!(SAFE), json!({format!("I:{claim}"): "x"})).is_empty(), "{claim}");
    }
    let gitlab = json!({"StringEquals": {"I:aud": "sts.amazonaws.com", "I:sub": "project_id:1:ref_type:branch:ref:main", "I:environment": "prod"}});
    assert_eq!(codes(&tokens("gitlab.com", &gitlab)), ["unknown-claim"]);
}

#[test]
fn treats_a_custom_enterprise_issuer_as_github() {
    let condition =
        json!({"StringEquals": {"I:aud": "sts.amazonaws.com", "I:actor": "a"}, "StringLike": {"I:sub": "repo:org/*"}});
    for issuer in ["token.actions.githubusercontent.com/octo-inc", "token.actions.octo.ghe.com"] {
        assert_eq!(codes(&tokens(issuer, &condition)), ["organization-wide-trust"], "{issuer}");
    }
}

#[test]
fn finds_a_scheme_in_a_condition_key() {
    let condition = json!({"StringEquals": {"I:aud": "sts.amazonaws.com", format!("https://{GITHUB}:sub"): SAFE}});
    assert_eq!(codes(&tokens(GITHUB, &condition)), ["scheme-in-key", "missing-subject"]);
}

#[test]
fn finds_principals_without_a_matching_action() {
    let with = |principal: Value, action: &str| {
        codes(&document(&json!({"Effect": "Allow", "Principal": principal, "Action": action})))
    };
    let provider = json!({"Federated": format!("arn:aws:iam::123456789012:oidc-provider/{GITHUB}")});
    assert_eq!(with(provider, "sts:AssumeRole"), ["principal-action-mismatch"]);
    assert_eq!(with(json!({"AWS": "123456789012"}), "sts:AssumeRoleWithWebIdentity"), ["principal-action-mismatch"]);
    assert!(with(json!({"AWS": "123456789012"}), "sts:*").is_empty());
    assert!(with(json!({"AWS": "123456789012"}), "sts:AssumeRole").is_empty());
    assert!(with(json!({"Service": "ec2.amazonaws.com"}), "sts:AssumeRole").is_empty());
}

#[test]
fn finds_policies_that_are_open_to_everyone() {
    let with = |principal: &str, who: Value, condition: Value| {
        codes(&document(
            &json!({"Effect": "Allow", principal: who, "Action": "sts:AssumeRole", "Condition": condition}),
        ))
    };
    assert_eq!(with("Principal", json!("*"), json!({})), ["everyone-trust"]);
    assert_eq!(with("Principal", json!({"AWS": ["*"]}), json!({})), ["everyone-trust"]);
    assert_eq!(with("NotPrincipal", json!({"AWS": "123456789012"}), json!({})), ["everyone-trust"]);
    let organization = json!({"StringEquals": {"aws:PrincipalOrgID": "o-1234567890"}});
    assert!(with("Principal", json!({"AWS": "*"}), organization).is_empty());
    let if_exists = json!({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1234567890"}});
    assert_eq!(with("Principal", json!({"AWS": "*"}), if_exists), ["everyone-trust"]);
}

#[test]
fn ignores_statements_that_deny() {
    let deny = document(&json!({"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}));
    assert!(codes(&deny).is_empty());
}

#[test]
fn every_weakness_has_a_unique_code_and_a_test() {
    let codes: BTreeSet<&str> = Weakness::ALL.iter().map(|weakness| weakness.code()).collect();
    assert_eq!(codes.len(), Weakness::ALL.len());
    let here = [include_str!("mod.rs"), include_str!("other_issuers.rs")].concat();
    let without: Vec<_> = codes.iter().filter(|code| !here.contains(&format!("\"{code}\""))).collect();
    assert!(without.is_empty(), "{without:?}");
}
