//! Roles of other accounts, which repository policies grant access to.

use ecrgen::permissions::{EffectivePermissions, Verdict};
use serde_json::json;

use crate::harness::Compiled;
use crate::permissions::can;

const BUILD: &str = "arn:aws:iam::222222222222:role/ci/build";
const NODES: &str = "arn:aws:iam::333333333333:role/nodes";

fn spec(can: &str, roles: &str) -> String {
    format!(
        "platform: shop\nenvironment: shared\nregion: eu-central-1\naccount: \"111111111111\"\n\
         repositories: {{ cart: {{}}, search: {{}} }}\n\
         access:\n  tools: {{ can: [{can}], repositories: [cart], roles: [{roles}] }}\n"
    )
}

/// The codes of the findings, without the warning that any repository policy without Lambda causes.
fn codes(compiled: &Compiled) -> Vec<&'static str> {
    compiled.codes().into_iter().filter(|code| *code != "lambda-access-removed").collect()
}

fn two() -> Compiled {
    Compiled::of(spec("pull", &format!("\"{BUILD}\", \"{NODES}\"")))
}

/// IAM user guide, "AWS JSON policy elements: Principal" and "AWS global condition context keys".
#[test]
fn the_repository_policy_names_their_accounts_and_requires_their_arns() {
    let compiled = two();
    assert_eq!(codes(&compiled), [""; 0]);
    let policies = compiled.policies();
    let policy = policies.of_repository("cart").expect("a policy").to_json(&policies.bindings);
    assert_eq!(
        policy["Statement"],
        json!([{
            "Sid": "Tools",
            "Effect": "Allow",
            "Principal": { "AWS": ["arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:root"] },
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
            "Condition": { "ArnEquals": { "aws:PrincipalArn": [BUILD, NODES] } },
        }])
    );
    assert!(!compiled.files().contains_key("shared/ecr/access_tools.tf"), "there is nothing to attach a policy to");
}

#[test]
fn they_are_principals_without_conditions() {
    let compiled = two();
    let policies = compiled.policies();
    let mut rights = EffectivePermissions::of(&policies);
    let names: Vec<&str> = rights.principals.iter().map(|principal| principal.name.as_str()).collect();
    assert_eq!(names, ["tools/222222222222/build", "tools/333333333333/nodes"]);
    for name in [BUILD, NODES, "tools/333333333333/nodes"] {
        assert!(can(&rights, name, "pull", "cart"), "{name}");
        assert!(!can(&rights, name, "pull", "search") && !can(&rights, name, "push", "cart"), "{name}");
    }
    let at = rights.principals.iter().position(|principal| principal.aws_name == BUILD).expect("a principal");
    let pull = ecrgen::iam::Action::find("ecr:BatchGetImage").expect("an action");
    let cart = &rights.platform.repositories[0];
    assert_eq!(rights.ruling(at, pull, cart).verdict, Verdict::Allowed);
    for (asked, expected) in [
        ("arn:aws:iam::222222222222:role/other", false),
        ("arn:aws:iam::333333333333:role/ci/build", false),
        ("arn:aws:sts::222222222222:assumed-role/build/job", true),
        ("arn:aws:sts::222222222222:assumed-role/other/job", false),
    ] {
        rights.add_asked(asked);
        assert_eq!(can(&rights, asked, "pull", "cart"), expected, "{asked}");
    }
}

#[test]
fn assertions_identify_them_by_their_entry() {
    for (only, expected) in [("[tools]", 0), ("[]", 2)] {
        let assertion = format!("assert: {{ it: {{ can: [pull], only: {only} }} }}\n");
        let compiled =
            Compiled::of(spec("pull", &format!("\"{BUILD}\", \"{NODES}\"")) + &assertion.replace(", only: []", ""));
        let broken = compiled.codes().iter().filter(|code| **code == "failed-assertion").count();
        assert_eq!(broken, expected, "{only}");
    }
}

