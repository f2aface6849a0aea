//! The compute layer (rows C1 to C5): its files are in a root module with hand-written ones, which these tests add.

use serde_json::json;

use super::*;

pub const DEV: Ground = Ground {
    folder: "layers/compute/environments/dev",
    account: "111111111111",
    region: "us-east-1",
    prepared_by: PREPARED,
    variables: "",
    beside: &[("main.tf", MAIN), ("roles.tf", ROLES), ("eks/main.tf", EKS)],
};

pub const PROD: Ground = Ground {
    folder: "layers/compute/environments/prod",
    account: "222222222222",
    prepared_by: ("prepare_platforms.py", &[GITHUB, "gitlab.com", "ecs-execution"]),
    beside: &PROD_FILES,
    ..DEV
};

const PROD_FILES: [(&str, &str); 4] = [
    ("main.tf", MAIN),
    ("replica.tf", "provider \"aws\" {\n  alias  = \"us_west_2\"\n  region = \"us-west-2\"\n}\n"),
    ("security.tf", SECURITY),
    ("security.tfstate", SECURITY_STATE),
];

const MAIN: &str = "provider \"aws\" {\n  region = \"us-east-1\"\n}\n";

/// What the references of the spec name. The role of the tasks is created in the same apply. In prod, both roles exist, because
/// the twin has a workspace there.
const ROLES: &str = r#"
module "eks" {
  source = "./eks"
}

resource "aws_iam_role" "ecs_execution" {
  name = "ecs-execution"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}
"#;

const EKS: &str = "output \"node_role_name\" {\n  value = \"nodes\"\n}\n";

const SECURITY: &str = r#"
data "terraform_remote_state" "security" {
  backend = "local"

  config = {
    path = "${path.module}/security.tfstate"
  }
}
"#;

const SECURITY_STATE: &str = r#"{
  "version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "security", "resources": [],
  "outputs": {
    "kms_key_arn": { "type": "string", "value": "arn:aws:kms:us-east-1:222222222222:key/0a1b2c3d-0000-4000-8000-000000000001" },
    "kms_key_arn_us_west_2": { "type": "string", "value": "arn:aws:kms:us-west-2:222222222222:key/0a1b2c3d-0000-4000-8000-000000000002" }
  }
}
"#;

#[test]
fn dev_is_applied_and_destroyed() {
    lives(&twin("compute-layer"), DEV, 20, &[], |_, account| {
        // C1 and C2: names, and the maximum of images of each repository.
        let settings = json!({ "tag_mutability": "MUTABLE", "encryption": "AES256", "scan_on_push": true });
        for (name, rules) in [("web-app", vec![expire(1, newest(50))]), ("api-service", vec![expire(1, newest(30))])] {
            has_repository(account, &format!("myproject-dev-{name}"), settings.clone(), &rules);
        }
        the_others_are_there(account, DEV, &settings);
        assert_eq!(account.names("repositories").len(), 4);
        assert!(account.names("event_rules").is_empty(), "scan findings are logged in production only");
        let subjects = ["main", "dev"].map(|branch| format!("ref_type:branch:ref:{branch}"));
        is_trusted(account, "myproject-dev-gitlab-ci", &gitlab(DEV, &subjects, "StringEquals"));
    });
}

