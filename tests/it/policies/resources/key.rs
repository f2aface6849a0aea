//! The KMS key that ecrgen creates for the repositories: who can use it, who can manage it, and that it is never
//! deleted.

use ecrgen::iam::{Caller, Context, Document};

use super::{OWNER, allows, document, role_of, root};
use crate::harness::{Case, Compiled, HEAD, shop};

const SPEC: &str = "repositories: { cart: { encryption: { kms: create } }, search: {} }\n";
const KEY: &str = "resource aws_kms_key ecr";

fn key_policy() -> Document {
    Document::from_json(&document(&root(SPEC), KEY).to_string()).expect("a policy")
}

fn via(service: &str) -> Context {
    Context::default().with("kms:ViaService", [service])
}

/// Whether the key policy allows this. A key policy has a `Resource`, which is the key itself.
fn allows_on_key(policy: &Document, caller: Caller, action: &str, context: Context) -> bool {
    let mut policy = policy.clone();
    for statement in &mut policy.statements {
        assert_eq!(statement.resources.take(), Some(ecrgen::iam::Element::Only(vec!["*".into()])));
    }
    allows(&policy, caller, action, context)
}

/// ECR user guide, "Encryption at rest": ECR creates grants with the permissions of the caller that creates the
/// repository.
#[test]
fn the_account_can_use_the_key_only_through_ecr() {
    let policy = key_policy();
    let ecr = || via("ecr.eu-central-1.amazonaws.com");
    for action in ["kms:CreateGrant", "kms:RetireGrant", "kms:DescribeKey"] {
        assert!(allows_on_key(&policy, role_of(OWNER), action, ecr()), "{action}");
        assert!(!allows_on_key(&policy, role_of("222222222222"), action, ecr()), "{action} from another account");
    }
    assert!(!allows_on_key(&policy, role_of(OWNER), "kms:CreateGrant", Context::default()), "directly");
    assert!(!allows_on_key(&policy, role_of(OWNER), "kms:CreateGrant", via("ec2.eu-central-1.amazonaws.com")));
    assert!(!allows_on_key(&policy, role_of(OWNER), "kms:CreateGrant", via("ecr.us-east-1.amazonaws.com")));
    for suffix in ["amazonaws.com.cn", "amazonaws.eu"] {
        assert!(allows_on_key(&policy, role_of(OWNER), "kms:CreateGrant", via(&format!("ecr.eu-central-1.{suffix}"))));
    }
}

#[test]
fn the_account_can_manage_the_key_but_no_one_can_decrypt() {
    let policy = key_policy();
    for action in ["kms:PutKeyPolicy", "kms:EnableKeyRotation", "kms:ScheduleKeyDeletion", "kms:ListResourceTags"] {
        assert!(allows_on_key(&policy, role_of(OWNER), action, Context::default()), "{action}");
        assert!(!allows_on_key(&policy, role_of("222222222222"), action, Context::default()), "{action}");
    }
    let uses = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:CreateGrant"];
    for action in uses {
        assert!(!allows_on_key(&policy, role_of(OWNER), action, Context::default()), "{action}");
    }
}

