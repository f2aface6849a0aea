//! The report changes with every single change in a trust policy.

use ecrgen::iam::{Comparison, Document, Element, Operator, Principal, PrincipalKind, Statement, Text};
use ecrgen::permissions::EffectivePermissions;
use ecrgen::policies::{Policies, emit};
use ecrgen::report::permissions::json;

use super::SHOP;
use crate::harness::{Compiled, shipped_names};

/// A change, its description, and a weakness that it must cause.
struct Mutation {
    what: String,
    weakness: Option<&'static str>,
    document: Document,
}

/// All documents that differ from this one in a single part of a statement.
fn mutations(document: &Document) -> Vec<Mutation> {
    let mut mutations = Vec::new();
    for (at, statement) in document.statements.iter().enumerate() {
        let mut add = |what: String, weakness, changed: Statement| {
            let mut document = document.clone();
            document.statements[at] = changed;
            mutations.push(Mutation { what, weakness, document });
        };
        let accepts_tokens = statement.covers_action("sts:AssumeRoleWithWebIdentity");
        for (operator, keys) in &statement.conditions {
            for (key, values) in keys {
                let name = format!("{operator} {}", ends(key));
                let without = without(statement, *operator, key);
                let code = match ends(key).as_str() {
                    "aud" => Some("missing-audience"),
                    "sub" => Some("missing-subject"),
                    _ => None,
                };
                add(format!("without {name}"), code, without.clone());
                for (other, code) in others(*operator, values) {
                    let keys = without.clone().conditions;
                    let mut changed = Statement { conditions: keys, ..statement.clone() };
                    changed.conditions.entry(other).or_default().insert(key.clone(), values.clone());
                    add(format!("{name} as {other}"), code.filter(|_| accepts_tokens), changed);
                }
                for (i, value) in values.iter().enumerate() {
                    let mut wide = values.clone();
                    wide[i] = Text::from(wider(value.as_literal().unwrap_or_default()));
                    let mut changed = without.clone();
                    let like = Operator::STRING_LIKE;
                    changed.conditions.entry(like).or_default().insert(key.clone(), wide);
                    add(format!("{name} wider, value {i}"), None, changed);
                }
            }
        }
        for (kind, name) in statement.principal.iter().flat_map(|principal| principal.listed().names()) {
            if kind == PrincipalKind::Service {
                let other = Principal::service([Text::from("ec2.amazonaws.com")]);
                let service = Statement { principal: Some(Element::Only(other)), ..statement.clone() };
                add("another service".into(), None, service);
            } else if kind == PrincipalKind::Aws {
                let everyone = Statement { principal: Some(Element::Only(Principal::Everyone)), ..statement.clone() };
                add("everyone".into(), Some("everyone-trust"), everyone);
                let other = Principal::aws([Text::from("arn:aws:iam::123456789012:root")]);
                let account = Statement { principal: Some(Element::Only(other)), ..statement.clone() };
                add(format!("the account instead of {name:?}"), None, account);
            } else {
                let other = Principal::federated([Text::from("arn:aws:iam::123456789012:oidc-provider/evil.example")]);
                let issuer = Statement { principal: Some(Element::Only(other)), ..statement.clone() };
                add("another issuer".into(), Some("missing-subject"), issuer);
            }
        }
    }
    mutations
}

/// The claim of a condition key.
fn ends(key: &Text) -> String {
    let shown = format!("{:?}", key.parts().last().expect("a key"));
    shown.trim_end_matches("\")").rsplit(':').next().expect("a claim").to_owned()
}

fn without(statement: &Statement, operator: Operator, key: &Text) -> Statement {
    let mut statement = statement.clone();
    let keys = statement.conditions.get_mut(&operator).expect("the operator of the condition");
    keys.remove(key);
    if keys.is_empty() {
        statement.conditions.remove(&operator);
    }
    statement
}

/// Operators that change the meaning of the condition. `StringLike` is not one of them, because it means the same as
/// `StringEquals` for values without wildcards.
fn others(operator: Operator, values: &[Text]) -> Vec<(Operator, Option<&'static str>)> {
    let vacuous = ["StringEqualsIfExists", "ForAllValues:StringEquals", "StringNotEquals", "StringNotLike"];
    let mut others: Vec<_> =
        vacuous.iter().map(|name| (name.parse().expect("an operator"), Some("vacuous-operator"))).collect();
    let is_wild = values.iter().any(|value| value.as_literal().is_some_and(|text| text.contains('*')));
    if operator == Operator::STRING_LIKE && is_wild {
        others.push((Operator::plain(Comparison::StringEquals), Some("dead-wildcard")));
    }
    others
}

