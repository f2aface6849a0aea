//! Rendered policies that were split, and policies that are rejected because they cannot be split.

use serde_json::Value;

use crate::harness::module::Module;
use crate::harness::{Case, HEAD, shop};

/// A spec with this many repositories.
fn repositories(count: usize) -> String {
    let keys: String = (0..count).map(|i| format!("  service-{i:04}: {{}}\n")).collect();
    format!("repositories:\n{keys}")
}

const DEVELOPERS: &str = "access:\n  developers: { can: [pull], repositories: all, \
                          assumed_by: [\"arn:aws:iam::123456789012:role/Developer\"] }\n";
const NODES: &str = "access:\n  nodes: { can: [pull], repositories: all, node_roles: [one, two] }\n";
const WORKSPACE: &str = "workspace: { organization: acme }\n";

/// The labels of all resources of a type, each with the value of an attribute.
fn all(module: &Module, kind: &str, attribute: &str) -> Vec<(String, String)> {
    let beginning = format!("resource {kind} ");
    let heads = module.heads(&beginning).into_iter();
    let text = |head: &str| module.value(head, attribute).as_str().expect("a text").to_owned();
    heads.map(|head| (head[beginning.len()..].to_owned(), text(&head))).collect()
}

fn policies(module: &Module) -> Vec<(String, String)> {
    all(module, "aws_iam_policy", "name")
}

/// Everything that these policies grant, as pairs of an action and a resource.
fn granted(module: &Module, labels: &[String]) -> Vec<(String, String)> {
    let listed = |value: &Value| match value {
        Value::String(text) => vec![text.clone()],
        many => many.as_array().expect("a list").iter().map(|item| item.as_str().expect("a text").to_owned()).collect(),
    };
    let mut granted = Vec::new();
    for label in labels {
        let policy = module.value(&format!("resource aws_iam_policy {label}"), "policy");
        for statement in policy["Statement"].as_array().expect("a list") {
            let resources = listed(&statement["Resource"]);
            let pairs = |action: String| resources.iter().map(move |resource| (action.clone(), resource.clone()));
            granted.extend(listed(&statement["Action"]).into_iter().flat_map(pairs));
        }
    }
    granted.sort();
    granted
}

#[test]
fn keeps_a_policy_that_fits() {
    let module = shop(format!("{}{DEVELOPERS}", repositories(60))).module("shared/ecr");
    assert_eq!(policies(&module), [("developers".to_owned(), "shop-shared-developers".to_owned())]);
}

#[test]
fn splits_a_policy_that_does_not_fit_and_attaches_all_parts() {
    let module = shop(format!("{}{DEVELOPERS}", repositories(120))).module("shared/ecr");
    let name = |label: &str, name: &str| (label.to_owned(), name.to_owned());
    let policies = policies(&module);
    assert_eq!(
        policies,
        [name("developers", "shop-shared-developers"), name("developers-p2", "shop-shared-developers.2")]
    );
    let attached = all(&module, "aws_iam_role_policy_attachment", "policy_arn");
    assert_eq!(
        attached,
        [
            name("developers", "${aws_iam_policy.developers.arn}"),
            name("developers-p2", "${aws_iam_policy.developers-p2.arn}")
        ]
    );
    let granted = granted(&module, &policies.into_iter().map(|(label, _)| label).collect::<Vec<_>>());
    assert_eq!(granted.len(), 120 * 3 + 1, "three actions per repository, and the login");
}

#[test]
fn attaches_all_parts_to_each_role_of_an_entry() {
    let module = shop(format!("{}{NODES}", repositories(120))).module("shared/ecr");
    let attached = all(&module, "aws_iam_role_policy_attachment", "role");
    let label = |label: &str, role: &str| (label.to_owned(), role.to_owned());
    let expected = [
        label("nodes__one", "one"),
        label("nodes__one-p2", "one"),
        label("nodes__two", "two"),
        label("nodes__two-p2", "two"),
    ];
    assert_eq!(attached, expected);
}

/// Several entries with one policy each for the same role. IAM ignores the case of role names.
#[test]
fn rejects_more_than_ten_policies_for_a_role() {
    let entries = |count: usize| {
        let role = |i: usize| if i.is_multiple_of(2) { "node" } else { "arn:aws:iam::123456789012:role/eks/Node" };
        let entries = (0..count)
            .map(|i| format!("  entry-{i}: {{ can: [pull], repositories: all, roles: [\"{}\"] }}\n", role(i)));
        format!("repositories: {{ web: {{}} }}\naccess:\n{}", entries.collect::<String>())
    };
    assert_eq!(shop(entries(9)).codes(), [""; 0]);
    assert_eq!(shop(entries(10)).codes(), [""; 0]);
    let found = shop(entries(11));
    assert_eq!(found.codes(), ["policy-too-large"]);
    assert_eq!(found.message(), "the role node would need 11 policies (AWS allows 10 per role)");
    assert_eq!(shop(entries(12)).codes(), ["policy-too-large"], "reported once");
}

