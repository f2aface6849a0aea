//! Other OIDC issuers (IAM user guide, "Create a role for OpenID Connect federation"). The subjects are those that the issuers
//! document.

use super::{Claims, compiled, entry, role, with};

/// Issuer, a pattern, a subject that matches, and subjects that must not: Buildkite documentation, "OIDC in Buildkite Pipelines";
/// CircleCI documentation, "Using OpenID Connect tokens in jobs"; Azure Pipelines documentation, "Workload identity
/// federation"; Terraform Enterprise documentation, "Dynamic credentials".
const ISSUERS: [(&str, &str, &str, [&str; 2]); 4] = [
    (
        "agent.buildkite.com",
        "organization:acme:pipeline:web:ref:refs/heads/main:*",
        "organization:acme:pipeline:web:ref:refs/heads/main:commit:9f3182061f1e:step:build",
        [
            "organization:acme:pipeline:web:ref:refs/heads/main2:commit:9f3182061f1e:step:build",
            "organization:evil:pipeline:web:ref:refs/heads/main:commit:9f3182061f1e:step:build",
        ],
    ),
    (
        "oidc.circleci.com/org/1a2b",
        "org/1a2b/project/3c4d/user/*",
        "org/1a2b/project/3c4d/user/5e6f",
        ["org/1a2b/project/3c4d2/user/5e6f", "org/1a2/project/3c4d/user/5e6f"],
    ),
    (
        "vstoken.dev.azure.com/1a2b",
        "sc://acme/shop/registry",
        "sc://acme/shop/registry",
        ["sc://acme/shop/registry2", "sc://acme/other/registry"],
    ),
    (
        "tfe.example.com",
        "organization:acme:project:Web:workspace:images:run_phase:*",
        "organization:acme:project:Web:workspace:images:run_phase:apply",
        [
            "organization:acme:project:Web:workspace:images2:run_phase:apply",
            "organization:acme2:project:Web:workspace:images:run_phase:apply",
        ],
    ),
];

fn oidc(issuer: &str, subjects: &str, more: &str) -> String {
    format!("oidc: {{ issuer: \"https://{issuer}\", subjects: [{subjects}]{more} }}")
}

#[test]
fn accepts_only_subjects_that_match() {
    for (issuer, pattern, subject, others) in ISSUERS {
        let role = role(&oidc(issuer, &format!("\"{pattern}\""), ""));
        let token: Claims = vec![("sub", subject), ("aud", "sts.amazonaws.com")];
        let others: Vec<(&str, &str)> = others.iter().map(|other| ("sub", *other)).collect();
        role.takes_only(issuer, &token, &others);
        role.takes_only(issuer, &token, &[("aud", "https://aud.example.com")]);
    }
}

#[test]
fn accepts_each_of_several_subjects_and_another_audience() {
    let role = role(&oidc("ci.example.com", "\"a:*\", \"b:${x}\"", ", audience: acme"));
    let token: Claims = vec![("sub", "a:1"), ("aud", "acme")];
    role.takes_only("ci.example.com", &token, &[("sub", "b"), ("aud", "sts.amazonaws.com")]);
    role.takes_only("ci.example.com", &with(&token, ("sub", "b:${x}")), &[("sub", "b:"), ("sub", "a")]);
}

#[test]
fn the_beginning_of_a_subject_must_be_fixed() {
    for open in ["*", "?rg:acme", "*:pipeline:web", "**"] {
        let found = compiled(&entry(&oidc("agent.buildkite.com", &format!("\"organization:acme:*\", \"{open}\""), "")));
        assert_eq!(found.codes(), ["unanchored-subject"], "{open}");
    }
}

#[test]
fn issuers_of_other_kinds_are_rejected() {
    let other = "  b: { can: [pull], repositories: [web], gitlab: { project: g/p, branches: [main], url: \"https://git.example.com\" } }\n";
    for (issuer, kind) in [
        ("token.actions.githubusercontent.com", "github"),
        ("token.actions.githubusercontent.com/acme", "github"),
        ("token.actions.acme.ghe.com", "github"),
        ("git.acme.com/_services/token", "github"),
        ("gitlab.com", "gitlab"),
        ("app.terraform.io", "hcp"),
        ("git.example.com", "gitlab"),
    ] {
        let found = compiled(&format!("{}{other}", entry(&oidc(issuer, "\"a:b\"", ""))));
        assert_eq!(found.errors(), [format!("`{kind}` is for tokens from {issuer}")], "{issuer}");
    }
}

