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
        "- Sid: Pull by QA # <-\n  Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage",
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
