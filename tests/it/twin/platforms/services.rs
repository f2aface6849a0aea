//! One repository per service (rows L1 to L7): the policy of today in dev, the improved one in prod.

use serde_json::json;

use super::*;

pub const DEV: Ground = ground("dev/ecr", "111111111111");
pub const PROD: Ground = ground("prod/ecr", "222222222222");

const fn ground(folder: &'static str, account: &'static str) -> Ground<'static> {
    Ground {
        folder,
        account,
        region: "us-east-1",
        prepared_by: PREPARED,
        variables: "node_role_name = \"nodes\"\n",
        beside: &[],
    }
}

const NAMES: [&str; 3] = ["backend", "frontend", "worker"];

const TOPIC: &str = "arn:aws:sns:us-east-1:222222222222:services-prod-ecr-critical-vulnerabilities";

#[test]
fn dev_is_applied_and_destroyed() {
    lives(&twin("services"), DEV, 11, &["ecr:DeleteRepository"], |_, account| {
        // L3, as printed.
        let rules = [expire(1, prefixed_older("scan", 1)), expire(2, newest(10))];
        repositories_are_there(account, DEV, json!({ "tag_mutability": "MUTABLE", "encryption": "AES256" }), &rules);
        let subjects = ["repo:example/services:ref:refs/heads/*", "repo:example@1111/services@2222:ref:refs/heads/*"];
        is_trusted(account, "services-dev-image-pipeline", &trust(DEV, json!(subjects)));
        assert!(account.names("event_rules").is_empty());
    });
}

/// moto does not keep a configuration for enhanced scanning as it was given, so what turns it on is left out.
#[test]
fn prod_is_applied_and_destroyed() {
    let mut output = twin("services");
    let registry = output.remove("prod/ecr/registry.tf").expect("the registry");
    assert!(
        registry.contains("resource \"aws_inspector2_enabler\"") && registry.contains("\"ENHANCED\""),
        "{registry}"
    );
    // The apply role can delete the key of alerts.
    let left_to_people = ["ecr:DeleteRepository"];
    lives(&output, PROD, 19, &left_to_people, |_, account| {
        // L4, with one rule per prefix. The first two keep what the moving tags `prod` and `staging` mark.
        let rules = [
            expire(1, all_with("prod")),
            expire(2, all_with("staging")),
            expire(3, untagged_older(1)),
            expire(4, prefixed("prod-", 3)),
            expire(5, prefixed("staging-", 5)),
            expire(6, prefixed("main-", 5)),
            expire(7, prefixed_older("feature-", 7)),
            expire(8, prefixed_older("fix-", 7)),
            expire(9, prefixed_older("dev-", 7)),
            expire(10, newest(20)),
        ];
        repositories_are_there(account, PROD, json!({ "tag_mutability": "IMMUTABLE", "encryption": "KMS" }), &rules);
        let of = |subject: &str| {
            [format!("repo:example/services:{subject}"), format!("repo:example@1111/services@2222:{subject}")]
        };
        let subjects = [of("ref:refs/heads/main"), of("ref:refs/tags/v*")].concat();
        is_trusted(account, "services-prod-image-pipeline", &trust(PROD, json!(subjects)));

        // L6: an own key for the images. L7: findings of Inspector reach a topic, which EventBridge can encrypt and publish to.
        assert_eq!(
            account.at(&["keys", "alias/services-prod-ecr", "encrypts"]).as_array().expect("a list").len(),
            NAMES.len()
        );
        let pattern = account.at(&["event_rules", "services-prod-ecr-critical-finding-inspector", "pattern"]);
        assert_eq!(pattern["source"], json!(["aws.inspector2"]));
        assert_eq!(pattern["detail"]["severity"], json!(["CRITICAL"]));
        let targets = account.at(&["event_rules", "services-prod-ecr-critical-finding-inspector", "targets"]);
        assert_eq!(targets, &json!([TOPIC]));
        let topic = account.at(&["topics", TOPIC]);
        assert_eq!(topic["emails"], json!(["security@example.com"]));
        let events = json!({ "Service": "events.amazonaws.com" });
        for (policy, action) in [("policy", "sns:Publish"), ("key_policy", "kms:GenerateDataKey*")] {
            let statements = topic[policy]["Statement"].as_array().expect("statements");
            let by_events = |one: &&Value| one["Principal"] == events && one["Action"].to_string().contains(action);
            assert_eq!(statements.iter().filter(by_events).count(), 1, "{policy}");
        }
    });
}

/// L1: a repository per service, each scanned on push.
fn repositories_are_there(account: &Account, ground: Ground, settings: Value, rules: &[Value]) {
    let environment = if ground.folder == DEV.folder { "dev" } else { "prod" };
    assert_eq!(account.names("repositories"), NAMES);
    for name in NAMES {
        let mut settings = settings.clone();
        settings["scan_on_push"] = true.into();
        settings["arn"] = format!("arn:aws:ecr:us-east-1:{}:repository/{name}", ground.account).into();
        has_repository(account, name, settings, rules);
    }
    let arns = NAMES.map(|name| format!("arn:aws:ecr:us-east-1:{}:repository/{name}", ground.account));
    allows(account, &format!("services-{environment}-image-pipeline"), &PUSH, &arns);
    allows(account, &format!("services-{environment}-nodes"), &PULL, &arns);
}

fn trust(ground: Ground, subjects: Value) -> Value {
    github(ground, json!({ "StringLike": { format!("{GITHUB}:sub"): subjects } }))
}
