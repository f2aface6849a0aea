//! Conditions on what is known of a request, and what they leave open. The expected answers follow from the IAM User
//! Guide, "Policy evaluation logic" and "AWS global condition context keys".

use ecrgen::permissions::{EffectivePermissions, Query};

use crate::harness::{Case, Compiled};

const ACCOUNT: &str = "account: \"123456789012\"\n";
const CI: &str = "arn:aws:iam::123456789012:role/shop/shared/shop-shared-ci";
const PUSH: &str =
    "[\"ecr:PutImage\", \"ecr:InitiateLayerUpload\", \"ecr:UploadLayerPart\", \"ecr:CompleteLayerUpload\"]";

/// A shop with a repository whose policy has these statements, one per line, and with more lines at the end.
fn shop(statements: &[&str], rest: &str) -> String {
    let statements: String = statements.iter().map(|statement| format!("\n      - {statement}")).collect();
    format!(
        "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories:\n  app:\n    policy_statements:{statements}\n\
         access:\n  ci: {{ can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:role/runner\"] }}\n  \
         dev: {{ can: [push], repositories: all, roles: [dev] }}\n  \
         partner: {{ can: [pull], repositories: all, accounts: [\"210987654321\"] }}\n{rest}"
    )
}

/// What `--can` answers about the repository: `no`, `yes`, or `yes` with the conditions.
fn answered(spec: &str, principal: &str, action: &str) -> String {
    let compiled = Compiled::of(spec);
    assert_eq!(compiled.errors(), [""; 0], "{spec}");
    let policies = compiled.policies();
    let mut rights = EffectivePermissions::of(&policies);
    rights.add_asked(principal);
    let asked = Query { principal, action, repository: "app" };
    let answer = asked.answer(std::slice::from_ref(&rights)).unwrap_or_else(|fault| panic!("{asked:?}: {fault:?}"));
    let conditions: Vec<String> = answer.grounds.iter().flat_map(|ground| answer.conditions(ground)).collect();
    let denials: Vec<String> = answer.denials.iter().flat_map(|denial| answer.conditions(denial)).collect();
    match (answer.is_yes(), conditions.as_slice(), denials.as_slice()) {
        (false, ..) => "no".into(),
        (true, [], []) => "yes".into(),
        (true, conditions, []) => format!("yes if {}", conditions.join(" and ")),
        (true, [], denials) => format!("yes unless {}", denials.join(" and ")),
        (true, conditions, denials) => format!("yes if {} unless {}", conditions.join(" and "), denials.join(" and ")),
    }
}

/// A denial of everyone but one role, in the ways in which people write it.
#[test]
fn a_denial_of_everyone_but_one_role_denies_the_others() {
    for (operator, value) in [
        ("ArnNotEquals", CI),
        ("ArnNotLike", "arn:aws:iam::*:role/shop/shared/shop-shared-ci"),
        ("StringNotEquals", CI),
        ("StringNotLike", "*/shop-shared-ci"),
        ("StringNotEqualsIfExists", CI),
        ("\"ForAllValues:StringNotLike\"", CI),
    ] {
        let denial = format!(
            "{{ Sid: OnlyCi, Effect: Deny, Principal: \"*\", Action: {PUSH}, Condition: {{ {operator}: {{ \"aws:PrincipalArn\": \"{value}\" }} }} }}"
        );
        let spec = shop(&[&denial], &format!("{ACCOUNT}assert: {{ only ci pushes: {{ can: [push], only: [ci] }} }}\n"));
        assert_eq!(answered(&spec, "dev", "push"), "no", "{operator}");
        assert_eq!(answered(&spec, "ci", "push"), "yes", "{operator}");
        assert_eq!(answered(&spec, "dev", "ecr:BatchGetImage"), "yes", "{operator}");
        assert!(!Compiled::of(&spec).codes().contains(&"failed-assertion"), "{operator}");
    }
}

/// If the account is unknown, a role of this name in it may be the one that the denial excludes.
#[test]
fn an_unknown_account_leaves_the_answer_open() {
    let denial = |arn: &str| {
        format!(
            "{{ Effect: Deny, Principal: \"*\", Action: {PUSH}, Condition: {{ ArnNotEquals: {{ \"aws:PrincipalArn\": \"{arn}\" }} }} }}"
        )
    };
    let spec = shop(&[&denial(CI)], "");
    assert_eq!(answered(&spec, "dev", "push"), "no");
    let elsewhere = "arn:aws:iam::999999999999:role/shop/shared/shop-shared-ci";
    let spec = shop(&[&denial(elsewhere)], "");
    assert_eq!(answered(&spec, "dev", "push"), "no");
    assert_eq!(answered(&spec, "ci", "push"), format!("yes unless aws:PrincipalArn ArnNotEquals {elsewhere}"));
}

