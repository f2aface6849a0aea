//! Principals that assume a role by their ARN, under conditions (IAM user guide, "Access to AWS accounts owned by third parties",
//! "Secure API access with MFA" and "Controlling access for IAM users and roles using tags").

use ecrgen::iam::{Caller, Context, Decision, Document, Request, evaluate_trust};

use super::{Role, compiled, entry, role, roles};

const ROLE: &str = "arn:aws:iam::222222222222:role/deploy";

fn assumes(role: &Role, arn: &str, keys: &[(&str, &str)]) -> bool {
    let arn = arn.parse().expect("an ARN");
    let context = keys.iter().fold(Context::default(), |context, (key, value)| context.with(key, [*value]));
    role.admits(Caller::Role { role: arn, session: "job".into() }, "sts:AssumeRole", context)
}

/// Every condition is needed: the request is refused without any one of them, and with another value.
#[test]
fn each_condition_must_be_met() {
    let role = role(&format!(
        "assumed_by: {{ principals: [\"{ROLE}\"], external_id: shop-4711, mfa: true, principal_tags: {{ team: shop, \"cost center\": \"7\" }} }}"
    ));
    let request = [
        ("sts:ExternalId", "shop-4711"),
        ("aws:MultiFactorAuthPresent", "true"),
        ("aws:PrincipalTag/team", "shop"),
        ("aws:PrincipalTag/cost center", "7"),
    ];
    assert!(assumes(&role, ROLE, &request));
    assert!(!assumes(&role, "arn:aws:iam::222222222222:role/other", &request));
    for (at, (key, _)) in request.iter().enumerate() {
        let mut other = request.to_vec();
        other.remove(at);
        assert!(!assumes(&role, ROLE, &other), "without {key}");
        other.push((key, "false"));
        assert!(!assumes(&role, ROLE, &other), "another {key}");
    }
}

/// EKS API reference, PodIdentityAssociation, `targetRoleArn` and `externalId`: EKS assumes the role with session tags, for which STS
/// requires `sts:TagSession` (IAM user guide, "Pass session tags in AWS STS").
#[test]
fn sessions_of_another_account_can_have_tags() {
    let role = role(&format!("assumed_by: {{ principals: [\"{ROLE}\"], external_id: id-1, session_tags: true }}"));
    let admits = |arn: &str, action: &str, id: &str| {
        let caller = Caller::Role { role: arn.parse().expect("an ARN"), session: "eks".into() };
        role.admits(caller, action, Context::default().with("sts:ExternalId", [id]))
    };
    for action in ["sts:AssumeRole", "sts:TagSession"] {
        assert!(admits(ROLE, action, "id-1"), "{action}");
        assert!(!admits(ROLE, action, "id-2"), "{action}");
        assert!(!admits("arn:aws:iam::222222222222:role/other", action, "id-1"), "{action}");
    }
    let without = super::role(&format!("assumed_by: {{ principals: [\"{ROLE}\"], session_tags: false }}"));
    let caller = || Caller::Role { role: ROLE.parse().expect("an ARN"), session: "job".into() };
    assert!(without.admits(caller(), "sts:AssumeRole", Context::default()));
    assert!(!without.admits(caller(), "sts:TagSession", Context::default()));
    let elsewhere = "  pods: { can: [pull], repositories: [web], pod_identity: { cluster: main, service_accounts: [ci/a], target_role_arn: x } }\n";
    let found = compiled(&(entry(&format!("assumed_by: [\"{ROLE}\"]")) + elsewhere));
    assert_eq!(found.codes(), ["unknown-key"]);
    assert!(found.findings()[0].help.as_deref().is_some_and(|help| help.contains("`session_tags: true`")));
}

/// The way for the users of an IAM group, as the help about groups describes it: the account decides by its own policies.
#[test]
fn a_role_for_the_whole_account_admits_whom_the_account_allows() {
    let role = role("assumed_by: [\"arn:aws:iam::222222222222:root\"]");
    let of_group = r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*" } }"#;
    let of_group = Document::from_json(of_group).expect("a policy");
    let admits = |account: &str, policies: &[Document]| {
        let user = format!("arn:aws:iam::{account}:user/ada").parse().expect("an ARN");
        let request = Request {
            caller: Caller::User(user),
            action: "sts:AssumeRole".to_owned(),
            resource: None,
            context: Context::default(),
        };
        matches!(evaluate_trust(&role.trust, policies, &role.bindings, &request), Decision::Allowed { .. })
    };
    assert!(admits("222222222222", std::slice::from_ref(&of_group)), "a user in the group");
    assert!(!admits("222222222222", &[]), "another user");
    assert!(!admits("333333333333", std::slice::from_ref(&of_group)), "a user of another account");
}

#[test]
fn a_map_without_conditions_is_the_list() {
    let list = role(&format!("assumed_by: [\"{ROLE}\"]"));
    let map = role(&format!("assumed_by: {{ principals: [\"{ROLE}\"], mfa: false }}"));
    assert_eq!(list.trust, map.trust);
    assert!(assumes(&map, ROLE, &[]));
}

/// Sessions of Pod Identity need sts:TagSession and therefore their own statement; the conditions stay.
#[test]
fn the_conditions_also_apply_to_pods() {
    let pods =
        "  pods: { can: [pull], repositories: [web], pod_identity: { cluster: main, service_accounts: [ci/a] } }\n";
    let pod = "arn:aws:iam::123456789012:role/shop/prod/shop-prod-pods-ci-a";
    let spec = entry(&format!("assumed_by: {{ principals: [\"{pod}\"], external_id: x1 }}")) + pods;
    let roles = roles(&spec);
    let role = roles.iter().find(|role| role.name == "shop-prod-a").expect("a role");
    assert!(assumes(role, pod, &[("sts:ExternalId", "x1")]));
    assert!(!assumes(role, pod, &[]));
}

#[test]
fn malformed_conditions_are_errors_at_their_keys() {
    for (keys, code) in [
        ("external_id: x", "malformed"),
        ("external_id: \"a b\"", "malformed"),
        ("mfa: always", "wrong-type"),
        ("principal_tags: { team: \"sh*\" }", "malformed"),
        ("external: x1", "unknown-key"),
    ] {
        let found = compiled(&entry(&format!("assumed_by: {{ principals: [\"{ROLE}\"], {keys} }}")));
        assert_eq!(found.codes(), [code], "{keys}");
    }
    assert_eq!(compiled(&entry("assumed_by: { mfa: true }")).codes(), ["missing-key"]);
}