#[test]
fn rejects_an_entry_with_too_many_repositories() {
    let found = shop(format!("{}{DEVELOPERS}", repositories(1_200)));
    assert_eq!(found.codes(), ["policy-too-large"]);
    let message = found.message();
    assert!(message.starts_with("the role shop-shared-developers would need 1"), "{message}");
}

/// A permission set becomes a role in every account that it is assigned to.
#[test]
fn rejects_more_than_ten_policies_for_a_permission_set() {
    let set = "access:\n  people: { can: [pull], repositories: all, \
               permission_set: { name: Pull, instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\" } }\n";
    assert_eq!(shop(format!("{}{set}", repositories(120))).codes(), [""; 0]);
    let found = shop(format!("{}{set}", repositories(1_200)));
    assert_eq!(found.codes(), ["policy-too-large"]);
    let message = found.message();
    assert!(message.starts_with("the permission set Pull would need 1"), "{message}");
}

#[test]
fn an_output_cannot_refer_to_a_split_policy() {
    let outputs = "outputs: { developers: access.developers.policy_arn }\n";
    assert_eq!(shop(format!("{}{DEVELOPERS}{outputs}", repositories(60))).codes(), [""; 0]);
    assert_eq!(shop(format!("{}{DEVELOPERS}{outputs}", repositories(120))).codes(), ["policy-too-large"]);
}

/// Names can have 128 characters (IAM API reference, `policyNameType`), and `.2` takes two of them.
#[test]
fn rejects_part_names_that_are_too_long() {
    let spec = |count: usize, length: usize| {
        format!("{}{DEVELOPERS}names: {{ policy: {} }}\n", repositories(count), "p".repeat(length))
    };
    assert_eq!(shop(spec(60, 128)).codes(), [""; 0]);
    for (length, wanted) in [(125, &[][..]), (126, &[]), (127, &["policy-too-large"]), (128, &["policy-too-large"])] {
        assert_eq!(shop(spec(120, length)).codes(), wanted, "{length}");
    }
}

#[test]
fn splits_the_policies_of_run_roles() {
    let module = shop(format!("{}{DEVELOPERS}{WORKSPACE}", repositories(120))).module("shared/ecr-workspace");
    for phase in ["plan", "apply"] {
        let labels: Vec<String> = policies(&module)
            .into_iter()
            .filter(|(label, _)| label.starts_with(phase))
            .map(|(label, name)| {
                let number = label.strip_prefix(&format!("{phase}-p")).map(|number| format!(".{number}"));
                assert_eq!(name, format!("shop-shared-ecr-hcp-{phase}{}", number.unwrap_or_default()));
                label
            })
            .collect();
        assert!(labels.len() > 1, "{labels:?}");
        for label in &labels {
            let attached = module.value(&format!("resource aws_iam_role_policy_attachment {label}"), "policy_arn");
            assert_eq!(attached, format!("${{aws_iam_policy.{label}.arn}}"));
        }
        let granted = granted(&module, &labels);
        let repositories = granted.iter().filter(|(action, _)| action == "ecr:DescribeRepositories").count();
        assert_eq!(repositories, 120, "{phase}");
        assert!(granted.iter().any(|(action, _)| action == "iam:GetRole"), "{phase}");
    }
}

#[test]
fn rejects_runs_with_too_many_repositories() {
    let found = Case::new()
        .file("spec.yaml", format!("{HEAD}{}{WORKSPACE}", repositories(1_200)))
        .run(&["render", "spec.yaml"]);
    assert_eq!(found.status, 2);
    assert!(found.err.contains("error[policy-too-large]: the role of plan runs would need 1"), "{}", found.err);
    assert!(found.err.contains("error[policy-too-large]: the role of apply runs would need 1"), "{}", found.err);
}

/// 2,048 characters by default (IAM user guide, "IAM and AWS STS quotas"); principals are 38 to 66 characters each.
#[test]
fn rejects_a_trust_policy_that_is_too_large() {
    let spec = |principals: usize| {
        let role = |i: usize| format!("\"arn:aws:iam::123456789012:role/developers-of-team-{i:02}\"");
        let roles: Vec<String> = (0..principals).map(role).collect();
        format!(
            "repositories: {{ web: {{}} }}\naccess:\n  developers: {{ can: [pull], repositories: all, \
                 assumed_by: [{}] }}\n",
            roles.join(", ")
        )
    };
    let size = |principals: usize| {
        let trust =
            shop(spec(principals)).module("shared/ecr").value("resource aws_iam_role developers", "assume_role_policy");
        trust.to_string().len()
    };
    let most = (1..100).take_while(|count| shop(spec(*count)).codes().is_empty()).last().expect("one fits");
    assert!((2_048 - 60..=2_048).contains(&size(most)), "{}", size(most));
    assert_eq!(shop(spec(most + 1)).codes(), ["policy-too-large"]);
}