/// The name of the provider is the issuer, which two entries can share.
#[test]
fn a_provider_is_created_looked_up_or_given_by_its_issuer() {
    let two = format!(
        "{}  b: {{ can: [pull], repositories: [web], {} }}\n",
        entry(&oidc("agent.buildkite.com", "\"organization:acme:pipeline:web:*\"", "")),
        oidc("agent.buildkite.com", "\"organization:acme:pipeline:docs:*\"", ", audience: acme")
    );
    let provider = |value: &str| format!("oidc_providers: {{ agent.buildkite.com: {value} }}\n{two}");
    let file = |spec: &str, name: &str| {
        let compiled = compiled(spec);
        assert_eq!(compiled.codes(), [""; 0], "{spec}");
        compiled.files().remove(name).unwrap_or_default()
    };
    let computed = file(&two, "prod/ecr/access_a.tf");
    assert!(computed.contains(":iam::123456789012:oidc-provider/agent.buildkite.com\""), "{computed}");
    let created = file(&provider("create"), "prod/ecr/oidc_providers.tf");
    assert_eq!(
        created.matches("resource \"aws_iam_openid_connect_provider\" \"agent_buildkite_com\"").count(),
        1,
        "{created}"
    );
    assert!(created.contains("url            = \"https://agent.buildkite.com\""), "{created}");
    assert!(created.contains("client_id_list = [\"acme\", \"sts.amazonaws.com\"]"), "{created}");
    let role = file(&provider("create"), "prod/ecr/access_a.tf");
    assert!(role.contains("aws_iam_openid_connect_provider.agent_buildkite_com.arn"), "{role}");
    let looked_up = file(&provider("look_up"), "prod/ecr/locals.tf");
    assert!(looked_up.contains("data \"aws_iam_openid_connect_provider\" \"agent_buildkite_com\""), "{looked_up}");
    let role = file(&provider("look_up"), "prod/ecr/access_a.tf");
    assert!(role.contains("data.aws_iam_openid_connect_provider.agent_buildkite_com.arn"), "{role}");
    let arn = "\"arn:aws:iam::123456789012:oidc-provider/agent.buildkite.com\"";
    assert!(file(&provider(arn), "prod/ecr/access_b.tf").contains("oidc-provider/agent.buildkite.com"));
    let output = format!("outputs: {{ provider: oidc_providers.agent.buildkite.com.arn }}\n{}", provider("create"));
    assert!(file(&output, "prod/ecr/outputs.tf").contains("aws_iam_openid_connect_provider.agent_buildkite_com.arn"));
    for (spec, code) in [
        (provider("\"arn:aws:iam::123456789012:oidc-provider/other.example.com\""), "provider-of-another-issuer"),
        (format!("oidc_providers: {{ agent.buildkite.org: create }}\n{two}"), "unknown-oidc-provider"),
        (format!("outputs: {{ x: oidc_providers.oidc.circleci.com.arn }}\n{two}"), "unknown-output"),
    ] {
        assert_eq!(compiled(&spec).codes(), [code], "{spec}");
    }
}

/// IAM actions of the AWS provider on its own OIDC providers; a removed provider is only known by its label.
#[test]
fn runs_can_manage_the_provider_now_and_when_it_is_removed() {
    use ecrgen::policies::{Phase, run_permissions};
    let arns = |spec: &str| {
        let compiled = compiled(spec);
        let policy = run_permissions::policy(compiled.platform(), Phase::Apply);
        policy.to_json(&compiled.policies().bindings).to_string()
    };
    let made = format!(
        "oidc_providers: {{ oidc.circleci.com/org/1a2b: create }}\n{}",
        entry(&oidc("oidc.circleci.com/org/1a2b", "\"org/1a2b/project/*\"", ""))
    );
    assert!(arns(&made).contains("oidc-provider/oidc.circleci.com/org/1a2b\""), "{}", arns(&made));
    let removed = "removed: { aws_iam_openid_connect_provider.oidc_circleci_com__org__1a2b: retain }\n";
    assert!(arns(removed).contains("oidc-provider/oidc?circleci?com?org?1a2b\""), "{}", arns(removed));
}
