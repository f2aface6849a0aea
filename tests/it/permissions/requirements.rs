//! The requirements about access, as queries with the answers that their source documents require.

use ecrgen::permissions::EffectivePermissions;

use super::can;
use crate::harness::Compiled;

/// The requirement, the principal, what it can do, and what it cannot do.
type Row = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

/// Actions that only principals who manage the registry can perform.
const MANAGE: [&str; 7] = [
    "ecr:CreateRepository",
    "ecr:DeleteRepository",
    "ecr:SetRepositoryPolicy",
    "ecr:PutLifecyclePolicy",
    "ecr:PutImageTagMutability",
    "ecr:PutRegistryPolicy",
    "ecr:PutReplicationConfiguration",
];

/// The actions in the section on pods of the blueprint (P10).
const PULL: &[&str] = &[
    "pull",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetAuthorizationToken",
];

const WRITE: &[&str] =
    &["push", "delete", "create", "ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:BatchDeleteImage", "ecr:TagResource"];

const PIKSEL: &[Row] = &[
    (
        "P9",
        "image-pipeline",
        &[
            "push",
            "ecr:PutImage",
            "ecr:InitiateLayerUpload",
            "ecr:UploadLayerPart",
            "ecr:CompleteLayerUpload",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetAuthorizationToken",
            "ecr:DescribeImages",
        ],
        &["delete", "create", "pull", "read", "ecr:BatchDeleteImage", "ecr:GetDownloadUrlForLayer", "ecr:ListImages"],
    ),
    ("P10", "pods/odc/odc", PULL, WRITE),
    ("P10", "pods/jupyterhub/hub", PULL, WRITE),
    ("P10", "pods/ows/ows", PULL, WRITE),
    ("P10", "pods/explorer/explorer", PULL, WRITE),
    ("P10", "nodes", PULL, WRITE),
    (
        "P11",
        "developers",
        &[
            "pull",
            "read",
            "ecr:GetAuthorizationToken",
            "ecr:DescribeImages",
            "ecr:ListImages",
            "ecr:DescribeImageScanFindings",
        ],
        WRITE,
    ),
    (
        "P13",
        "plan",
        &["ecr:DescribeRepositories", "ecr:GetLifecyclePolicy", "ecr:ListTagsForResource"],
        &["pull", "push", "delete", "create", "ecr:GetAuthorizationToken", "ecr:BatchGetImage"],
    ),
    (
        "P13",
        "apply",
        &["create", "ecr:PutLifecyclePolicy", "ecr:PutImageTagMutability"],
        // No repository of piksel is marked for deletion.
        &[
            "ecr:DeleteRepository",
            "pull",
            "push",
            "delete",
            "ecr:PutImage",
            "ecr:BatchDeleteImage",
            "ecr:GetAuthorizationToken",
        ],
    ),
];

fn ask(rows: &[Row], rights: &ecrgen::permissions::EffectivePermissions, repositories: &[&str]) {
    for (row, who, may, may_not) in rows {
        for repository in repositories {
            for action in *may {
                assert!(can(rights, who, action, repository), "{row}: {who} cannot {action} on {repository}");
            }
            for action in *may_not {
                assert!(!can(rights, who, action, repository), "{row}: {who} can {action} on {repository}");
            }
            for action in MANAGE.iter().filter(|_| *who != "apply") {
                assert!(
                    may.contains(&"create") && *action == "ecr:CreateRepository"
                        || !can(rights, who, action, repository),
                    "{row}: {who} manages with {action}"
                );
            }
        }
    }
}

#[test]
fn p9_to_p13_permissions_in_each_variant_of_piksel() {
    for spec in ["piksel", "piksel-plain", "piksel-audited"] {
        let compiled = Compiled::shipped(spec);
        let policies = compiled.policies();
        let rights = EffectivePermissions::of(&policies);
        ask(PIKSEL, &rights, &["piksel-core"]);
        let mut asked: Vec<&str> = PIKSEL.iter().map(|(_, who, ..)| *who).collect();
        asked.sort_unstable();
        let mut present: Vec<&str> = rights.principals.iter().map(|principal| principal.name.as_str()).collect();
        present.sort_unstable();
        assert_eq!(present, asked, "{spec}: P12 allows no other principals");
    }
}

/// Who can assume the roles of the blueprint: the subjects and the other conditions.
#[test]
fn p9_to_p13_trust_policies() {
    let of_workspace =
        |phase| format!("organization:piksel:project:Default Project:workspace:piksel-ecr-shared:run_phase:{phase}");
    let pod = |account: &str| vec![format!("system:serviceaccount:{account}")];
    let mut pushes = Vec::new();
    for context in ["heads/main", "heads/develop", "tags/v*"] {
        pushes.push(format!("repo:piksel/piksel-core:ref:refs/{context}"));
        pushes.push(format!("repo:piksel@1111/piksel-core@2222:ref:refs/{context}"));
    }
    let wanted = [
        (
            "image-pipeline",
            pushes,
            vec!["aud is sts.amazonaws.com", "repository_id is 2222", "repository_owner_id is 1111"],
        ),
        ("pods/odc/odc", pod("odc:odc"), vec!["aud is sts.amazonaws.com"]),
        ("pods/jupyterhub/hub", pod("jupyterhub:hub"), vec!["aud is sts.amazonaws.com"]),
        ("pods/ows/ows", pod("ows:ows"), vec!["aud is sts.amazonaws.com"]),
        ("pods/explorer/explorer", pod("explorer:explorer"), vec!["aud is sts.amazonaws.com"]),
        ("developers", vec!["arn:aws:iam::123456789012:role/Developer".to_owned()], vec![]),
        ("plan", vec![of_workspace("plan")], vec!["aud is aws.workload.identity"]),
        ("apply", vec![of_workspace("apply")], vec!["aud is aws.workload.identity"]),
    ];
    let compiled = Compiled::shipped("piksel");
    let policies = compiled.policies();
    let rights = EffectivePermissions::of(&policies);
    for (who, subjects, conditions) in wanted {
        let holder = rights.principals.iter().find(|principal| principal.name == who).expect("a principal");
        let [trust_statement] = &rights.trust_statements(holder)[..] else {
            panic!("the trust policy of {who} has one statement")
        };
        let found: Vec<&str> = trust_statement.subjects.iter().map(|subject| subject.text.as_str()).collect();
        assert_eq!(found, subjects, "{who}");
        assert_eq!(trust_statement.conditions, conditions, "{who}");
    }
}