#[test]
fn the_key_rotates_is_protected_and_encrypts_its_repositories() {
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
fn creates_one_key_per_environment_if_needed() {
    let all = root("repositories: { cart: {}, search: {} }\nrepository_defaults: { encryption: { kms: create } }\n");
    assert_eq!(all.heads("resource aws_kms_key"), [KEY]);
    let none = root("repositories: { cart: {} }\n");
    assert_eq!(none.heads("resource aws_kms"), [""; 0]);
    assert!(none.find("output kms_key_arn").is_none());
}

#[test]
fn rejects_an_alias_that_kms_does_not_accept() {
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
fn an_output_can_refer_to_the_created_key() {
    let renamed = root(&format!("{SPEC}outputs: {{ key: kms_key_arn }}\n"));
    assert_eq!(renamed.value("output key", "value"), "${aws_kms_key.ecr.arn}");
    assert!(renamed.find("output kms_key_arn").is_none());
    assert_eq!(
        shop("repositories: { cart: { encryption: kms } }\noutputs: { key: kms_key_arn }\n").codes(),
        ["unknown-output"]
    );
}

/// Two environments in the same account cannot share an alias.
#[test]
fn rejects_an_alias_used_twice_in_an_account() {
    let text = "platform: shop\nenvironments: { dev: {}, prod: {} }\nregion: eu-central-1\naccount: \"111111111111\"\n\
                names: { key_alias: \"{platform}\", repository: \"{environment}-{repository}\" }\n"
        .to_owned()
        + SPEC;
    assert_eq!(
        Compiled::of(&text).messages(),
        ["the KMS key `alias/shop` in eu-central-1 is defined twice, in the environments `dev` and `prod`"]
    );
    let apart = text.replace("\"{platform}\"", "\"{platform}-{environment}\"");
    assert_eq!(Compiled::of(apart).findings(), []);
}

/// The status and the messages of `render` for the second spec on top of the output of the first.
fn rendered_over(first: &str, second: &str) -> (i32, String) {
    let case = Case::new().file("shop.yaml", format!("{HEAD}{first}"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    case.write("shop.yaml", format!("{HEAD}{second}"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    (outcome.status, outcome.err)
}

#[test]
fn switching_to_or_from_the_key_changes_the_encryption() {
    let plain = "repositories: { cart: {}, search: {} }\n";
    for (first, second) in [(SPEC, plain), (plain, SPEC)] {
        let (status, messages) = rendered_over(first, second);
        assert_eq!(status, 2);
        assert!(
            messages.contains("error[repository-replaced]") && messages.contains("a KMS key created by ecrgen"),
            "{messages}"
        );
    }
    assert_eq!(rendered_over(SPEC, SPEC).0, 0);
}

#[test]
fn keeps_the_key_of_a_retained_repository() {
    let retained = "repositories: { search: {} }\nremoved: { cart: retain }\n";
    let (status, messages) = rendered_over(SPEC, retained);
    assert_eq!(status, 2);
    assert!(messages.contains("error[resource-lost]: `aws_kms_key.ecr`"), "{messages}");
    let (status, messages) = rendered_over(SPEC, &retained.replace("retain }", "retain, aws_kms_key.ecr: delete }"));
    assert_eq!(status, 2);
    assert!(messages.contains("error[key-lost]"), "{messages}");
    assert_eq!(rendered_over(SPEC, &retained.replace("retain }", "retain, aws_kms_key.ecr: retain }")).0, 0);
    let kept = "repositories: { search: { encryption: aes256 } }\nremoved: { cart: retain }\n\
                repository_defaults: { encryption: { kms: create } }\n";
    assert_eq!(rendered_over(SPEC, kept).0, 0);
}

#[test]
fn the_readme_and_run_roles_include_the_key() {
    let rest = format!("{SPEC}workspace: {{ organization: shop-inc }}\n");
    let files = shop(&rest).files();
    let readme = &files["shared/ecr/README.md"];
    assert!(readme.contains("The KMS key `alias/shop-shared-ecr` also sets `prevent_destroy`"));
    let apply = &files["shared/ecr-workspace/role_apply.tf"];
    assert!(apply.contains("kms:CreateGrant") && apply.contains("kms:ViaService"), "{apply}");
    assert!(!apply.contains("kms:ScheduleKeyDeletion"), "only a person can delete the key");
}

/// A variable can hold an alias. ECR returns the ARN of the key, so Terraform would replace the repository at each apply
/// (terraform-provider-aws, `aws_kms_key` data source: `key_id` is an ID, an ARN or an alias).
#[test]
fn looks_up_a_key_from_a_variable() {
    const KEY: &str = "encryption: { kms: { variable: registry_key, default: alias/registry } }";
    for (form, block, argument) in [
        ("", "resource aws_ecr_repository cart", "encryption_configuration"),
        ("terraform: { ecr_module: \"3.2.0\" }\n", "module cart", "repository_kms_key"),
    ] {
        let files = shop(format!("{form}repositories: {{ cart: {{ {KEY} }}, search: {{ {KEY} }} }}\n")).files();
        let locals = &files["shared/ecr/locals.tf"];
        assert_eq!(locals.matches("data \"aws_kms_key\" \"registry_key\"").count(), 1, "{block} {argument}: {locals}");
        assert!(locals.contains("key_id = var.registry_key"), "{locals}");
        let repository = &files["shared/ecr/repository_cart.tf"];
        assert!(repository.contains("= data.aws_kms_key.registry_key.arn"), "{repository}");
    }
    // A reference is usually to a key that the same apply creates, so it is not looked up.
    let shared =
        "terraform: { root: shared }\nrepositories: { cart: { encryption: { kms: { ref: aws_kms_key.a.arn } } } }\n";
    assert!(shop(shared).files().values().all(|file| !file.contains("data.aws_kms_key")));
}
