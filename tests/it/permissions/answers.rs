//! `ecrgen access --can`: the exit status and the deciding statements.

use ecrgen::permissions::EffectivePermissions;
use serde_json::Value;

use super::{SHOP, can};
use crate::harness::{Case, Compiled, Outcome};

fn ask(line: &str) -> Outcome {
    let case = Case::new().file("shop.yaml", SHOP);
    let question: Vec<&str> = line.split(' ').collect();
    case.run(&[&["access", "shop.yaml", "--can"], question.as_slice()].concat())
}

#[test]
fn exit_status_is_0_for_yes_and_1_for_no() {
    for (question, status) in [
        ("pipeline push cart", 0),
        ("pipeline ecr:PutImage search", 0),
        ("pipeline ecr:putimage search", 0),
        ("pipeline pull cart", 1),
        ("bots/ci/scanner pull cart", 0),
        ("bots/ci/scanner pull search", 1),
        ("shop-shared-bots-ci-mover pull cart", 0),
        ("arn:aws:iam::123456789012:role/shop/shared/shop-shared-developers read cart", 0),
        ("arn:aws:iam::999999999999:role/shop/shared/shop-shared-developers read cart", 0),
        ("nodes/var.gpu_node pull search", 0),
        ("nodes/var.gpu_node delete search", 1),
        ("210987654321 pull search", 0),
        ("partners/310987654321 pull search", 0),
        ("arn:aws:iam::210987654321:root pull search", 0),
        ("210987654321 pull cart", 1),
        ("plan create cart", 1),
        ("apply create cart", 0),
        ("shop-shared-ecr-hcp-apply ecr:SetRepositoryPolicy cart", 0),
    ] {
        let outcome = ask(question);
        assert_eq!((outcome.status, outcome.err.as_str()), (status, ""), "{question}: {}", outcome.out);
        let word = if status == 0 { "yes: " } else { "no: " };
        assert!(outcome.out.starts_with(word), "{question}: {}", outcome.out);
    }
}

/// A role that two entries attach to has the permissions of both, regardless of how each entry writes it.
#[test]
fn an_existing_role_is_one_principal() {
    for (question, status) in [
        ("nodes/eks-node delete search", 0),
        ("operators delete search", 0),
        ("operators pull cart", 0),
        ("eks-node pull cart", 0),
        ("eks-node delete cart", 1),
    ] {
        assert_eq!(ask(question).status, status, "{question}");
    }
}

#[test]
fn exit_status_is_2_for_an_invalid_query() {
    for (question, why) in [
        ("pipelin push cart", "principal `pipelin` does not exist: did you mean `pipeline`?"),
        (
            "nobody-at-all push cart",
            "principal `nobody-at-all` does not exist: principals: apply, bots/ci/mover, bots/ci/scanner, ",
        ),
        ("bots pull cart", "`bots` matches several principals: use one of bots/ci/scanner, bots/ci/mover"),
        ("pipeline pus cart", "unknown verb or ECR action `pus`: did you mean `push`?"),
        ("pipeline PutImage cart", "unknown verb or ECR action `PutImage`: did you mean `ecr:PutImage`?"),
        ("pipeline ecr:PutImages cart", "did you mean `ecr:PutImage`?"),
        ("apply iam:CreateRole cart", "unknown verb or ECR action `iam:CreateRole`"),
        ("pipeline push carts", "repository `carts` does not exist: did you mean `cart`?"),
        ("pipeline push", "3 values required"),
    ] {
        let outcome = ask(question);
        assert_eq!((outcome.status, outcome.out.as_str()), (2, ""), "{question}");
        assert!(outcome.err.contains(why), "{question}: {}", outcome.err);
    }
}

#[test]
fn reports_all_errors_of_a_query_together() {
    let outcome = ask("pipelin pus carts");
    assert_eq!(outcome.status, 2);
    for meant in ["`pipeline`", "`push`", "`cart`"] {
        assert!(outcome.err.contains(&format!("did you mean {meant}?")), "{}", outcome.err);
    }
}

#[test]
fn shows_the_deciding_statement_with_its_line() {
    let outcome = ask("partners/210987654321 pull search");
    assert_eq!(
        outcome.out,
        "\
yes: partners/210987654321 can pull on search (shop, shared)
  statement Partners of the repository policy of search allows ecr:BatchGetImage,
    ecr:GetDownloadUrlForLayer, ecr:BatchCheckLayerAvailability
    --> shop.yaml:27:11
"
    );
    let outcome = ask("developers push cart");
    assert_eq!(
        outcome.out,
        "\
no: developers cannot push on cart (shop, shared)
  statement Repositories of the policy shop-shared-developers allows
    ecr:BatchCheckLayerAvailability, ecr:BatchGetImage
    --> shop.yaml:15:11
  no statement allows ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload,
    ecr:PutImage
  checked the policy shop-shared-developers: Repositories, Registry
    --> shop.yaml:14:3
"
    );
}

