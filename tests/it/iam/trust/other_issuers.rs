//! Trust policies for tokens of GitLab, HCP Terraform and EKS clusters.

use serde_json::{Value, json};

use super::{codes, document, tokens};

/// The codes for a trust policy for this issuer with this subject and the correct audience.
fn of_issuer(issuer: &str, subject: &str, others: Value) -> Vec<&'static str> {
    let mut equals = json!({"I:aud": "sts.amazonaws.com"});
    equals.as_object_mut().expect("an object").extend(others.as_object().expect("an object").clone());
    codes(&tokens(issuer, &json!({"StringEquals": equals, "StringLike": {"I:sub": subject}})))
}

#[test]
fn checks_gitlab_subjects() {
    let id = |context: &str| format!("project_id:7:{context}");
    let path = |path: &str| format!("project_path:{path}:ref_type:branch:ref:main");
    let cases = [
        (id("ref_type:branch:ref:main"), vec![]),
        (id("ref_type:tag:ref:v1"), vec![]),
        (id("ref_type:branch:ref:main:ref_protected:true"), vec![]),
        (path("g/p"), vec!["mutable-names"]),
        ("*".into(), vec!["any-subject-trust"]),
        ("project*".into(), vec!["any-organization-trust"]),
        ("project_path:*".into(), vec!["any-organization-trust"]),
        (path("*"), vec!["any-organization-trust"]),
        (path("g*"), vec!["any-organization-trust"]),
        (path("g*/p"), vec!["any-organization-trust"]),
        (path("g/*/p"), vec!["any-organization-trust"]),
        (path("g/*"), vec!["organization-wide-trust"]),
        ("project_path:g/*".into(), vec!["organization-wide-trust"]),
        (path("g/p*"), vec!["repository-prefix-trust"]),
        ("project_id:7*:ref_type:branch:ref:main".into(), vec!["wildcard-identifier"]),
        (id("*"), vec!["any-context-trust"]),
        (id("ref_type:*:ref:*"), vec!["any-context-trust"]),
        (id("ref_type:branch:*"), vec!["any-context-trust"]),
        (id("ref_type:branch:ref:*"), vec!["any-branch-trust"]),
        (id("ref_type:tag:ref:*"), vec!["any-tag-trust"]),
        (id("ref_type:*:ref:main"), vec!["wildcard-ref"]),
        (id("ref_type:branch:ref:main*"), vec!["wildcard-ref"]),
        (id("ref_type:branch:ref:release/*"), vec!["wildcard-ref"]),
        (id("ref_type:branch:ref:refs/heads/main"), vec!["unrecognized-subject"]),
        (id("ref_type:mr:ref:main"), vec!["unrecognized-subject"]),
        (id("ref_type:merge_request:ref:main"), vec!["unrecognized-subject"]),
        (id("environment:prod"), vec!["unrecognized-subject"]),
        ("project_id:7".into(), vec!["unrecognized-subject"]),
        ("project_id:seven:ref_type:branch:ref:main".into(), vec!["unrecognized-subject"]),
        ("repo:g/p:ref:refs/heads/main".into(), vec!["unrecognized-subject"]),
    ];
    for (subject, expected) in cases {
        assert_eq!(of_issuer("gitlab.com", &subject, json!({})), expected, "{subject}");
    }
}

#[test]
fn gitlab_claims_can_narrow_a_wide_subject() {
    let with = |subject: &str, others: Value| of_issuer("gitlab.com", subject, others);
    assert!(with("project_path:g/*:ref_type:branch:ref:main", json!({"I:project_id": "7"})).is_empty());
    assert_eq!(
        with("project_path:*:ref_type:branch:ref:main", json!({"I:namespace_id": "3"})),
        ["organization-wide-trust"]
    );
    assert!(with("project_id:7:ref_type:branch:ref:*", json!({"I:ref_protected": "true"})).is_empty());
    assert_eq!(with("project_id:7:ref_type:branch:ref:*", json!({"I:ref_protected": "false"})), ["any-branch-trust"]);
}