/// A value with its last segment replaced by a wildcard, or only a wildcard if it has no segments.
fn wider(value: &str) -> String {
    let cut = value.rfind([':', '/']).map_or(0, |at| at + 1);
    match &value[cut..] {
        "*" => "*".to_owned(),
        _ => format!("{}*", &value[..cut]),
    }
}

/// The codes of the weaknesses in a report.
fn codes(report: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(report).expect("JSON");
    let principals = report["platforms"][0]["principals"].as_array().expect("a list").iter();
    let weak = principals.flat_map(|principal| principal["weaknesses"].as_array().expect("a list").clone());
    weak.map(|weak| weak["code"].as_str().expect("a code").to_owned()).collect()
}

/// Asserts that each mutation of each trust policy changes the report, and returns the number of mutations.
fn count_detected(policies: &mut Policies) -> usize {
    let report = |policies: &Policies| json(&[EffectivePermissions::of(policies)]);
    let before = report(policies);
    let mut seen = 0;
    let roles = policies.grants.iter().flat_map(|grant| &grant.roles).map(|role| (role.role.name.clone(), role.trust));
    let runs = policies.runs.iter().map(|run| (run.name.clone(), run.trust));
    for (name, trust) in roles.chain(runs).collect::<Vec<_>>() {
        let sound = policies.documents[trust].document.clone();
        for Mutation { what, weakness, document } in mutations(&sound) {
            let without_sizes = |report: &str| {
                let report: serde_json::Value = serde_json::from_str(report).expect("JSON");
                (report["platforms"][0]["principals"].clone(), report["platforms"][0]["permissions"].clone())
            };
            policies.documents[trust].document = document;
            let after = report(policies);
            assert_ne!(without_sizes(&after), without_sizes(&before), "{name}: {what} is not detected");
            if let Some(weakness) = weakness {
                assert!(codes(&after).iter().any(|code| code == weakness), "{name}: {what} is not {weakness}: {after}");
            }
            seen += 1;
        }
        policies.documents[trust].document = sound;
    }
    seen
}

#[test]
fn detects_mutations_in_the_trust_policies_of_shipped_specs() {
    for name in shipped_names() {
        let compiled = Compiled::shipped(&name);
        for platform in compiled.platforms() {
            let of_entries: usize = platform.access.iter().map(|access| access.roles.len()).sum();
            let of_runs = platform.workspace.iter().count() * 2;
            let roles = of_entries + of_runs;
            assert!(roles > 0 && count_detected(&mut emit(platform)) >= 8 * roles, "{name}: {roles} roles");
        }
    }
}

#[test]
fn detects_mutations_in_a_trust_policy_of_each_kind_of_principal() {
    let compiled = Compiled::of(SHOP);
    assert!(count_detected(&mut compiled.policies()) >= 50);
    for principal in [
        "github: { repository: o/r, owner_id: 1, repository_id: 2, tags: [\"v*\"] }",
        "github: { repository: o/r, owner_id: 1, repository_id: 2, environments: [prod], workflow: \"o/r/.github/workflows/b.yml@refs/tags/v1\" }",
        "github: { repository: o/r, branches: [main] }",
        "github: { repositories: { o/r: { owner_id: 1, repository_id: 2 }, p/r: { owner_id: 3, repository_id: 4 } }, branches: [main] }",
        "github: { repository: o/r, owner_id: 1, repository_id: 2, pull_requests: true, audience: acme }",
        "github: { organization: o, organization_id: 1, branches: [main] }",
        "gitlab: { project: g/p, project_id: 7, branches: [main], tags: [\"v*\"] }",
        "gitlab: { projects: { g/p: { project_id: 7 }, g/q: { project_id: 8 } }, branches: [main] }",
        "gitlab: { project: g/p, project_id: 7, branches: [main], url: \"https://git.example.com\" }",
        "hcp: { organization: acme, workspace: web, phases: [apply] }",
        "assumed_by: { principals: [\"arn:aws:iam::222222222222:role/a\"], external_id: x1, mfa: true, principal_tags: { team: a } }",
        "oidc: { issuer: \"https://agent.buildkite.com\", subjects: [\"organization:acme:pipeline:web:*\", \"organization:acme:pipeline:docs:x\"] }",
        "pod_identity: { cluster: { variable: cluster }, service_accounts: [ns/agent] }",
    ] {
        let spec = format!(
            "platform: p\nenvironment: e\nregion: eu-west-1\nrepositories: {{ app: {{}} }}\n\
             access: {{ a: {{ can: [push], repositories: all, {principal} }} }}\n"
        );
        assert!(count_detected(&mut Compiled::of(spec).policies()) >= 10, "{principal}");
    }
}
