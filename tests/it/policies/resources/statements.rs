//! Raw statements: merged into the repository's policy, and refused where AWS would refuse them, where they let in
//! strangers, and where nothing would come of them.

use ecrgen::iam::{Caller, Context};

use super::{document, lets_in, policy, role_of, root};
use crate::harness::{Compiled, HEAD, shop};

/// A spec with these statements; every line stands at its own place.
fn spec(statements: &str) -> String {
    let indented: String = statements.lines().map(|line| format!("      {line}\n")).collect();
    format!("repositories:\n  cart:\n    policy_statements:\n{indented}")
}

/// What is wrong: the code of the finding, and a statement in which `# <-` marks the line it must point at.
const FAULTY: &[(&str, &str)] = &[
    // Everybody.
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
    // Everybody, on a condition that strangers meet.
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
    // Conditions that hold when there is nothing to compare.
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
    // A service, whoever it works for.
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
    // Nobody could ever set another policy.
    ("bad-policy-statement", "- Effect: Deny # <-\n  Principal: \"*\"\n  Action: \"ecr:*\""),
    // Two of a name.
    (
        "bad-policy-statement",
        "- Sid: Pull\n  Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:BatchGetImage\n\
         - Sid: Pull # <-\n  Effect: Allow\n  Principal: { AWS: \"222222222222\" }\n  Action: ecr:PutImage",
    ),
];

#[test]
fn what_is_wrong_is_found_at_its_line() {
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
            missed.push(format!("{code} in line {marked}, found {found:?}:\n{spec}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Statements that are as they should be, those of AWS's guides among them.
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
fn what_is_right_has_no_finding() {
    for statement in GOOD {
        assert_eq!(shop(spec(statement)).codes(), [""; 0], "{statement}");
    }
}

#[test]
fn statements_join_the_one_policy_of_the_repository_under_names_of_their_own() {
    let statement = "- Sid: Qa\n  Effect: Deny\n  Principal: { AWS: \"arn:aws:iam::222222222222:role/intern\" }\n  \
                     Action: ecr:BatchGetImage";
    let entry = "access: { qa: { can: [pull], repositories: [cart], accounts: [\"222222222222\"] } }\n";
    let policy = policy(&format!("{}{entry}", spec(statement)));
    let names: Vec<String> = policy.statements.iter().filter_map(|s| Some(s.sid.as_ref()?.to_string())).collect();
    assert_eq!(names, ["Qa2", "Qa"], "what the spec names keeps its name");
    let role = |name: &str| {
        let role = format!("arn:aws:iam::222222222222:role/{name}").parse().expect("an ARN");
        Caller::Role { role, session: "s".to_owned() }
    };
    assert!(lets_in(&policy, role("engineer"), "ecr:BatchGetImage", Context::default()));
    assert!(!lets_in(&policy, role("intern"), "ecr:BatchGetImage", Context::default()));
    assert!(lets_in(&policy, role("intern"), "ecr:GetDownloadUrlForLayer", Context::default()));
}

#[test]
fn statements_are_written_as_they_are_but_for_the_partition() {
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
fn defaults_reach_the_repositories_that_leave_them_open() {
    let statement = |account: &str| {
        format!("[{{ Effect: Allow, Principal: {{ AWS: \"{account}\" }}, Action: ecr:BatchGetImage }}]")
    };
    let rest = format!(
        "repository_defaults: {{ policy_statements: {} }}\nrepositories: {{ cart: {{}}, own: {{ policy_statements: {} }} }}\n",
        statement("222222222222"),
        statement("333333333333")
    );
    let cart = policy(&rest);
    assert!(lets_in(&cart, role_of("222222222222"), "ecr:BatchGetImage", Context::default()));
    assert!(!lets_in(&cart, role_of("333333333333"), "ecr:BatchGetImage", Context::default()));
    let own = document(&root(&rest), "resource aws_ecr_repository_policy own");
    assert_eq!(own["Statement"][0]["Principal"]["AWS"], "333333333333");
}

#[test]
fn an_arn_is_of_the_partition_of_its_region() {
    let statement =
        "- { Effect: Allow, Principal: { AWS: \"arn:aws-cn:iam::222222222222:root\" }, Action: ecr:PutImage }";
    let text = format!("platform: shop\nenvironment: e\nregion: cn-north-1\n{}", spec(statement));
    assert_eq!(Compiled::of(&text).findings(), []);
    let text = text.replace("aws-cn", "aws");
    let elsewhere = Compiled::of(text);
    assert!(elsewhere.message().contains("begin with arn:aws-cn:"), "{}", elsewhere.message());
}