/// AWS does not read the claims of a self-managed instance, and no outsider can take over its paths.
#[test]
fn recognizes_self_managed_gitlab_by_its_subjects() {
    let with = |subject: &str, others: Value| of_issuer("git.example.com", subject, others);
    assert!(with("project_path:g/p:ref_type:branch:ref:main", json!({})).is_empty());
    assert_eq!(with("project_path:g/*:ref_type:branch:ref:main", json!({})), ["organization-wide-trust"]);
    assert_eq!(with("project_id:7:ref_type:branch:ref:main", json!({"I:project_id": "7"})), ["unknown-claim"]);
}

#[test]
fn checks_hcp_terraform_subjects() {
    let cases = [
        ("organization:o:project:p q:workspace:w:run_phase:plan", vec![]),
        ("organization:o:module:m:operation:test_run", vec![]),
        ("*", vec!["any-subject-trust"]),
        ("organization:*", vec!["any-organization-trust"]),
        ("organization:o*:project:p:workspace:w:run_phase:apply", vec!["any-organization-trust"]),
        ("organ*", vec!["any-organization-trust"]),
        ("organization:o:*", vec!["any-workspace-trust", "any-run-phase-trust"]),
        ("organization:o:project:p:workspace:*", vec!["any-workspace-trust", "any-run-phase-trust"]),
        ("organization:o:project:*:workspace:w:run_phase:apply", vec!["any-workspace-trust"]),
        ("organization:o:project:p:workspace:w*:run_phase:apply", vec!["any-workspace-trust"]),
        ("organization:o:project:p:workspace:w:run_phase:*", vec!["any-run-phase-trust"]),
        ("organization:o:project:p:workspace:w:run_phase:destroy", vec!["unrecognized-subject"]),
        ("organization:o:workspace:w:run_phase:apply", vec!["unrecognized-subject"]),
        ("repo:o/r:ref:refs/heads/main", vec!["unrecognized-subject"]),
    ];
    for (subject, expected) in cases {
        assert_eq!(of_issuer("app.terraform.io", subject, json!({})), expected, "{subject}");
    }
}

#[test]
fn pod_identity_must_fix_cluster_namespace_and_account() {
    let with = |condition: Value| {
        codes(&document(&json!({"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
            "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": condition})))
    };
    let tag = |name: &str| format!("aws:RequestTag/{name}");
    let (cluster, namespace, account) =
        (tag("eks-cluster-arn"), tag("kubernetes-namespace"), tag("kubernetes-service-account"));
    let arn = "arn:aws:eks:eu-west-1:123456789012:cluster/c";
    let whole = json!({cluster.clone(): arn, namespace.clone(): "n", account.clone(): "s"});
    assert!(with(json!({"StringEquals": whole})).is_empty());
    let by_source = json!({"StringEquals": {namespace.clone(): "n", account.clone(): "s"},
        "ArnEquals": {"aws:SourceArn": arn}});
    assert!(with(by_source).is_empty());
    for key in [&cluster, &namespace, &account] {
        let mut less = whole.clone();
        less.as_object_mut().expect("an object").remove(key);
        assert_eq!(with(json!({"StringEquals": less})), ["any-pod-trust"], "without {key}");
        let mut wild = less.clone();
        wild[key] = json!("*");
        assert_eq!(with(json!({"StringLike": wild})), ["any-pod-trust"], "any {key}");
        assert_eq!(with(json!({"StringEqualsIfExists": whole})), ["any-pod-trust"]);
    }
    assert_eq!(with(json!({"StringEquals": {"aws:SourceAccount": "123456789012"}})), ["any-pod-trust"]);
}

#[test]
fn a_service_account_must_be_fixed() {
    let cluster = |sub: &str| {
        let condition = json!({"StringEquals": {"I:aud": "sts.amazonaws.com"}, "StringLike": {"I:sub": sub}});
        codes(&tokens("oidc.eks.eu-west-1.amazonaws.com/id/0A", &condition))
    };
    assert!(cluster("system:serviceaccount:apps:api").is_empty());
    assert_eq!(cluster("system:serviceaccount:*:api"), ["wildcard-subject"]);
    assert_eq!(cluster("system:serviceaccount:apps:*"), ["wildcard-subject"]);
    assert_eq!(cluster("*"), ["any-subject-trust"]);
}
