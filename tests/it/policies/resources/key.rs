//! The KMS key that is made for the repositories: who can use it, who can manage it, and that it stays.

use ecrgen::iam::{Caller, Context, Document};

use super::{OWNER, document, lets_in, role_of, root};
use crate::harness::{Case, Compiled, HEAD, shop};

const SPEC: &str = "repositories: { cart: { encryption: { kms: create } }, search: {} }\n";
const KEY: &str = "resource aws_kms_key ecr";

fn key_policy() -> Document {
    Document::from_json(&document(&root(SPEC), KEY).to_string()).expect("a policy")
}

fn via(service: &str) -> Context {
    Context::default().with("kms:ViaService", [service])
}

/// A policy of a key has a `Resource`, the key itself.
fn lets_use(policy: &Document, caller: Caller, action: &str, context: Context) -> bool {
    let mut policy = policy.clone();
    for statement in &mut policy.statements {
        assert_eq!(statement.resources.take(), Some(ecrgen::iam::Element::Only(vec!["*".into()])));
    }
    lets_in(&policy, caller, action, context)
}

/// ECR user guide, "Encryption at rest": grants made in the name of whoever makes the repository.
#[test]
fn the_account_makes_repositories_with_it_by_way_of_ecr_only() {
    let policy = key_policy();
    let ecr = || via("ecr.eu-central-1.amazonaws.com");
    for action in ["kms:CreateGrant", "kms:RetireGrant", "kms:DescribeKey"] {
        assert!(lets_use(&policy, role_of(OWNER), action, ecr()), "{action}");
        assert!(!lets_use(&policy, role_of("222222222222"), action, ecr()), "{action} of another account");
    }
    assert!(!lets_use(&policy, role_of(OWNER), "kms:CreateGrant", Context::default()), "directly");
    assert!(!lets_use(&policy, role_of(OWNER), "kms:CreateGrant", via("ec2.eu-central-1.amazonaws.com")));
    assert!(!lets_use(&policy, role_of(OWNER), "kms:CreateGrant", via("ecr.us-east-1.amazonaws.com")));
    for suffix in ["amazonaws.com.cn", "amazonaws.eu"] {
        assert!(lets_use(&policy, role_of(OWNER), "kms:CreateGrant", via(&format!("ecr.eu-central-1.{suffix}"))));
    }
}

#[test]
fn the_account_manages_it_and_nobody_decrypts_with_it() {
    let policy = key_policy();
    for action in ["kms:PutKeyPolicy", "kms:EnableKeyRotation", "kms:ScheduleKeyDeletion", "kms:ListResourceTags"] {
        assert!(lets_use(&policy, role_of(OWNER), action, Context::default()), "{action}");
        assert!(!lets_use(&policy, role_of("222222222222"), action, Context::default()), "{action}");
    }
    let uses = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:CreateGrant"];
    for action in uses {
        assert!(!lets_use(&policy, role_of(OWNER), action, Context::default()), "{action}");
    }
}

#[test]
fn it_rotates_is_protected_and_encrypts_the_repositories_that_ask_for_it() {
    let module = root(SPEC);
    assert_eq!(module.value(KEY, "enable_key_rotation"), true);
    let protected = format!("{:?}", module.block(KEY).body);
    assert!(protected.contains("prevent_destroy"), "{protected}");
    assert_eq!(module.value("resource aws_kms_alias ecr", "name"), "alias/shop-shared-ecr");
    assert_eq!(module.value("resource aws_kms_alias ecr", "target_key_id"), "${aws_kms_key.ecr.key_id}");
    assert_eq!(module.value("output kms_key_arn", "value"), "${aws_kms_key.ecr.arn}");
    let body = |head: &str| format!("{:?}", module.block(head).body);
    assert!(body("resource aws_ecr_repository cart").contains("aws_kms_key"));
    assert!(!body("resource aws_ecr_repository search").contains("aws_kms_key"));

    let with_module = root(&format!("{SPEC}terraform: {{ ecr_module: 3.2.0 }}\n"));
    assert_eq!(with_module.value("module cart", "repository_kms_key"), "${aws_kms_key.ecr.arn}");
    assert_eq!(with_module.value("module cart", "repository_encryption_type"), "KMS");
}

#[test]
fn there_is_one_key_an_environment_and_none_without_need() {
    let all = root("repositories: { cart: {}, search: {} }\nrepository_defaults: { encryption: { kms: create } }\n");
    assert_eq!(all.heads("resource aws_kms_key"), [KEY]);
    let none = root("repositories: { cart: {} }\n");
    assert_eq!(none.heads("resource aws_kms"), [""; 0]);
    assert!(none.find("output kms_key_arn").is_none());
}