#[test]
fn a_denial_on_an_unknown_key_is_reported() {
    let denial = "{ Sid: Endpoint, Effect: Deny, Principal: \"*\", Action: \"ecr:*\", Condition: { StringNotEquals: { \"aws:SourceVpce\": vpce-1 } } }";
    let spec = shop(&[denial], ACCOUNT);
    assert_eq!(answered(&spec, "dev", "ecr:PutImage"), "yes unless aws:SourceVpce is not vpce-1");
    let case = Case::new().file("shop.yaml", &spec);
    let text = case.run(&["access", "shop.yaml", "--can", "dev", "ecr:PutImage", "app"]);
    assert_eq!(text.status, 0);
    assert!(
        text.out.contains("unless statement Endpoint of the repository policy of app denies ecr:PutImage if"),
        "{}",
        text.out
    );
    let report = case.run(&["access", "shop.yaml"]).out;
    assert!(report.contains("* dev: denied if aws:SourceVpce is not vpce-1"), "{report}");
    let json: serde_json::Value =
        serde_json::from_str(&case.run(&["access", "shop.yaml", "--format", "json"]).out).expect("JSON");
    assert_eq!(json["platforms"][0]["permissions"][0]["denied_if"][0], "aws:SourceVpce is not vpce-1");
}

/// Each row: a condition of an `Allow` for everyone, and whether `dev` and a partner's account can use it.
#[test]
fn conditions_on_what_is_known_are_decided() {
    for (condition, dev, partner) in [
        ("StringEquals: { \"aws:RequestedRegion\": eu-central-1 }", "yes", "yes"),
        ("StringEquals: { \"aws:RequestedRegion\": eu-west-1 }", "no", "no"),
        ("StringEquals: { \"aws:PrincipalAccount\": \"123456789012\" }", "yes", "no"),
        ("StringEquals: { \"aws:PrincipalAccount\": \"210987654321\" }", "no", "yes"),
        ("StringEquals: { \"aws:ResourceAccount\": \"123456789012\" }", "yes", "yes"),
        ("StringEquals: { \"aws:PrincipalType\": User }", "no", "yes if aws:PrincipalType is User"),
        ("StringEquals: { \"aws:PrincipalType\": AssumedRole }", "yes", "yes if aws:PrincipalType is AssumedRole"),
        ("Bool: { \"aws:PrincipalIsAWSService\": \"true\" }", "no", "no"),
        ("Bool: { \"aws:PrincipalIsAWSService\": \"false\" }", "yes", "yes"),
        ("ArnLike: { \"aws:PrincipalArn\": \"arn:aws:iam::123456789012:role/other\" }", "no", "no"),
        (
            "ArnLike: { \"aws:PrincipalArn\": \"arn:aws:iam::210987654321:role/x\" }",
            "no",
            "yes if aws:PrincipalArn is like arn:aws:iam::210987654321:role/x",
        ),
        ("\"Null\": { \"aws:PrincipalArn\": \"true\" }", "no", "no"),
        // These hold for a request without the key, but not for every request.
        (
            "StringNotEquals: { \"aws:SourceVpce\": vpce-1 }",
            "yes if aws:SourceVpce is not vpce-1",
            "yes if aws:SourceVpce is not vpce-1",
        ),
        (
            "StringEqualsIfExists: { \"aws:SourceVpce\": vpce-1 }",
            "yes if aws:SourceVpce StringEqualsIfExists vpce-1",
            "yes if aws:SourceVpce StringEqualsIfExists vpce-1",
        ),
        (
            "\"ForAllValues:StringEquals\": { \"aws:TagKeys\": team }",
            "yes if aws:TagKeys ForAllValues:StringEquals team",
            "yes if aws:TagKeys ForAllValues:StringEquals team",
        ),
        (
            "\"Null\": { \"aws:SourceVpce\": \"true\" }",
            "yes if aws:SourceVpce Null true",
            "yes if aws:SourceVpce Null true",
        ),
        // A condition that is met is not worth a word.
        (
            "StringEquals: { \"aws:RequestedRegion\": eu-central-1, \"aws:PrincipalOrgID\": o-a1b2c3d4e5 }",
            "yes if aws:PrincipalOrgID is o-a1b2c3d4e5",
            "yes if aws:PrincipalOrgID is o-a1b2c3d4e5",
        ),
    ] {
        let allow = format!(
            "{{ Effect: Allow, Principal: {{ AWS: [\"arn:aws:iam::123456789012:role/dev\", \"210987654321\"] }}, Action: \"ecr:DescribeImages\", Condition: {{ {condition} }} }}"
        );
        let spec = shop(&[&allow], ACCOUNT);
        assert_eq!(answered(&spec, "dev", "ecr:DescribeImages"), dev, "{condition}");
        assert_eq!(answered(&spec, "partner", "ecr:DescribeImages"), partner, "{condition}");
    }
}

