//! The expected content of the account for the spec piksel-audited, in addition to the registry.
//!
//! moto does not write a trail's files or check the bucket's policy for CloudTrail, so only AWS can show whether a trail
//! records what it should. moto does send events from rules to targets, but does not check the log group's policy.

use serde_json::{Value, json};

use super::account::moto::Moto;
use super::account::{Account, meaning};
use super::piksel::tags;

const BUCKET: &str = "piksel-shared-ecr-trail-123456789012";
const TRAIL: &str = "arn:aws:cloudtrail:ap-southeast-3:123456789012:trail/piksel-shared-ecr";
const LOG_GROUP: &str = "/aws/events/piksel-shared-ecr";
const TOPIC: &str = "arn:aws:sns:ap-southeast-3:123456789012:piksel-shared-ecr-findings";
const LOG_GROUP_ARN: &str = "arn:aws:logs:ap-southeast-3:123456789012:log-group:/aws/events/piksel-shared-ecr";

/// The trail with its bucket, and the log of events.
pub fn is_there(account: &Account) {
    assert_eq!(
        account.at(&["trails"]),
        &json!({"piksel-shared-ecr": {
            "arn": TRAIL,
            "bucket": BUCKET,
            "logging": true,
            "validates_log_files": true,
            "many_regions": false,
            "global_services": false,
            "tags": tags(),
        }})
    );
    assert_eq!(account.names("buckets"), [BUCKET]);
    let bucket = account.at(&["buckets", BUCKET]);
    assert_eq!(meaning(&bucket["policy"]), meaning(&bucket_policy()));
    assert_eq!(
        bucket["public_access_block"],
        json!({"BlockPublicAcls": true, "IgnorePublicAcls": true,
        "BlockPublicPolicy": true, "RestrictPublicBuckets": true})
    );
    assert_eq!(
        bucket["lifecycle"],
        json!([{"status": "Enabled", "filter": {"Prefix": ""}, "expiration": {"Days": 365}}])
    );
    assert_eq!(bucket["tags"], tags());

    assert_eq!(
        account.at(&["log_groups"]),
        &json!({LOG_GROUP: {"arn": LOG_GROUP_ARN, "keeps_days": 30, "tags": tags()}})
    );
    let rule = |target: &str, pattern: Value| json!({"state": "ENABLED", "pattern": pattern, "targets": [target], "tags": tags()});
    assert_eq!(
        account.at(&["event_rules"]),
        &json!({
            "piksel-shared-ecr-push": rule(LOG_GROUP_ARN, json!({"source": ["aws.ecr"], "detail-type": ["ECR Image Action"],
                "detail": {"action-type": ["PUSH"], "repository-name": ["piksel-core"]}})),
            "piksel-shared-ecr-scan": rule(LOG_GROUP_ARN, json!({"source": ["aws.ecr"], "detail-type": ["ECR Image Scan"],
                "detail": {"repository-name": ["piksel-core"]}})),
            "piksel-shared-ecr-scan-inspector": rule(LOG_GROUP_ARN, json!({"source": ["aws.inspector2"],
                "detail-type": ["Inspector2 Scan"],
                "detail": {"repository-name": [{"suffix": ":repository/piksel-core"}]}})),
            "piksel-shared-ecr-critical-finding": rule(TOPIC, json!({"source": ["aws.ecr"],
                "detail-type": ["ECR Image Scan"],
                "detail": {"finding-severity-counts": {"CRITICAL": [{"numeric": [">", 0]}]}, "repository-name": ["piksel-core"]}})),
            "piksel-shared-ecr-critical-finding-inspector": rule(TOPIC, json!({"source": ["aws.inspector2"],
                "detail-type": ["Inspector2 Finding"],
                "detail": {"severity": ["CRITICAL"], "status": ["ACTIVE"], "resources": {"type": ["AWS_ECR_CONTAINER_IMAGE"],
                    "details": {"awsEcrContainerImage": {"repositoryName": ["piksel-core"]}}}}})),
        })
    );
    assert_eq!(account.names("log_policies"), ["piksel-shared-ecr"]);
    assert_eq!(meaning(account.at(&["log_policies", "piksel-shared-ecr"])), meaning(&log_policy()));
    assert_eq!(account.names("topics"), [TOPIC]);
    let topic = account.at(&["topics", TOPIC]);
    assert_eq!(meaning(&topic["policy"]), meaning(&topic_policy()));
    assert_eq!(topic["emails"], json!(["devops@piksel.example"]));
    assert_eq!(topic["key_rotates"], true);
    assert_eq!(topic["tags"], tags());
}

/// Checks that pushes and scans of the platform's repository reach the log, and nothing else does.
pub fn events_arrive(moto: &Moto) {
    let mut logged: Vec<String> = serde_json::from_value::<Vec<Value>>(moto.script("publish.py", &[LOG_GROUP]))
        .expect("a list")
        .iter()
        .map(Value::to_string)
        .collect();
    logged.sort_unstable();
    assert_eq!(logged, [r#"["ECR Image Action","PUSH","piksel-core"]"#, r#"["ECR Image Scan",null,"piksel-core"]"#]);
}

/// CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail".
fn bucket_policy() -> Value {
    let cloudtrail = json!({"Service": "cloudtrail.amazonaws.com"});
    let bucket = format!("arn:aws:s3:::{BUCKET}");
    json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": cloudtrail, "Action": "s3:GetBucketAcl", "Resource": bucket,
            "Condition": {"StringEquals": {"aws:SourceArn": TRAIL}}},
        {"Effect": "Allow", "Principal": cloudtrail, "Action": "s3:PutObject",
            "Resource": format!("{bucket}/AWSLogs/123456789012/*"),
            "Condition": {"StringEquals": {"aws:SourceArn": TRAIL, "s3:x-amz-acl": "bucket-owner-full-control"}}},
    ]})
}

/// EventBridge user guide, "Using resource-based policies", Amazon SNS.
fn topic_policy() -> Value {
    let rule = |name: &str| format!("arn:aws:events:ap-southeast-3:123456789012:rule/piksel-shared-ecr-{name}");
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sns:Publish", "Resource": TOPIC, "Condition": {
            "ArnEquals": {"aws:SourceArn": [rule("critical-finding"), rule("critical-finding-inspector")]},
            "StringEquals": {"aws:SourceAccount": "123456789012"}}}]})
}

/// EventBridge user guide, "Using resource-based policies", CloudWatch Logs.
fn log_policy() -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Service": ["delivery.logs.amazonaws.com", "events.amazonaws.com"]},
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": format!("{LOG_GROUP_ARN}:*")}]})
}
