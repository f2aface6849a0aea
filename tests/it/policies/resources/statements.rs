//! Raw statements: they are merged into the repository policy, and rejected if AWS would reject them, if they grant
//! access to strangers, or if they would have no effect.

use ecrgen::iam::{Caller, Context};

use super::{allows, codes, document, policy, role_of, root};
use crate::harness::{Compiled, HEAD, shop};

/// A spec with these raw statements.
fn spec(statements: &str) -> String {
    let indented: String = statements.lines().map(|line| format!("      {line}\n")).collect();
    format!("repositories:\n  cart:\n    policy_statements:\n{indented}")
}

/// The code of the finding, and a statement in which `# <-` marks the line that the finding must point to.
const FAULTY: &[(&str, &str)] = &[
    // Everyone.
    ("open-repository-policy", "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage"),
    ("open-repository-policy", "- Effect: Allow\n  Principal: { AWS: \"*\" } # <-\n  Action: ecr:BatchGetImage"),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: { AWS: [\"222222222222\", \"*\"] } # <-\n  Action: ecr:BatchGetImage",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  NotPrincipal: { AWS: \"222222222222\" } # <-\n  Action: ecr:BatchGetImage",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  NotAction: ecr:DeleteRepository # <-",
    ),
    // Everyone, with a condition that strangers can meet.
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { StringLike: { aws:PrincipalOrgID: \"*\" } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { StringLike: { aws:PrincipalOrgID: \"o-*\" } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { StringEquals: { aws:PrincipalTag/team: red } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { StringEquals: { aws:PrincipalType: AssumedRole } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { Bool: { aws:SecureTransport: true } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { ArnLike: { aws:PrincipalArn: \"arn:aws:iam::*:role/deployer\" } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { StringLike: { aws:PrincipalArn: \"arn:aws:iam::22222222222*:role/deployer\" } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { StringEquals: { aws:PrincipalOrgID: \"${aws:PrincipalOrgID}\" } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { \"ForAnyValue:StringLike\": { aws:PrincipalOrgPaths: \"*/r-ab12/*\" } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { \"Null\": { aws:PrincipalOrgID: false } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { StringNotEquals: { aws:PrincipalAccount: \"333333333333\" } }",
    ),
    (
        "open-repository-policy",
        "- Effect: Allow\n  Principal: \"*\" # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { \"ForAllValues:StringEquals\": { aws:PrincipalOrgID: o-a1b2c3d4e5 } }",
    ),
    // Conditions that hold without the key.
    (
        "vacuous-condition",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  Condition:\n    \
         \"ForAllValues:StringEquals\": { aws:PrincipalOrgID: o-a1b2c3d4e5 } # <-",
    ),
    (
        "vacuous-condition",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  Condition:\n    \
         StringEqualsIfExists: { aws:PrincipalOrgID: o-a1b2c3d4e5 } # <-",
    ),
    (
        "vacuous-condition",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  Condition:\n    \
         ArnNotLike: { aws:PrincipalArn: \"arn:aws:iam::222222222222:role/x\" } # <-",
    ),
    (
        "vacuous-condition",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  Condition:\n    \
         \"Null\": { aws:PrincipalOrgID: true } # <-",
    ),
    // A service, regardless of on whose behalf it acts.
    (
        "unbound-service",
        "- Effect: Allow\n  Principal: { Service: lambda.amazonaws.com } # <-\n  Action: ecr:BatchGetImage",
    ),
    (
        "unbound-service",
        "- Effect: Allow\n  Principal: { Service: lambda.amazonaws.com } # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { ArnLike: { aws:SourceArn: \"arn:aws:lambda:eu-central-1:*:function:f\" } }",
    ),
    (
        "unbound-service",
        "- Effect: Allow\n  Principal: { Service: lambda.amazonaws.com } # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { StringLike: { aws:SourceArn: \"arn:aws:lambda:*:222222222222:function:f\" } }",
    ),
    // Conditions that never hold.
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  Condition:\n    \
         StringEquals: { aws:PrincipalArn: \"arn:aws:iam::222222222222:role/*\" } # <-",
    ),
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  Condition:\n    \
         StringLike: { \"token.actions.githubusercontent.com:sub\": \"repo:org/*\" } # <-",
    ),
    // Actions.
    ("unknown-action", "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImages # <-"),
    ("unknown-action", "- Effect: Deny\n  Principal: { AWS: \"222222222222\" }\n  NotAction: [ecr:PullImage] # <-"),
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action:\n    - ecr:BatchGetImage\n    \
         - ecr:GetAuthorizationToken # <-",
    ),
    ("bad-policy-statement", "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: sts:AssumeRole # <-"),
    ("bad-policy-statement", "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: \"s3:*\" # <-"),
    ("bad-policy-statement", "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: \"ecr:Pull*\" # <-"),
    ("bad-policy-statement", "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: PutImage # <-"),
    // Principals.
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { AWS: \"arn:aws:iam::222222222222:*\" } # <-\n  Action: ecr:BatchGetImage",
    ),
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { AWS: \"arn:aws:iam::222222222222:role/*\" } # <-\n  Action: ecr:BatchGetImage",
    ),
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { AWS: \"arn:aws:iam::2222:root\" } # <-\n  Action: ecr:BatchGetImage",
    ),
    ("bad-policy-statement", "- Effect: Allow\n  Principal: { AWS: deployer } # <-\n  Action: ecr:BatchGetImage"),
    ("bad-policy-statement", "- Effect: Allow\n  Principal: { AWS: 222222222222 } # <-\n  Action: ecr:BatchGetImage"),
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { AWS: \"arn:aws-cn:iam::222222222222:root\" } # <-\n  Action: ecr:BatchGetImage",
    ),
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal:\n    \
         Federated: \"arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com\" # <-\n  \
         Action: ecr:BatchGetImage",
    ),
    ("bad-policy-statement", "- Effect: Allow\n  Principal: { CanonicalUser: 79a5 } # <-\n  Action: ecr:BatchGetImage"),
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { Service: lambda } # <-\n  Action: ecr:BatchGetImage\n  \
         Condition: { StringEquals: { aws:SourceAccount: \"222222222222\" } }",
    ),
    // Grammar.
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  Resource: \"*\" # <-",
    ),
    ("bad-policy-statement", "- Effect: Allow # <-\n  Action: ecr:BatchGetImage"),
    ("bad-policy-statement", "- Effect: Allow # <-\n  Principal: { AWS: \"222222222222\" }"),
    ("bad-policy-statement", "- Principal: { AWS: \"222222222222\" } # <-\n  Action: ecr:BatchGetImage"),
    (
        "bad-policy-statement",
        "- Effect: allow # <-\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage",
    ),
    (
        "bad-policy-statement",
        "- Sid: Pull-by-QA # <-\n  Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage",
    ),
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Actions: ecr:BatchGetImage # <-\n  Action: ecr:PutImage",
    ),
    (
        "bad-policy-statement",
        "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  \
         Condition: { StringIs: { aws:PrincipalOrgID: o-a1b2c3d4e5 } } # <-",
    ),
    // No one could replace the policy.
    ("bad-policy-statement", "- Effect: Deny # <-\n  Principal: \"*\"\n  Action: \"ecr:*\""),
    // A repeated name.
    (
        "bad-policy-statement",
        "- Sid: Pull\n  Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n\
         - Sid: Pull # <-\n  Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:PutImage",
    ),
];

#[test]
fn reports_faulty_statements_on_the_right_line() {
    let mut missed = Vec::new();
    for (code, statement) in FAULTY {
        let spec = spec(statement);
        let compiled = shop(&spec);
        let found: Vec<(&str, usize)> = compiled
            .findings()
            .iter()
            .map(|finding| (finding.code.name, compiled.sources().position(finding.labels[0].span).0))
            .collect();
        let marked =
            spec.lines().position(|line| line.contains("# <-")).expect("a marked line") + HEAD.lines().count() + 1;
        if !found.contains(&(*code, marked)) {
            missed.push(format!("{code} on line {marked}, found {found:?}:\n{spec}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Values and keys with which a condition never holds (IAM user guide, "Condition operators" and "AWS global condition context
/// keys").
#[test]
fn finds_conditions_that_never_hold() {
    let lambda = "{ Service: lambda.amazonaws.com }";
    let account = "{ AWS: \"222222222222\" }";
    for (code, principal, condition) in [
        ("bad", lambda, "ArnLike: { aws:SourceArn: \"arn:aws:iam::222222222222:role/f\" }"),
        (
            "bad",
            "{ Service: codebuild.amazonaws.com }",
            "ArnLike: { aws:SourceArn: \"arn:aws:iam::222222222222:role/f\" }",
        ),
        ("bad", account, "ArnLike: { aws:SourceArn: \"arn:aws:lambda:eu-central-1:222222222222:function:f\" }"),
        ("bad", account, "StringEquals: { aws:SourceAccount: \"222222222222\" }"),
        ("bad", account, "ArnEquals: { aws:PrincipalArn: \"arn:aws:sts::222222222222:assumed-role/Ops/job\" }"),
        ("bad", account, "IpAddress: { aws:SourceIp: 203.0.113.0/33 }"),
        ("bad", account, "IpAddress: { aws:SourceIp: 203.0.113 }"),
        ("bad", account, "IpAddress: { aws:SourceIp: \"2001:db8::/129\" }"),
        ("bad", account, "DateLessThan: { aws:CurrentTime: tomorrow }"),
        ("bad", account, "DateLessThan: { aws:CurrentTime: \"2026-13-01T00:00:00Z\" }"),
        ("bad", account, "Bool: { aws:SecureTransport: \"yes\" }"),
        ("bad", account, "\"Null\": { aws:PrincipalOrgID: 0 }"),
        ("bad", account, "NumericLessThan: { aws:MultiFactorAuthAge: 1h }"),
        ("bad", account, "StringEquals: { aws:PrincipalOrgID: O-A1B2C3D4E5 }"),
        ("bad", account, "StringEquals: { aws:PrincipalOrgID: \"222222222222\" }"),
        ("bad", account, "StringEquals: { aws:PrincipalAccount: \"22222222222\" }"),
        ("key", account, "StringEquals: { aws:PrincipalOrgId2: o-a1b2c3d4e5 }"),
        ("key", account, "StringEquals: { \"sts:ExternalId\": x }"),
        ("key", account, "StringLike: { \"s3:prefix\": x }"),
    ] {
        let statement = format!(
            "- Effect: Allow\n  Principal: {principal}\n  Action: ecr:BatchGetImage\n  Condition: {{ {condition} }}"
        );
        let found = codes(&shop(spec(&statement)));
        let wanted = if code == "bad" { "bad-policy-statement" } else { "unknown-condition-key" };
        assert!(found.contains(&wanted), "{condition}: {found:?}");
    }
}

/// Valid statements, including those from AWS guides.
const GOOD: &[&str] = &[
    "- Effect: Allow\n  Principal: { AWS: [\"arn:aws:iam::222222222222:root\", \"333333333333\"] }\n  Action: \"ecr:*\"",
    "- Effect: Allow\n  Principal: { AWS: \"arn:aws:iam::222222222222:role/ci/deployer\" }\n  Action: [ecr:PutImage]",
    "- Effect: Allow\n  Principal: { AWS: \"arn:aws:sts::222222222222:assumed-role/a/b\" }\n  Action: ecr:ListImages",
    "- Effect: Allow\n  Principal: \"*\"\n  Action: [ecr:BatchGetImage, ecr:GetDownloadUrlForLayer]\n  \
     Condition: { StringEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 } }",
    "- Effect: Allow\n  Principal: \"*\"\n  Action: \"ecr:Describe*\"\n  \
     Condition: { \"ForAnyValue:StringLike\": { aws:PrincipalOrgPaths: \"o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*\" } }",
    "- Effect: Allow\n  Principal: \"*\"\n  Action: ecr:BatchGetImage\n  \
     Condition: { ArnLike: { aws:PrincipalArn: \"arn:*:iam::222222222222:role/aws-reserved/*/AWSReservedSSO_Dev_*\" } }",
    "- Effect: Allow\n  Principal: \"*\"\n  Action: ecr:BatchGetImage\n  \
     Condition: { StringEquals: { aws:SourceVpce: vpce-1a2b3c4d } }",
    "- Effect: Allow\n  Principal: { Service: codebuild.amazonaws.com }\n  Action: ecr:BatchGetImage\n  \
     Condition: { StringEquals: { aws:SourceAccount: \"222222222222\" } }",
    "- Effect: Allow\n  Principal: { Service: lambda.amazonaws.com }\n  Action: ecr:BatchGetImage\n  \
     Condition: { StringLike: { aws:sourceARN: \"arn:aws:lambda:eu-central-1:222222222222:function:*\" } }",
    "- Sid: \"Pull by QA: all\"\n  Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage",
    "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  \
     Condition: { IpAddress: { aws:SourceIp: [203.0.113.0/24, \"2001:db8::/32\", 203.0.113.7] } }",
    "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  \
     Condition: { DateLessThan: { aws:CurrentTime: [\"2026-11-21T10:00:00Z\", \"2026-11-21\", 1795000000] } }",
    "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  \
     Condition: { Bool: { aws:viaawsservice: false }, NumericLessThan: { aws:MultiFactorAuthAge: 3600 } }",
    "- Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n  \
     Condition: { StringLike: { aws:PrincipalTag/team: a*, \"ec2:SourceInstanceARN\": x*, aws:PrincipalOrgID: o-a1b2c3d4e5 } }",
    "- Effect: Deny\n  NotPrincipal: { AWS: \"222222222222\" }\n  Action: ecr:DeleteRepository",
    "- Effect: Deny\n  Principal: \"*\"\n  NotAction: [ecr:SetRepositoryPolicy, ecr:BatchGetImage]",
    "- Effect: Deny\n  Principal: \"*\"\n  Action: \"ecr:*\"\n  \
     Condition: { StringNotEqualsIfExists: { aws:PrincipalOrgID: o-a1b2c3d4e5 } }",
];

#[test]
fn accepts_valid_statements() {
    for statement in GOOD {
        assert_eq!(codes(&shop(spec(statement))), [""; 0], "{statement}");
    }
}

#[test]
fn merges_statements_with_entries_under_unique_sids() {
    let statement = "- Sid: Qa\n  Effect: Deny\n  Principal: { AWS: \"arn:aws:iam::222222222222:role/intern\" }\n  \
                     Action: ecr:BatchGetImage";
    let entry = "access: { qa: { can: [pull], repositories: [cart], accounts: [\"222222222222\"] } }\n";
    let policy = policy(&format!("{}{entry}", spec(statement)));
    let names: Vec<String> = policy.statements.iter().filter_map(|s| Some(s.sid.as_ref()?.to_string())).collect();
    assert_eq!(names, ["Qa2", "Qa"], "names in the spec are kept");
    let role = |name: &str| {
        let role = format!("arn:aws:iam::222222222222:role/{name}").parse().expect("an ARN");
        Caller::Role { role, session: "s".to_owned() }
    };
    assert!(allows(&policy, role("engineer"), "ecr:BatchGetImage", Context::default()));
    assert!(!allows(&policy, role("intern"), "ecr:BatchGetImage", Context::default()));
    assert!(allows(&policy, role("intern"), "ecr:GetDownloadUrlForLayer", Context::default()));
}

#[test]
fn writes_statements_unchanged_except_for_the_partition() {
    let module = root(&spec(
        "- Sid: Pull\n  Effect: Allow\n  Principal: { AWS: \"arn:aws:iam::222222222222:root\" }\n  \
         Action: ecr:BatchGetImage\n  Condition: { Bool: { aws:SecureTransport: true } }",
    ));
    let head = "resource aws_ecr_repository_policy cart";
    assert!(module.value(head, "policy").to_string().contains("arn:${data.aws_partition.current.partition}:iam::2"));
    assert_eq!(
        document(&module, head),
        serde_json::json!({ "Version": "2012-10-17", "Statement": [{
            "Sid": "Pull",
            "Effect": "Allow",
            "Principal": { "AWS": "arn:aws:iam::222222222222:root" },
            "Action": "ecr:BatchGetImage",
            "Condition": { "Bool": { "aws:SecureTransport": "true" } },
        }]})
    );
}

#[test]
fn defaults_apply_to_repositories_without_statements() {
    let statement = |account: &str| {
        format!("[{{ Effect: Allow, Principal: {{ AWS: \"{account}\" }}, Action: ecr:BatchGetImage }}]")
    };
    let rest = format!(
        "repository_defaults: {{ policy_statements: {} }}\nrepositories: {{ cart: {{}}, own: {{ policy_statements: {} }} }}\n",
        statement("222222222222"),
        statement("333333333333")
    );
    let cart = policy(&rest);
    assert!(allows(&cart, role_of("222222222222"), "ecr:BatchGetImage", Context::default()));
    assert!(!allows(&cart, role_of("333333333333"), "ecr:BatchGetImage", Context::default()));
    let own = document(&root(&rest), "resource aws_ecr_repository_policy own");
    assert_eq!(own["Statement"][0]["Principal"]["AWS"], "333333333333");
}

#[test]
fn rejects_an_arn_in_another_partition() {
    let statement =
        "- { Effect: Allow, Principal: { AWS: \"arn:aws-cn:iam::222222222222:root\" }, Action: ecr:PutImage }";
    let text = format!("platform: shop\nenvironment: e\nregion: cn-north-1\n{}", spec(statement));
    assert_eq!(codes(&Compiled::of(&text)), [""; 0]);
    let text = text.replace("aws-cn", "aws");
    let elsewhere = Compiled::of(text);
    let [error] = elsewhere.errors()[..] else { panic!("{:#?}", elsewhere.findings()) };
    assert!(error.contains("begin with `arn:aws-cn:`"), "{error}");
}

/// A role of this spec, by ARN. ECR rejects a policy whose principal does not exist yet, so Terraform must create it first.
#[test]
fn refers_to_roles_that_the_same_apply_creates() {
    const ROLE: &str = "arn:aws:iam::111111111111:role/shop/shared/shop-shared-ci";
    let ci = "access: { ci: { can: [push], repositories: [cart], github: { repository: o/r, owner_id: 11, repository_id: 22, branches: [main] } } }\n";
    let statement =
        |arn: &str| format!("- Effect: Allow\n  Principal: {{ AWS: \"{arn}\" }}\n  Action: ecr:BatchDeleteImage");
    let with = |arn: &str| format!("account: \"111111111111\"\n{}{ci}", spec(&statement(arn)));
    let principal = |rest: &str| {
        let policy = shop(rest).module("shared/ecr").value("resource aws_ecr_repository_policy cart", "policy");
        policy["Statement"][0]["Principal"]["AWS"].as_str().expect("a principal").to_owned()
    };
    assert_eq!(principal(&with(ROLE)), "${aws_iam_role.ci.arn}");
    let without_account = with(ROLE).replace("account: \"111111111111\"\n", "");
    assert!(principal(&without_account).ends_with(":iam::111111111111:role/shop/shared/shop-shared-ci"));
    assert!(principal(&with("arn:aws:iam::111111111111:role/other")).ends_with(":role/other"));
    for wrong in ["role/shop-shared-ci", "role/shop/shop-shared-ci", "role/shop/shared/Shop-shared-ci"] {
        let compiled = shop(with(&format!("arn:aws:iam::111111111111:{wrong}")));
        assert_eq!(codes(&compiled), ["bad-policy-statement"], "{wrong}");
        let help = format!("write `{ROLE}`");
        assert!(compiled.findings().iter().any(|finding| finding.help.as_deref() == Some(&help)), "{wrong}");
    }
    let condition = statement("*").replace("{ AWS: \"*\" }", "\"*\"")
        + "\n  Condition: { ArnEquals: { aws:PrincipalArn: \"arn:aws:iam::111111111111:role/shop-shared-ci\" } }";
    let found = codes(&shop(format!("account: \"111111111111\"\n{}{ci}", spec(&condition))));
    assert_eq!(found, ["bad-policy-statement"]);
}

/// The same in a trust policy, except where two roles could wait for each other.
#[test]
fn a_trust_policy_refers_to_roles_that_the_same_apply_creates() {
    let arn = |name: &str| format!("arn:aws:iam::111111111111:role/shop/shared/shop-shared-{name}");
    let rest = format!(
        "account: \"111111111111\"\nrepositories: {{ cart: {{}} }}\naccess:\n  \
         pods: {{ can: [push], repositories: all, pod_identity: {{ cluster: c, service_accounts: [ci/build] }} }}\n  \
         a: {{ can: [read], repositories: all, assumed_by: [\"{}\", \"{}\"] }}\n  \
         b: {{ can: [read], repositories: all, assumed_by: [\"{}\"] }}\n",
        arn("pods-ci-build"),
        arn("b"),
        arn("a")
    );
    let trust = root(&rest).value("resource aws_iam_role a", "assume_role_policy");
    assert_eq!(trust["Statement"][0]["Principal"]["AWS"], arn("b"));
    assert_eq!(trust["Statement"][1]["Principal"]["AWS"], "${aws_iam_role.pods__ci__build.arn}");
}
