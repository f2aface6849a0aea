//! PipeOps (rows O1 to O6): four repositories per environment with a key of their own, replicated in production.

use serde_json::json;

use super::*;

pub const DEV: Ground =
    ground("dev/ecr", "111111111111", "eks_node_role_arn = \"arn:aws:iam::111111111111:role/nodes\"\n");
pub const PROD: Ground =
    ground("prod/ecr", "222222222222", "eks_node_role_arn = \"arn:aws:iam::222222222222:role/nodes\"\n");

const fn ground(folder: &'static str, account: &'static str, variables: &'static str) -> Ground<'static> {
    Ground { folder, account, region: "us-west-2", prepared_by: PREPARED, variables, beside: &[] }
}

/// The names that the document gives (`ecr_repository_names`).
const NAMES: [&str; 4] = ["api", "backend", "frontend", "worker"];

/// A run of the workspace cannot delete a repository or schedule the deletion of a key.
const LEFT_TO_PEOPLE: [&str; 2] = ["ecr:DeleteRepository", "kms:ScheduleKeyDeletion"];

#[test]
fn dev_is_applied_and_destroyed() {
    lives(&twin("pipeops"), DEV, 15, &LEFT_TO_PEOPLE, |applied, account| {
        is_there(account, DEV);
        assert_eq!(account.at(&["replication"]), &json!([]), "replication is for production only");
        assert_eq!(applied.in_region("us-east-1").at(&["repositories"]), &json!({}));
        let subjects = ["repo:pipeops/apps:ref:refs/tags/v*", "repo:pipeops@1111/apps@2222:ref:refs/tags/v*"];
        let trust = github(DEV, json!({ "StringLike": { format!("{GITHUB}:sub"): subjects } }));
        is_trusted(account, "pipeops-dev-github-actions", &trust);
        allows(account, "pipeops-dev-eks-nodes", &PULL, &arns(DEV, "us-west-2"));
    });
}

#[test]
fn prod_is_applied_and_destroyed() {
    lives(&twin("pipeops"), PROD, 27, &LEFT_TO_PEOPLE, |applied, account| {
        is_there(account, PROD);
        let replicas = applied.in_region("us-east-1");
        assert_eq!(replicas.names("repositories"), NAMES.map(|name| format!("pipeops-prod-{name}")));
        repositories_are_there(&replicas, PROD, "us-east-1");
        assert_eq!(replicas.at(&["keys", "alias/pipeops-prod-ecr", "rotates"]), true);

        let filters =
            NAMES.map(|name| json!({ "filter": format!("pipeops-prod-{name}"), "filterType": "PREFIX_MATCH" }));
        let destinations = json!([{ "region": "us-east-1", "registryId": PROD.account }]);
        let rule = json!({ "destinations": destinations, "repositoryFilters": filters });
        assert_eq!(account.at(&["replication"]), &json!([rule]));

        let subjects = ["repo:pipeops/apps:environment:prod", "repo:pipeops@1111/apps@2222:environment:prod"];
        let trust = github(
            PROD,
            json!({ "StringEquals": { format!("{GITHUB}:sub"): subjects }, "StringLike": { format!("{GITHUB}:ref"): "refs/tags/v*" } }),
        );
        is_trusted(account, "pipeops-prod-github-actions", &trust);
        let pull = account.document(&["policies", "pipeops-prod-eks-nodes", "document"]);
        let resources = format!("{:?}", pull.statements);
        for arn in [arns(PROD, "us-west-2"), arns(PROD, "us-east-1")].concat() {
            assert!(resources.contains(&arn), "nodes pull {arn}");
        }
    });
}

fn is_there(account: &Account, ground: Ground) {
    let environment = environment(ground);
    repositories_are_there(account, ground, ground.region);
    let key = account.at(&["keys", &format!("alias/pipeops-{environment}-ecr")]);
    assert_eq!(key["rotates"], true);
    assert_eq!(key["encrypts"].as_array().expect("a list").len(), NAMES.len());
    allows(account, &format!("pipeops-{environment}-github-actions"), &PUSH, &arns(ground, ground.region));
    // The role of the nodes existed before, and has one more policy.
    let nodes = format!("arn:aws:iam::{}:policy/pipeops/{environment}/pipeops-{environment}-eks-nodes", ground.account);
    assert_eq!(account.at(&["roles", "nodes", "policies"]), &json!([nodes]));
}

/// O1 to O3: names, immutable tags, scans and the two lifecycle rules.
fn repositories_are_there(account: &Account, ground: Ground, region: &str) {
    let environment = environment(ground);
    assert_eq!(account.names("repositories").len(), NAMES.len());
    for name in NAMES.map(|name| format!("pipeops-{environment}-{name}")) {
        let settings = json!({
            "arn": format!("arn:aws:ecr:{region}:{}:repository/{name}", ground.account),
            "tag_mutability": "IMMUTABLE",
            "scan_on_push": true,
            "encryption": "KMS",
            "policy": null,
            "tags": { "Environment": environment, "ManagedBy": "terraform" },
        });
        has_repository(account, &name, settings, &[expire(1, prefixed("v", 30)), expire(2, untagged_older(7))]);
    }
}

fn environment(ground: Ground) -> &'static str {
    if ground.folder == DEV.folder { "dev" } else { "prod" }
}

fn arns(ground: Ground, region: &str) -> Vec<String> {
    let environment = environment(ground);
    NAMES
        .map(|name| format!("arn:aws:ecr:{region}:{}:repository/pipeops-{environment}-{name}", ground.account))
        .to_vec()
}