/// IAM attaches a policy to the role of its own account.
#[test]
fn a_list_can_have_roles_of_both() {
    let compiled = Compiled::of(spec("pull", &format!("deploy, \"arn:aws:iam::111111111111:role/ops\", \"{NODES}\"")));
    assert_eq!(codes(&compiled), [""; 0]);
    let files = compiled.files();
    let access = &files["shared/ecr/access_tools.tf"];
    assert_eq!(access.matches("resource \"aws_iam_role_policy_attachment\"").count(), 2, "{access}");
    assert!(!access.contains("nodes"), "{access}");
    assert!(files["shared/ecr/repository_cart.tf"].contains(NODES));
    let policies = compiled.policies();
    let rights = EffectivePermissions::of(&policies);
    for name in ["tools/deploy", "tools/ops", "tools/333333333333/nodes"] {
        assert!(can(&rights, name, "pull", "cart"), "{name}");
    }
}

/// In the path of a role, `*` is an ordinary character (IAM API reference, `pathType`); in a condition, it is a wildcard.
#[test]
fn a_path_is_not_a_pattern() {
    let compiled = Compiled::of(spec("pull", "\"arn:aws:iam::222222222222:role/a*/build\""));
    let policies = compiled.policies();
    let mut rights = EffectivePermissions::of(&policies);
    assert!(can(&rights, "arn:aws:iam::222222222222:role/a*/build", "pull", "cart"));
    rights.add_asked("arn:aws:iam::222222222222:role/ax/build");
    assert!(!can(&rights, "arn:aws:iam::222222222222:role/ax/build", "pull", "cart"));
}

#[test]
fn roles_of_the_same_name_in_two_accounts_are_not_the_same_role() {
    let other = NODES.replace("333333333333", "444444444444");
    let three = Compiled::of(spec("pull", &format!("nodes, \"{NODES}\", \"{other}\"")));
    assert_eq!(codes(&three), [""; 0]);
    let twice = Compiled::of(spec("pull", &format!("\"{NODES}\", \"{}\"", NODES.replace("nodes", "x/Nodes"))));
    assert_eq!(codes(&twice), ["duplicate-item"]);
}

#[test]
fn what_a_repository_policy_cannot_grant_is_refused() {
    let refused = Compiled::of(spec("pull, create", &format!("deploy, \"{NODES}\"")));
    assert_eq!(refused.codes().iter().filter(|code| **code == "refused-verb").count(), 1, "{:?}", refused.messages());
    let unscoped = Compiled::of(spec("pull, \"ecr:GetAuthorizationToken\"", &format!("\"{NODES}\"")));
    assert_eq!(codes(&unscoped), ["refused-verb"]);
    let outside = spec("pull", &format!("\"{NODES}\""))
        .replace("[cart]", "[cart, \"arn:aws:ecr:eu-central-1:555555555555:repository/x\"]");
    assert_eq!(codes(&Compiled::of(outside)), ["repository-out-of-reach"]);
    let china = Compiled::of(spec("pull", "\"arn:aws-cn:iam::222222222222:role/x\""));
    assert_eq!(codes(&china), ["arn-elsewhere"]);
    let variable = Compiled::of(spec("pull", &format!("{{ variable: role, default: \"{NODES}\" }}")));
    assert_eq!(codes(&variable), ["arn-elsewhere"]);
}

/// Each side of the access across two accounts of one spec is written where its account is.
#[test]
fn the_entry_for_the_role_answers_the_note_about_the_other_account() {
    let spec = |entry: &str| {
        format!(
            "platform: shop\nregion: eu-central-1\nenvironments:\n  dev:\n    account: \"222222222222\"\n    repositories: {{ tools: {{}} }}\n    \
             access:\n      prod: {{ can: [pull], repositories: [tools], {entry} }}\n  prod:\n    account: \"111111111111\"\n    \
             access:\n      nodes: {{ can: [pull], repositories: [\"arn:aws:ecr:eu-central-1:222222222222:repository/tools\"], node_roles: [eks-node] }}\n"
        )
    };
    let codes = |entry: &str| Compiled::of(spec(entry)).codes();
    let note = "repository-of-another-account";
    assert!(!codes("roles: [\"arn:aws:iam::111111111111:role/eks-node\"]").contains(&note));
    assert!(codes("roles: [\"arn:aws:iam::111111111111:role/other\"]").contains(&note));
    assert!(codes("roles: [\"arn:aws:iam::333333333333:role/eks-node\"]").contains(&note));
}
