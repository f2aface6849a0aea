//! Evaluates policies that no access entry creates yet: with conditions, denials, wildcards and services.

use std::collections::BTreeSet;

use ecrgen::escape::terminal::Charset;
use ecrgen::iam::{Document, Verb};
use ecrgen::permissions::{EffectivePermissions, Query, Reply, Verdict};
use ecrgen::policies::Policies;
use ecrgen::report::{Color, Style, answer, permissions};

use super::SHOP;
use crate::harness::Compiled;

/// The permissions of the shop after a change of its policies.
fn changed<T>(change: impl Fn(&mut Policies), look: impl Fn(&EffectivePermissions) -> T) -> T {
    let compiled = Compiled::of(SHOP);
    let mut policies = compiled.policies();
    change(&mut policies);
    look(&EffectivePermissions::of(&policies))
}

fn verdict(rights: &EffectivePermissions, principal: &str, action: &str) -> Verdict {
    let holder = rights.principals.iter().position(|one| one.name == principal).expect("a principal");
    let action = ecrgen::iam::Action::find(action).expect("an action");
    rights.ruling(holder, action, rights.platform.repository("cart").expect("a repository")).verdict
}

/// Replaces the policy of an owner.
fn policy(policies: &mut Policies, owner: &str, json: &str) {
    let found = policies.documents.iter_mut().find(|emitted| emitted.owners[0] == owner).expect("a document");
    found.document = Document::from_json(json).expect("a policy");
    let source = found.sources[0];
    found.sources = vec![source; found.document.statements.len()];
}

#[test]
fn assumes_that_conditions_are_met_and_denials_are_avoided() {
    const ALLOW: &str =
        r#"{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}"#;
    for (statements, wanted) in [
        (ALLOW.to_owned(), Verdict::Conditional),
        (format!(r#"{ALLOW},{{"Effect":"Deny","Action":"ecr:PutImage","Resource":"*"}}"#), Verdict::Denied),
        (
            format!(
                r#"{ALLOW},{{"Effect":"Deny","Action":"ecr:Put*","Resource":"*","Condition":{{"StringNotEquals":{{"aws:PrincipalTag/team":"shop"}}}}}}"#
            ),
            Verdict::Conditional,
        ),
        (r#"{"Effect":"Allow","Action":"ecr:Put*","Resource":"*"}"#.to_owned(), Verdict::Allowed),
        (
            r#"{"Effect":"Allow","Action":"ecr:PutImage","Resource":"arn:aws:ecr:*:*:repository/c?rt"}"#.to_owned(),
            Verdict::Allowed,
        ),
        (
            r#"{"Effect":"Allow","Action":"ecr:PutImage","Resource":"arn:aws:ecr:*:*:repository/s*"}"#.to_owned(),
            Verdict::NotAllowed,
        ),
        (r#"{"Effect":"Allow","NotAction":"ecr:PutImage","Resource":"*"}"#.to_owned(), Verdict::NotAllowed),
    ] {
        let json = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
        let found = changed(
            |rights| policy(rights, "shop-shared-developers", &json),
            |rights| verdict(rights, "developers", "ecr:PutImage"),
        );
        assert_eq!(found, wanted, "{statements}");
    }
}

/// A principal with a boundary cannot do what the boundary does not allow, regardless of its policies. One without a
/// boundary can.
#[test]
fn a_boundary_limits_permissions() {
    let without_put =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"ecr:PutImage","Resource":"*"}}"#;
    let all = |rights: &mut Policies, boundary: &str| {
        policy(rights, "shop-shared-ecr-boundary", boundary);
        let everything = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}"#;
        policy(rights, "shop-shared-developers", everything);
        policy(rights, "shop-shared-nodes", everything);
    };
    changed(
        |rights| all(rights, without_put),
        |rights| {
            assert_eq!(verdict(rights, "developers", "ecr:PutImage"), Verdict::Bounded);
            assert_eq!(verdict(rights, "developers", "ecr:BatchGetImage"), Verdict::Allowed);
            assert_eq!(verdict(rights, "nodes/eks-node", "ecr:PutImage"), Verdict::Allowed);
            let asked = Query { principal: "developers", action: "ecr:PutImage", repository: "cart" };
            assert!(!asked.answer(std::slice::from_ref(rights)).expect("a question").is_yes());
        },
    );
}

#[test]
fn an_answer_contains_the_conditions() {
    let json = r#"{"Version":"2012-10-17","Statement":{"Sid":"Team","Effect":"Allow","Action":"ecr:PutImage","Resource":"*",
        "Condition":{"StringEquals":{"aws:PrincipalTag/team":["a","b"]},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}}"#;
    let text = changed(
        |rights| policy(rights, "shop-shared-developers", json),
        |rights| {
            let asked = Query { principal: "developers", action: "ecr:PutImage", repository: "cart" };
            let answer = Reply::Within(asked.answer(std::slice::from_ref(rights)).expect("a question"));
            let mut sources = ecrgen::source::Sources::default();
            sources.add("shop.yaml", SHOP);
            answer::text(&answer, &sources, Style { color: Color::Plain, charset: Charset::Ascii, width: None })
        },
    );
    let when =
        "allows ecr:PutImage if aws:PrincipalTag/team\n    is one of a, b and aws:SourceIp IpAddress 10.0.0.0/8\n";
    assert!(text.starts_with("yes: ") && text.contains(when), "{text}");
}