/// IAM User Guide, "Permissions boundaries for IAM entities" and "IAM role principals": a resource policy that allows the
/// session, by its ARN or through a wildcard, is not limited by the boundary of the role. One that allows the role is.
#[test]
fn a_boundary_does_not_limit_what_is_allowed_to_the_session() {
    let workspace = &format!("{ACCOUNT}workspace: {{ organization: example }}\n");
    let session = "arn:aws:sts::123456789012:assumed-role/shop-shared-ci/job";
    let allow = |principal: &str, condition: &str| {
        let action = "\"ecr:StartImageScan\"";
        format!("{{ Effect: Allow, Principal: {{ AWS: \"{principal}\" }}, Action: [{action}]{condition} }}")
    };
    let only_ci = format!(", Condition: {{ ArnEquals: {{ \"aws:PrincipalArn\": \"{CI}\" }} }}");
    let scan = "ecr:StartImageScan";
    let spec = shop(&[&allow("*", &only_ci)], workspace);
    assert_eq!(answered(&spec, "ci", scan), "yes");
    assert_eq!(answered(&spec, "dev", scan), "no");
    let spec = shop(&[&allow(CI, "")], workspace);
    assert_eq!(answered(&spec, "ci", scan), "no", "the boundary does not allow it");
    let spec = shop(&[&allow(session, "")], workspace);
    assert_eq!(answered(&spec, session, scan), "yes");
    assert_eq!(answered(&spec, session, "push"), "yes", "a session has what its role has");
    assert_eq!(answered(&spec, "arn:aws:sts::123456789012:assumed-role/shop-shared-ci/other", scan), "no");
}

/// A session's ARN has the name of its role without the path, and the name is unique in an account.
#[test]
fn a_denial_of_a_role_is_one_of_its_sessions() {
    let session = "arn:aws:sts::123456789012:assumed-role/Ops/job";
    for path in ["", "team/"] {
        let role = format!("arn:aws:iam::123456789012:role/{path}Ops");
        let allow = format!("{{ Effect: Allow, Principal: {{ AWS: \"{session}\" }}, Action: \"ecr:DescribeImages\" }}");
        let deny = format!("{{ Effect: Deny, Principal: {{ AWS: \"{role}\" }}, Action: \"ecr:DescribeImages\" }}");
        assert_eq!(answered(&shop(&[&allow], ACCOUNT), session, "ecr:DescribeImages"), "yes");
        assert_eq!(answered(&shop(&[&allow, &deny], ACCOUNT), session, "ecr:DescribeImages"), "no", "{role}");
        let by_condition = format!(
            "{{ Effect: Deny, Principal: \"*\", Action: \"ecr:DescribeImages\", Condition: {{ ArnEquals: {{ \"aws:PrincipalArn\": \"{role}\" }} }} }}"
        );
        let answer = answered(&shop(&[&allow, &by_condition], ACCOUNT), session, "ecr:DescribeImages");
        let open = format!("yes unless aws:PrincipalArn is {role}");
        assert_eq!(answer, if path.is_empty() { "no".to_owned() } else { open });
    }
}

/// An account that is allowed passes the permission on to its roles.
#[test]
fn a_role_of_an_account_that_is_allowed_can_be_asked_about() {
    let role = "arn:aws:iam::210987654321:role/team/puller";
    let named = format!("{{ Effect: Allow, Principal: {{ AWS: \"{role}\" }}, Action: \"ecr:DescribeImages\" }}");
    let denied = format!("{{ Effect: Deny, Principal: {{ AWS: \"{role}\" }}, Action: \"ecr:BatchGetImage\" }}");
    for statements in [vec![], vec![named.as_str()]] {
        let spec = shop(&statements, ACCOUNT);
        let spec = spec.replace("    policy_statements:\naccess", "    {}\naccess");
        assert_eq!(answered(&spec, role, "pull"), "yes");
        assert_eq!(answered(&spec, role, "push"), "no");
        let session = "arn:aws:sts::210987654321:assumed-role/puller/job";
        assert_eq!(answered(&spec, session, "pull"), "yes");
        assert_eq!(answered(&spec, "arn:aws:iam::210987654321:user/ada", "pull"), "yes");
    }
    let spec = shop(&[&denied], ACCOUNT);
    assert_eq!(answered(&spec, role, "pull"), "no");
    assert_eq!(answered(&spec, "arn:aws:iam::210987654321:role/other", "pull"), "yes");
    let stranger = Case::new().file("shop.yaml", shop(&[&denied], ACCOUNT));
    let outcome = stranger.run(&["access", "shop.yaml", "--can", "arn:aws:iam::555555555555:role/x", "pull", "app"]);
    assert_eq!(outcome.status, 2, "{}", outcome.out);
    assert!(outcome.err.contains("does not exist"), "{}", outcome.err);
}

/// IAM User Guide, "NotPrincipal": it denies every principal with a permissions boundary.
#[test]
fn a_denial_with_not_principal_applies_to_every_role_with_a_boundary() {
    let deny = format!(
        "{{ Effect: Deny, NotPrincipal: {{ AWS: [\"{CI}\", \"arn:aws:sts::123456789012:assumed-role/shop-shared-ci/session\", \"123456789012\"] }}, Action: {PUSH} }}"
    );
    assert_eq!(answered(&shop(&[&deny], ACCOUNT), "ci", "push"), "yes");
    let workspace = format!("{ACCOUNT}workspace: {{ organization: example }}\n");
    assert_eq!(answered(&shop(&[&deny], &workspace), "ci", "push"), "no");
}