/// The parts of the other documents that this version of the language can express.
#[test]
fn d4_and_d6_nodes_pull_and_the_organization_pushes_and_creates_repositories() {
    let compiled = Compiled::of(
        "platform: idp
environment: poc
region: us-east-1
repositories: { platform-backend: {}, platform-frontend: {} }
access:
  github-ecr-push:
    can: [push, create]
    repositories: all
    github: { organization: darede-labs, organization_id: 3333, branches: [main], tags: [\"v*\"] }
  eks-nodes: { can: [pull], repositories: all, node_roles: [{ ref: module.eks.node_role_name }] }
terraform: { root: shared }
waive: { organization-wide-trust: { at: [access], reason: the document requires it } }
",
    );
    let policies = compiled.policies();
    let rights = EffectivePermissions::of(&policies);
    let rows: &[Row] = &[
        ("D4", "eks-nodes", PULL, WRITE),
        ("D6", "github-ecr-push", &["push", "create", "ecr:CreateRepository"], &["pull", "delete"]),
    ];
    ask(rows, &rights, &["platform-backend", "platform-frontend"]);
    let pusher = &rights.principals[0];
    let who: Vec<String> =
        rights.trust_statements(pusher)[0].subjects.iter().map(|subject| subject.who.clone()).collect();
    assert_eq!(who[0], "workflows of every repository of darede-labs on the branch main");
}

#[test]
fn c2_c5_and_c6_other_accounts_tasks_and_pipelines() {
    let compiled = Compiled::of(
        "platform: shop
environment: dev
region: eu-west-1
repositories: { web-app: {}, api-service: {}, worker: {} }
names: { repository: \"{platform}-{environment}-{repository}\" }
access:
  uat-and-qa: { can: [pull], repositories: [web-app, api-service], accounts: [\"111111111111\", \"222222222222\"] }
  ecs-tasks: { can: [pull], repositories: all, roles: [ecsTaskExecutionRole] }
  eks-nodes: { can: [pull], repositories: all, node_roles: [{ variable: eks_node_role }] }
  github-actions:
    can: [push]
    repositories: all
    github: { repository: shop/apps, owner_id: 1, repository_id: 2, branches: [main] }
",
    );
    let policies = compiled.policies();
    let rights = EffectivePermissions::of(&policies);
    const LOGIN: &str = "ecr:GetAuthorizationToken";
    for account in ["111111111111", "222222222222"] {
        for (repository, may) in [("web-app", true), ("api-service", true), ("worker", false)] {
            assert_eq!(can(&rights, account, "pull", repository), may, "C2: {account} {repository}");
            assert_eq!(can(&rights, account, "pull", &format!("shop-dev-{repository}")), may, "by its name in AWS");
            assert!(!can(&rights, account, "push", repository), "C2: {account} {repository}");
        }
        assert!(!can(&rights, account, LOGIN, "web-app"), "C2: only the account itself can allow its roles to sign in");
    }
    let rows: &[Row] = &[
        ("C5", "ecs-tasks", PULL, WRITE),
        ("C5", "eks-nodes", PULL, WRITE),
        ("C6", "github-actions", &["push", LOGIN], &["delete", "create", "pull"]),
    ];
    ask(rows, &rights, &["web-app", "api-service", "worker"]);
}

#[test]
fn o5_releases_push_and_nodes_pull() {
    let compiled = Compiled::of(
        "platform: pipeops
environment: prod
region: eu-west-1
repositories: { frontend: {}, api: {} }
access:
  github-actions:
    can: [push]
    repositories: all
    github: { repository: pipeops/apps, owner_id: 1111, repository_id: 2222, tags: [\"v*\"], environments: [prod] }
  eks-nodes: { can: [pull], repositories: all, node_roles: [{ variable: eks_node_role_arn, holds: arn }] }
",
    );
    let policies = compiled.policies();
    let rights = EffectivePermissions::of(&policies);
    let rows: &[Row] =
        &[("O5", "github-actions", &["push"], &["delete", "create", "pull", "read"]), ("O5", "eks-nodes", PULL, WRITE)];
    ask(rows, &rights, &["frontend", "api"]);
    let trust_statement = &rights.trust_statements(&rights.principals[0])[0];
    assert_eq!(trust_statement.subjects[0].who, "workflows of pipeops/apps in the environment prod");
    assert_eq!(
        trust_statement.subjects[0].event.as_deref(),
        Some("any event on refs/tags/v*, for jobs with environment: prod")
    );
    assert!(
        trust_statement.conditions.contains(&"ref is like refs/tags/v*".to_owned()),
        "{:?}",
        trust_statement.conditions
    );
}