#[test]
fn its_alias_is_one_that_kms_takes() {
    let named = |alias: &str| format!("{SPEC}names: {{ key_alias: \"{alias}\" }}\n");
    assert_eq!(
        root(&named("{platform}/{environment}")).value("resource aws_kms_alias ecr", "name"),
        "alias/shop/shared"
    );
    for bad in ["shop.key", "aws/ecr", &"x".repeat(251)] {
        assert_eq!(shop(named(bad)).codes(), ["bad-key-alias"], "{bad}");
    }
    assert_eq!(shop(named(&"x".repeat(250))).codes(), [""; 0]);
    assert_eq!(shop(named("{repository}")).codes(), ["placeholder-without-value"]);
}

#[test]
fn an_output_shows_the_key_that_is_made() {
    let renamed = root(&format!("{SPEC}outputs: {{ key: kms_key_arn }}\n"));
    assert_eq!(renamed.value("output key", "value"), "${aws_kms_key.ecr.arn}");
    assert!(renamed.find("output kms_key_arn").is_none());
    assert_eq!(
        shop("repositories: { cart: { encryption: kms } }\noutputs: { key: kms_key_arn }\n").codes(),
        ["unknown-output"]
    );
}

/// Two environments in one account cannot share the alias.
#[test]
fn an_alias_is_claimed_once_in_an_account() {
    let text = "platform: shop\nenvironments: { dev: {}, prod: {} }\nregion: eu-central-1\naccount: \"111111111111\"\n\
                names: { key_alias: \"{platform}\", repository: \"{environment}-{repository}\" }\n"
        .to_owned()
        + SPEC;
    assert_eq!(Compiled::of(&text).messages(), ["the KMS alias/shop in eu-central-1 is claimed twice"]);
    let apart = text.replace("\"{platform}\"", "\"{platform}-{environment}\"");
    assert_eq!(Compiled::of(apart).findings(), []);
}

/// What `render` says of another spec over the output of the first.
fn rendered_over(first: &str, second: &str) -> (i32, String) {
    let case = Case::new().file("shop.yaml", format!("{HEAD}{first}"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    case.write("shop.yaml", format!("{HEAD}{second}"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    (outcome.status, outcome.err)
}

#[test]
fn to_take_up_the_key_or_to_leave_it_is_a_change_of_encryption() {
    let plain = "repositories: { cart: {}, search: {} }\n";
    for (first, second) in [(SPEC, plain), (plain, SPEC)] {
        let (status, said) = rendered_over(first, second);
        assert_eq!(status, 2);
        assert!(said.contains("error[repository-replaced]") && said.contains("KMS create"), "{said}");
    }
    assert_eq!(rendered_over(SPEC, SPEC).0, 0);
}

#[test]
fn the_key_of_a_repository_that_aws_keeps_stays() {
    let retained = "repositories: { search: {} }\nremoved: { cart: retain }\n";
    let (status, said) = rendered_over(SPEC, retained);
    assert_eq!(status, 2);
    assert!(said.contains("error[resource-lost]: `aws_kms_key.ecr`"), "{said}");
    let (status, said) = rendered_over(SPEC, &retained.replace("retain }", "retain, aws_kms_key.ecr: delete }"));
    assert_eq!(status, 2);
    assert!(said.contains("error[key-lost]"), "{said}");
    assert_eq!(rendered_over(SPEC, &retained.replace("retain }", "retain, aws_kms_key.ecr: retain }")).0, 0);
    let kept = "repositories: { search: { encryption: aes256 } }\nremoved: { cart: retain }\n\
                repository_defaults: { encryption: { kms: create } }\n";
    assert_eq!(rendered_over(SPEC, kept).0, 0);
}

#[test]
fn the_workspaces_readme_and_roles_know_the_key() {
    let rest = format!("{SPEC}workspace: {{ organization: shop-inc }}\n");
    let files = shop(&rest).files();
    let readme = &files["shared/ecr/README.md"];
    assert!(readme.contains("The KMS key `alias/shop-shared-ecr` carries `prevent_destroy` too"));
    let apply = &files["shared/ecr-workspace/role_apply.tf"];
    assert!(apply.contains("kms:CreateGrant") && apply.contains("kms:ViaService"), "{apply}");
    assert!(!apply.contains("kms:ScheduleKeyDeletion"), "deleting the key is a person's work");
}
