//! `ecrgen access --can` about repositories of another environment or outside of the specs: a request across accounts needs the
//! identity policy of one and the repository policy of the other (IAM user guide, "Cross-account policy evaluation logic").

use serde_json::Value;

use crate::harness::{Case, Outcome};

const CART: &str = "arn:aws:ecr:eu-central-1:222222222222:repository/dev/cart";

/// dev has the repository, and prod the nodes. Each half of the access can be left out.
fn spec(identity: bool, resource: bool) -> String {
    let repositories = if identity { format!("[tools, \"{CART}\"]") } else { "[tools]".into() };
    let prod = if resource {
        "access: { prod: { can: [pull], repositories: [cart], accounts: [\"111111111111\"] } }"
    } else {
        ""
    };
    format!(
        "platform: shop
region: eu-central-1
names: {{ repository: \"{{environment}}/{{repository}}\" }}
environments:
  dev:
    account: \"222222222222\"
    repositories: {{ cart: {{}} }}
    {prod}
  prod:
    account: \"111111111111\"
    repositories: {{ tools: {{}} }}
    access:
      nodes: {{ can: [pull], repositories: {repositories}, node_roles: [eks-node] }}
"
    )
}

fn ask(spec: &str, question: &str) -> Outcome {
    let case = Case::new().file("shop.yaml", spec);
    case.run(&[&["access", "shop.yaml", "--can"], question.split(' ').collect::<Vec<_>>().as_slice()].concat())
}

#[test]
fn both_accounts_must_allow_the_request() {
    for (identity, resource, lacks) in [
        (true, true, &[][..]),
        (true, false, &["repository-policy"]),
        (false, true, &["identity-policy"]),
        (false, false, &["identity-policy", "repository-policy"]),
    ] {
        for repository in ["cart", CART] {
            let question = format!("nodes pull {repository} --format json");
            let outcome = ask(&spec(identity, resource), &question);
            let json: Value = serde_json::from_str(&outcome.out).unwrap_or_else(|_| panic!("{outcome:?}"));
            let is_yes = lacks.is_empty();
            assert_eq!((outcome.status == 0, &json["can"]), (is_yes, &Value::from(is_yes)), "{question}: {json:#}");
            let across = &json["across"];
            assert_eq!((&across["repository"], &across["environment"]), (&CART.into(), &"dev".into()));
            assert_eq!(across["lacks"], serde_json::json!(lacks), "{question}: {json:#}");
            assert_eq!((&json["environment"], &json["repository"]), (&"prod".into(), &"cart".into()));
        }
    }
}

#[test]
fn the_text_names_the_half_that_is_missing_and_what_to_write() {
    let yes = ask(&spec(true, true), "nodes pull cart").out;
    assert!(yes.starts_with("yes: nodes (shop, prod) can pull on cart (shop, dev)\n"), "{yes}");
    for (place, line) in [("shop-prod-nodes", 13), ("statement", 8)] {
        assert!(yes.contains(place) && yes.contains(&format!("--> shop.yaml:{line}:")), "{yes}");
    }
    let resource = "  missing: the policy of the repository; in environment `dev`, add an entry with `accounts: [\"111111111111\"]`, \
                    `repositories: [cart]` and `can: [pull]`\n";
    let identity = format!(
        "  missing: the identity policy; in environment `prod`, give `nodes` `can: [pull]` and \"{CART}\" in `repositories`\n"
    );
    for (halves, lines) in [
        ((true, false), vec![resource]),
        ((false, true), vec![identity.as_str()]),
        ((false, false), vec![identity.as_str(), resource]),
    ] {
        let no = ask(&spec(halves.0, halves.1), "nodes pull cart").out;
        assert!(no.starts_with("no: nodes (shop, prod) cannot pull on cart (shop, dev)\n"), "{no}");
        let no = no.replace("\n    ", " ");
        assert_eq!(no.matches("missing: ").count(), lines.len(), "{no}");
        assert!(lines.iter().all(|line| no.contains(line)), "{no}");
    }
}

/// A pull allowed by both does not allow a push.
#[test]
fn each_action_needs_both_halves() {
    assert_eq!(ask(&spec(true, true), "nodes push cart").status, 1);
    assert_eq!(ask(&spec(true, true), "nodes ecr:BatchGetImage cart").status, 0);
    assert_eq!(ask(&spec(true, true), "nodes ecr:PutImage cart").status, 1);
}

#[test]
fn the_environment_is_that_of_the_principal() {
    assert_eq!(ask(&spec(true, true), "nodes pull cart --environment prod").status, 0);
    let wrong = ask(&spec(true, true), "nodes pull cart --environment dev");
    assert!(wrong.status == 2 && wrong.err.contains("principal `nodes` does not exist"), "{wrong:?}");
}

/// The role of the nodes by its ARN, as AWS prints it.
#[test]
fn a_principal_can_be_an_arn() {
    let role = "arn:aws:iam::111111111111:role/eks-node";
    assert_eq!(ask(&spec(true, true), &format!("{role} pull {CART} --environment prod")).status, 0);
    assert_eq!(ask(&spec(false, true), &format!("{role} pull {CART} --environment prod")).status, 1);
}

/// Its policy is managed elsewhere: in the same account, the identity policy is enough, and in another one it is not.
#[test]
fn a_repository_outside_of_the_specs_is_known_by_its_arn() {
    for (account, status) in [("111111111111", 0), ("333333333333", 1)] {
        let other = format!("arn:aws:ecr:eu-west-1:{account}:repository/other");
        let outcome = ask(&spec(true, true).replace(CART, &other), &format!("nodes pull {other}"));
        assert_eq!(outcome.status, status, "{outcome:?}");
        let missing = format!("account {account} must also allow this there");
        assert_eq!(outcome.out.replace("\n    ", " ").contains(&missing), status == 1, "{outcome:?}");
    }
    let unlisted = "arn:aws:ecr:eu-west-1:111111111111:repository/another";
    let outcome = ask(&spec(true, true), &format!("nodes pull {unlisted}"));
    assert!(outcome.status == 1 && outcome.out.contains("missing: the identity policy"), "{outcome:?}");
}

/// An ARN of the environment of the principal is the repository itself.
#[test]
fn the_arn_of_an_own_repository_is_answered_as_its_key() {
    let arn = "arn:aws:ecr:eu-central-1:111111111111:repository/prod/tools";
    let by_arn = ask(&spec(true, true), &format!("nodes pull {arn}"));
    assert_eq!((by_arn.status, by_arn.out), (0, ask(&spec(true, true), "nodes pull tools").out));
}

/// A Lambda function pulls with the policy of the repository alone, so its entry elsewhere neither grants nor denies anything.
#[test]
fn a_principal_without_identity_policies_is_asked_about_where_the_repository_is() {
    let lambda = "thumbs: { can: [pull], repositories: all, lambda: { functions: [thumbs] } }";
    let spec = spec(true, true).replace("access: { prod:", &format!("access: {{ {lambda}, prod:"));
    let spec = spec.replace("      nodes:", &format!("      {lambda}\n      nodes:"));
    let outcome = ask(&spec, &format!("thumbs pull {CART} --environment prod"));
    assert_eq!(outcome.status, 2, "{outcome:?}");
    let words = "principal `thumbs` has no identity policies, so the policy of the repository alone decides: ask there, with \
                 --environment dev";
    assert!(outcome.err.contains(words), "{}", outcome.err);
    assert_eq!(ask(&spec, "thumbs pull cart --environment dev").status, 0);
    let elsewhere = CART.replace("222222222222", "333333333333");
    let outcome = ask(&spec, &format!("thumbs pull {elsewhere} --environment prod"));
    assert!(outcome.status == 2 && outcome.err.contains("outside of the specs"), "{outcome:?}");
}