/// If one action of a verb is missing, the verb is not listed and its other actions are listed separately.
#[test]
fn a_verb_needs_all_of_its_actions() {
    for verb in Verb::ALL {
        let names: Vec<&str> = verb.actions().map(|action| action.name).collect();
        for left_out in 0..names.len() {
            let mut some = names.clone();
            some.remove(left_out);
            let can: Vec<String> = some.iter().map(|name| format!("\"{name}\"")).collect();
            let spec = format!(
                "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: {{ cart: {{}} }}\n\
                 access: {{ a: {{ can: [\"ecr:GetLifecyclePolicy\", {}], repositories: all, roles: [r] }} }}\n",
                can.join(", ")
            );
            let compiled = Compiled::of(spec.replace(", ]", "]"));
            let policies = compiled.policies();
            let rights = EffectivePermissions::of(&policies);
            let held = rights.granted(0, "cart").expect("a repository");
            assert!(!held.verbs().any(|other| other == verb), "{verb} without {}", names[left_out]);
            let mut besides = held.besides();
            let mut told: Vec<&str> = held.verbs().flat_map(Verb::actions).map(|action| action.name).collect();
            told.append(&mut besides);
            told.sort_unstable();
            told.dedup();
            let mut wanted = [some.as_slice(), &["ecr:GetLifecyclePolicy"]].concat();
            wanted.sort_unstable();
            assert_eq!(told, wanted, "{verb} without {}", names[left_out]);
        }
    }
}

/// A thousand repositories with two sets of permissions are evaluated twice, and each one is in its group.
#[test]
fn groups_repositories_with_the_same_permissions() {
    let keys: Vec<String> = (0..1_000).map(|i| format!("r{i:03}")).collect();
    let (even, odd): (Vec<&String>, Vec<&String>) =
        keys.iter().partition(|key| key.ends_with(['0', '2', '4', '6', '8']));
    let map: String = keys.iter().map(|key| format!("{key}: {{}}, ")).collect();
    let listed = |keys: &[&String]| keys.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(", ");
    let spec = format!(
        "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: {{ {} }}\naccess:\n  \
         a: {{ can: [pull], repositories: [{}], accounts: [\"210987654321\"] }}\n  \
         b: {{ can: [push], repositories: [{}], accounts: [\"310987654321\"] }}\n",
        map.trim_end_matches(", "),
        listed(&even),
        listed(&odd),
    );
    let compiled = Compiled::of(&spec);
    let policies = compiled.policies();
    let rights = EffectivePermissions::of(&policies);
    let sizes: Vec<usize> = rights.groups.iter().map(|group| group.repositories.len()).collect();
    assert_eq!(sizes, [500, 500]);
    for (key, mine, others) in even.iter().map(|key| (key, 0, 1)).chain(odd.iter().map(|key| (key, 1, 0))) {
        let verbs = |principal| rights.granted(principal, key).expect("a repository").verbs().collect::<Vec<_>>();
        assert_eq!(verbs(mine), [[Verb::Pull, Verb::Push][mine]], "{key}");
        assert_eq!(verbs(others), [], "{key}");
    }
}

/// KMS keys known only after apply, clusters with every kind of OIDC provider, and a workspace that manages everything.
#[test]
fn values_known_after_apply_have_stand_ins() {
    let compiled = Compiled::of(
        "platform: shop
environment: shared
region: cn-north-1
repositories:
  a1: { encryption: { kms: alias/one } }
  a2: { encryption: { kms: { variable: key } } }
  a3: { encryption: { kms: \"arn:aws-cn:kms:cn-north-1:123456789012:alias/three\" } }
  a4: { encryption: { kms: \"arn:aws-cn:kms:cn-north-1:123456789012:key/0a-1\" } }
oidc_providers: { blue: \"arn:aws-cn:iam::123456789012:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/AB\", red: create }
access:
  on-blue: { can: [pull], repositories: all, irsa: { cluster: blue, service_accounts: [a/b] } }
  on-red: { can: [pull], repositories: all, irsa: { cluster: red, service_accounts: [a/b] } }
  on-green: { can: [pull], repositories: all, irsa: { cluster: green, service_accounts: [a/b] } }
  people: { can: [pull], repositories: all, assumed_by: [{ ref: aws_iam_role.lead.arn }] }
  nodes: { can: [pull], repositories: all, node_roles: [{ variable: node }] }
terraform: { root: shared }
workspace: { organization: example }
",
    );
    let policies = compiled.policies();
    let rights = EffectivePermissions::of(&policies);
    let issuers: BTreeSet<&String> = rights.bindings.issuers.values().collect();
    assert_eq!(issuers.len(), 3, "each cluster has its own issuer: {issuers:?}");
    assert!(issuers.contains(&"oidc.eks.cn-north-1.amazonaws.com.cn/id/AB".to_owned()), "{issuers:?}");
    let who: Vec<String> = rights
        .principals
        .iter()
        .flat_map(|principal| rights.trust_statements(principal))
        .map(|statement| statement.subjects[0].who.clone())
        .collect();
    assert_eq!(who[0], "pods of the cluster blue with the service account b in the namespace a");
    assert_eq!(who[2], "pods of the cluster green with the service account b in the namespace a");
    assert_eq!(who[3], "the principal that aws_iam_role.lead.arn refers to");
    let json: serde_json::Value = serde_json::from_str(&permissions::json(&[rights])).expect("JSON");
    let principals = json["platforms"][0]["principals"].as_array().expect("a list");
    assert!(principals.iter().all(|one| one["weaknesses"].as_array().is_some_and(Vec::is_empty)), "{principals:#?}");
}
