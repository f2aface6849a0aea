//! The principals that repository policies and the registry policy allow.

mod roles;

use ecrgen::permissions::EffectivePermissions;

use super::can;
use crate::harness::Compiled;

const SPEC: &str = "\
platform: shop
environment: shared
region: eu-central-1
account: \"123456789012\"
repositories:
  cart:
    policy_statements:
      - Sid: NobodyDeletes
        Effect: Deny
        Principal: \"*\"
        Action: [ecr:BatchDeleteImage, ecr:DeleteRepository]
        Condition: { ArnNotLike: { aws:PrincipalArn: \"arn:aws:iam::123456789012:role/cleaner\" } }
      - Sid: NobodyElse
        Effect: Deny
        Principal: \"*\"
        Action: ecr:PutImage
      - { Effect: Allow, Principal: { AWS: \"arn:aws:iam::444444444444:role/auditor\" }, Action: [ecr:DescribeImages] }
  search: {}
registry: { accept_replication_from: [\"222222222222\", \"333333333333\"] }
access:
  pushers: { can: [push], repositories: all, roles: [pusher] }
  cleaners: { can: [delete], repositories: [cart], roles: [cleaner] }
  qa: { can: [pull], repositories: [cart], accounts: [\"222222222222\"], organization: o-a1b2c3d4e5 }
  company: { can: [read], repositories: [cart], accounts: all, organization: o-a1b2c3d4e5 }
  processor: { can: [pull], repositories: [cart], lambda: { functions: [processor] } }
  reports: { can: [pull], repositories: all, lambda: { functions: [\"report-*\"], accounts: [\"555555555555\"] } }
";

fn look<T>(look: impl Fn(&EffectivePermissions) -> T) -> T {
    let compiled = Compiled::of(SPEC);
    look(&EffectivePermissions::of(&compiled.policies()))
}

/// The permissions of a principal on a repository: verbs, other actions and conditions.
fn held(rights: &EffectivePermissions, name: &str, repository: &str) -> (Vec<String>, Vec<&'static str>, Vec<String>) {
    let at = rights.principals.iter().position(|principal| principal.name == name);
    let at = at.unwrap_or_else(|| {
        panic!("{name} is not one of {:?}", rights.principals.iter().map(|h| &h.name).collect::<Vec<_>>())
    });
    let held = rights.granted(at, repository).expect("a repository");
    let verbs = held.verbs().map(|verb| verb.to_string()).collect();
    (verbs, held.besides(), held.conditions().into_iter().map(str::to_owned).collect())
}

#[test]
fn conditions_identify_services_and_organizations() {
    let organization = "aws:PrincipalOrgID is o-a1b2c3d4e5".to_owned();
    look(|rights| {
        // Lambda pulls with two actions (Lambda developer guide, "Create a Lambda function using a container image").
        let pull = || vec!["pull".to_owned()];
        let function = |account, name| format!("arn:aws:lambda:eu-central-1:{account}:function:{name}");
        let processor = format!(
            "aws:SourceArn is like one of {}, {}",
            function("123456789012", "processor"),
            function("123456789012", "processor:*")
        );
        let reports = format!("aws:SourceArn is like {}", function("555555555555", "report-*"));
        assert_eq!(held(rights, "processor", "cart"), (pull(), vec![], vec![processor]));
        assert_eq!(held(rights, "processor", "search"), (vec![], vec![], vec![]));
        let lambda = "reports/lambda.amazonaws.com";
        assert_eq!(held(rights, lambda, "cart"), (pull(), vec![], vec![reports.clone()]));
        assert_eq!(held(rights, lambda, "search"), (pull(), vec![], vec![reports]));
        assert_eq!(held(rights, "reports/555555555555", "search"), (pull(), vec![], vec![]));
        let read = vec!["read".to_owned()];
        assert_eq!(held(rights, "company", "cart"), (read, vec![], vec![organization.clone()]));
        // A whole account: as a member of the organization it can pull, and it can read like every other member. It can
        // replicate without conditions.
        let (verbs, besides, conditions) = held(rights, "qa", "cart");
        assert_eq!((verbs, conditions), (vec!["pull".to_owned(), "read".to_owned()], vec![organization.clone()]));
        assert_eq!(besides, ["ecr:CreateRepository", "ecr:ReplicateImage"]);
    });
}

#[test]
fn a_denial_applies_if_it_cannot_be_avoided() {
    look(|rights| {
        assert!(!can(rights, "pushers", "push", "cart"));
        assert!(can(rights, "pushers", "push", "search"));
        // Its role also belongs to the company.
        assert!(held(rights, "cleaners", "cart").0.contains(&"read".to_owned()));
        assert!(can(rights, "cleaners", "delete", "cart"), "the condition of the denial can be avoided");
        assert!(can(rights, "arn:aws:iam::444444444444:role/auditor", "ecr:DescribeImages", "cart"));
        assert!(!can(rights, "arn:aws:iam::444444444444:role/auditor", "ecr:DescribeImages", "search"));
    });
}

#[test]
fn assertions_identify_guests_by_their_entries() {
    for (assertion, broken) in [
        ("can: [\"ecr:BatchGetImage\"], only: [processor, reports, qa, pushers]", vec![]),
        (
            "can: [\"ecr:BatchGetImage\"], only: [processor, qa, pushers]",
            vec!["reports/lambda.amazonaws.com", "reports/555555555555"],
        ),
        ("can: [\"ecr:BatchGetImage\"], only: [reports, qa, pushers]", vec!["processor"]),
        ("can: [create], only: [registry]", vec![]),
        ("can: [create]", vec!["qa", "registry/333333333333"]),
    ] {
        let compiled = Compiled::of(format!("{SPEC}assert:\n  it: {{ {assertion} }}\n"));
        let found = compiled.findings().iter().filter(|found| found.code.name == "failed-assertion");
        let who: Vec<&str> = found
            .map(|found| found.message["\"it\" does not hold: ".len()..].split(" has ").next().expect("a name"))
            .collect();
        assert_eq!(who, broken, "{assertion}");
    }
}