#[test]
fn writes_an_answer_as_json() {
    let case = Case::new().file("shop.yaml", SHOP);
    let outcome = case.run(&["access", "shop.yaml", "--format", "json", "--can", "developers", "push", "cart"]);
    assert_eq!(outcome.status, 1);
    let answer: Value = serde_json::from_str(&outcome.out).expect("JSON");
    assert_eq!(answer["format_version"], 2);
    assert_eq!(answer["can"], false);
    assert_eq!(answer["principal"], "developers");
    assert_eq!(answer["missing"].as_array().map(Vec::len), Some(4));
    assert_eq!(answer["statements"][0]["statement"], "Repositories");
    assert_eq!((&answer["statements"][0]["line"], &answer["statements"][0]["column"]), (&15.into(), &11.into()));
    let outcome = case.run(&["access", "shop.yaml", "--format", "markdown", "--can", "developers", "push", "cart"]);
    assert_eq!(outcome.status, 2, "an answer cannot be written as Markdown");
}

/// If several environments match, the query must select one.
#[test]
fn an_environment_can_be_selected() {
    let spec = "\
platform: shop
environments:
  dev: { access: { testers: { can: [push], repositories: all, roles: [tester] } } }
  prod: { repositories: { ledger: {} } }
region: eu-central-1
names: { repository: \"{environment}/{repository}\" }
repositories: { cart: {} }
access: { readers: { can: [read], repositories: all, roles: [reader] } }
";
    let case = Case::new().file("shop.yaml", spec);
    for (line, status, said) in [
        ("--can testers push cart", 0, "(shop, dev)"),
        ("--can readers read ledger", 0, "(shop, prod)"),
        ("--can readers read cart", 2, "several environments match: choose one with --environment (dev, prod)"),
        ("--environment prod --can readers read cart", 0, "(shop, prod)"),
        ("--environment prod --can testers push cart", 2, "principal `testers` does not exist"),
        ("--can testers push ledger", 1, "testers (shop, dev) cannot push on ledger (shop, prod)"),
        ("--environment qa --can readers read cart", 2, "the environment `qa` does not exist: environments: dev, prod"),
    ] {
        let arguments: Vec<&str> = ["access", "shop.yaml"].into_iter().chain(line.split(' ')).collect();
        let outcome = case.run(&arguments);
        assert_eq!(outcome.status, status, "{line}: {}{}", outcome.out, outcome.err);
        assert!(format!("{}{}", outcome.out, outcome.err).contains(said), "{line}: {}{}", outcome.out, outcome.err);
    }
    let both = case.run(&["access", "shop.yaml"]).out;
    assert!(both.contains("shop, dev (eu-central-1)") && both.contains("shop, prod (eu-central-1)"));
    assert!(!case.run(&["access", "shop.yaml", "--environment", "dev"]).out.contains("shop, prod"));
}

#[test]
fn a_spec_with_errors_has_no_answer() {
    let case = Case::new().file("bad.yaml", "platform: shop\nenvironment: shared\nregion: nowhere\n");
    let outcome = case.run(&["access", "bad.yaml"]);
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
    assert!(outcome.err.contains("unknown-region") || outcome.err.contains("error["), "{}", outcome.err);
}

#[test]
fn a_permission_set_has_the_permissions_of_its_policy() {
    let compiled = Compiled::of(
        "platform: shop
environment: shared
region: eu-central-1
repositories: { cart: {}, search: {} }
access:
  people:
    can: [pull, read]
    repositories: [cart]
    permission_set: { name: Images, instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\" }
assert:
  nobody pushes: { can: [push] }
",
    );
    let policies = compiled.policies();
    let rights = EffectivePermissions::of(&policies);
    for name in ["people", "Images"] {
        assert!(can(&rights, name, "pull", "cart"), "{name}");
        assert!(can(&rights, name, "ecr:GetAuthorizationToken", "cart"), "{name}");
        assert!(!can(&rights, name, "push", "cart"), "{name}");
        assert!(!can(&rights, name, "pull", "search"), "{name}");
    }
}

/// The policies of `cart` and `search` are equal, so they share a document.
#[test]
fn names_the_policy_of_the_repository_that_the_question_is_about() {
    let shared = SHOP.replace("repositories: [search]\n    accounts", "repositories: [cart, search]\n    accounts");
    let case = Case::new().file("shop.yaml", shared);
    for repository in ["cart", "search"] {
        let ask = |more: &[&str]| {
            let question = ["access", "shop.yaml", "--can", "210987654321", "pull", repository];
            case.run(&[&question[..], more].concat()).out
        };
        let text = ask(&[]);
        assert!(text.contains(&format!("of the repository policy of {repository} allows")), "{text}");
        let json: Value = serde_json::from_str(&ask(&["--format", "json"])).expect("JSON");
        assert_eq!(json["statements"][0]["document"], format!("repository policy of {repository}"));
    }
}