/// moto does not keep a configuration for enhanced scanning as it was given, so that resource is left out.
#[test]
fn prod_is_applied_and_destroyed() {
    let mut output = twin("compute-layer");
    let registry = output.get_mut(&format!("{}/ecr_registry.tf", PROD.folder)).expect("the registry");
    let (head, rest) = registry.split_once("resource \"aws_ecr_registry_scanning_configuration\"").expect("scanning");
    let (scanning, replication) = rest.split_once("\n}\n").expect("the end of the block");
    assert!(scanning.contains("\"ENHANCED\"") && scanning.contains("\"CONTINUOUS_SCAN\""), "{scanning}");
    *registry = format!("{head}{replication}");
    lives(&output, PROD, 28, &["ecr:DeleteRepository"], |applied, account| {
        let settings = json!({ "tag_mutability": "IMMUTABLE", "encryption": "KMS", "scan_on_push": true });
        for name in ["web-app", "api-service"] {
            has_repository(account, &format!("myproject-prod-{name}"), settings.clone(), &[expire(1, newest(100))]);
        }
        the_others_are_there(account, PROD, &settings);

        // C2: other accounts pull, and the replica has the same settings and policy.
        let replicas = applied.in_region("us-west-2");
        assert_eq!(replicas.names("repositories"), ["myproject-prod-web-app"]);
        has_repository(&replicas, "myproject-prod-web-app", settings, &[expire(1, newest(100))]);
        let guests = ["123456789012", "210987654321"].map(|account| format!("arn:aws:iam::{account}:root"));
        let expected = json!({ "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Principal": { "AWS": guests }, "Action": PULL }] });
        for account in [account, &replicas] {
            let policy = account.at(&["repositories", "myproject-prod-web-app", "policy"]);
            assert_eq!(meaning(policy), meaning(&expected));
        }
        let rule = json!({
            "destinations": [{ "region": "us-west-2", "registryId": PROD.account }],
            "repositoryFilters": [{ "filter": "myproject-prod-web-app", "filterType": "PREFIX_MATCH" }],
        });
        assert_eq!(account.at(&["replication"]), &json!([rule]));

        // C4: scan findings go to a log group that keeps them for 90 days.
        let log = account.at(&["log_groups", "/aws/events/myproject-prod-ecr"]);
        assert_eq!(log["keeps_days"], 90);
        let targets = account.at(&["event_rules", "myproject-prod-ecr-scan-inspector", "targets"]);
        assert_eq!(targets, &json!([log["arn"]]));
        is_trusted(account, "myproject-prod-gitlab-ci", &gitlab(PROD, &["ref_type:tag:ref:v*".into()], "StringLike"));
    });
}

/// The repositories with a policy of their own, and who pulls.
fn the_others_are_there(account: &Account, ground: Ground, settings: &Value) {
    let environment = if ground.folder == DEV.folder { "dev" } else { "prod" };
    let name = |key: &str| format!("myproject-{environment}-{key}");
    has_repository(
        account,
        &name("worker"),
        settings.clone(),
        &[expire(1, prefixed("prod", 10)), expire(20, newest(100))],
    );
    let rules = [expire(1, all_with("*")), expire(2, untagged_older(14))];
    has_repository(account, &name("lambda-processor"), settings.clone(), &rules);

    // C5: Lambda pulls for one function only (Lambda developer guide, "Amazon ECR permissions").
    let function = format!("arn:aws:lambda:us-east-1:{}:function:image-processor", ground.account);
    let expected = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow",
        "Principal": { "Service": "lambda.amazonaws.com" }, "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "Condition": { "ArnLike": { "aws:SourceArn": [function, format!("{function}:*")] } } }] });
    let policy = account.at(&["repositories", &name("lambda-processor"), "policy"]);
    assert_eq!(meaning(policy), meaning(&expected));

    let arns = |keys: &[&str]| -> Vec<String> {
        keys.iter().map(|key| format!("arn:aws:ecr:us-east-1:{}:repository/{}", ground.account, name(key))).collect()
    };
    let all = ["web-app", "api-service", "worker", "lambda-processor"];
    for entry in ["github-actions", "gitlab-ci"] {
        allows(account, &name(entry), &PUSH, &arns(&all));
    }
    let policies = |role: &str| account.at(&["roles", role, "policies"]).to_string();
    assert!(policies("nodes").contains(&name("eks-nodes")) && policies("ecs-execution").contains(&name("ecs-tasks")));
    if environment == "dev" {
        allows(account, &name("eks-nodes"), &PULL, &arns(&all[..3]));
        allows(account, &name("ecs-tasks"), &PULL, &arns(&all[..2]));
    }
}

/// Both forms of the subject, with the audience that GitLab recommends (GitLab documentation, "Configure OpenID Connect in AWS").
fn gitlab(ground: Ground, refs: &[String], operator: &str) -> Value {
    let forms = ["project_path:myproject/apps", "project_id:3333"];
    let subjects: Vec<String> =
        forms.iter().flat_map(|form| refs.iter().map(move |one| format!("{form}:{one}"))).collect();
    let mut condition =
        json!({ "StringEquals": { "gitlab.com:aud": "sts.amazonaws.com", "gitlab.com:project_id": "3333" } });
    condition[operator]["gitlab.com:sub"] = json!(subjects);
    web_identity(ground.account, "gitlab.com", condition)
}
