//! Alarms: CloudWatch counts the pulls of each repository of the spec, and may send the alarm to the topic.

use ecrgen::diagnostic::Label;
use ecrgen::iam::{Caller, Context, Decision, Document, Request, evaluate};
use serde_json::json;

use crate::harness::module::Module;
use crate::harness::{Compiled, shop};

const ALARM: &str = "resource aws_cloudwatch_metric_alarm ecr_ops";

fn alert(rest: &str) -> Compiled {
    let compiled = shop(format!(
        "account: \"123456789012\"\nrepositories: {{ cart: {{}}, web: {{ name: team/web }} }}\n\
         monitoring: {{ alerts: {{ ops: {{ {rest} }} }} }}\nworkspace: {{ organization: acme }}\n"
    ));
    assert_eq!(compiled.errors(), [""; 0]);
    compiled
}

/// ECR user guide, "Amazon ECR repository metrics": the namespace, the metric, its dimension and its statistic. Without pulls,
/// there is no data. CloudWatch API reference, PutMetricAlarm: the period is in seconds.
#[test]
fn each_repository_has_an_alarm_on_the_metric_of_ecr() {
    for (rate, pulls, seconds) in [("30/minute", 30, 60), ("1000/hour", 1_000, 3_600), ("0/day", 0, 86_400)] {
        let module = alert(&format!("pulls_over: {rate}, sns: create")).module("shared/ecr");
        let value = |argument: &str| module.value(ALARM, argument);
        assert_eq!(value("for_each"), "${toset([\"cart\", \"team/web\"])}");
        assert_eq!(value("alarm_name"), "shop-shared-ecr-ops/${each.key}");
        assert_eq!(value("namespace"), "AWS/ECR");
        assert_eq!(value("metric_name"), "RepositoryPullCount");
        assert_eq!(value("dimensions"), json!({ "RepositoryName": "${each.key}" }));
        assert_eq!(value("statistic"), "Sum");
        assert_eq!((value("threshold"), value("period")), (json!(pulls), json!(seconds)), "{rate}");
        assert_eq!(value("comparison_operator"), "GreaterThanThreshold");
        assert_eq!(value("evaluation_periods"), 1);
        assert_eq!(value("treat_missing_data"), "notBreaching");
        assert_eq!(value("alarm_actions"), json!(["${aws_sns_topic.ecr_ops.arn}"]));
        assert_eq!(module.heads("resource aws_cloudwatch_event_rule "), [""; 0]);
    }
}

#[test]
fn an_existing_topic_is_not_changed() {
    let compiled = alert("pulls_over: 1000/hour, sns: { variable: topic }");
    let module = compiled.module("shared/ecr");
    assert_eq!(module.value(ALARM, "alarm_actions"), json!(["${var.topic}"]));
    assert_eq!(module.heads("resource aws_sns_"), [""; 0]);
    let readme = &compiled.files()["shared/ecr/README.md"];
    assert!(readme.contains("allow cloudwatch.amazonaws.com to publish"), "{readme}");
}

fn document(module: &Module, head: &str) -> Document {
    let text = module.value(head, "policy").to_string().replace("${data.aws_partition.current.partition}", "aws");
    Document::from_json(&text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

fn allows(
    policy: &Document,
    compiled: &Compiled,
    caller: &str,
    action: &str,
    resource: &str,
    context: Context,
) -> bool {
    let request = Request {
        caller: Caller::Service(caller.into()),
        action: action.into(),
        resource: Some(resource.parse().expect("an ARN")),
        context,
    };
    let decision = evaluate(std::slice::from_ref(policy), &compiled.policies().bindings, &request);
    matches!(decision, Decision::Allowed { .. })
}

/// SNS developer guide, "Example cases for Amazon SNS access control": CloudWatch passes the ARN of the alarm.
#[test]
fn only_the_alarms_of_the_alert_may_publish() {
    let publishes = |compiled: &Compiled, caller: &str, alarm: &str, account: &str| {
        let topic = "arn:aws:sns:eu-central-1:123456789012:shop-shared-ecr-ops";
        let policy = document(&compiled.module("shared/ecr"), "resource aws_sns_topic_policy ecr_ops");
        let source = format!("arn:aws:cloudwatch:eu-central-1:{account}:alarm:{alarm}");
        let context = Context::default().with("aws:SourceArn", [&*source]).with("aws:SourceAccount", [account]);
        allows(&policy, compiled, caller, "sns:Publish", topic, context)
    };
    let (ours, cloudwatch) = ("shop-shared-ecr-ops/team/web", "cloudwatch.amazonaws.com");
    for alert in [alert("pulls_over: 1/hour, sns: create"), alert("pulls_over: 1/hour, events: [push], sns: create")] {
        assert!(publishes(&alert, cloudwatch, ours, "123456789012"));
        assert!(publishes(&alert, cloudwatch, "shop-shared-ecr-ops/cart", "123456789012"));
        // The alarms of another alert, of another kind, and of another account.
        assert!(!publishes(&alert, cloudwatch, "shop-shared-ecr-ops-night/cart", "123456789012"));
        assert!(!publishes(&alert, cloudwatch, "cpu", "123456789012"));
        assert!(!publishes(&alert, cloudwatch, ours, "222222222222"));
        assert!(!publishes(&alert, "events.amazonaws.com", ours, "123456789012"));
    }
    assert!(!publishes(&alert("events: [push], sns: create"), cloudwatch, ours, "123456789012"));
}

/// SNS developer guide, "Managing Amazon SNS encryption keys and costs": the actions that a service needs.
#[test]
fn only_services_that_publish_may_use_the_key() {
    let (events, cloudwatch) = ("events.amazonaws.com", "cloudwatch.amazonaws.com");
    for (rest, users) in [
        ("pulls_over: 1/hour", &[cloudwatch][..]),
        ("events: [push]", &[events]),
        ("pulls_over: 1/hour, events: [push]", &[cloudwatch, events]),
    ] {
        let compiled = alert(&format!("{rest}, sns: create, encryption: {{ kms: create }}"));
        let policy = document(&compiled.module("shared/ecr"), "resource aws_kms_key ecr_alerts");
        let key = "arn:aws:kms:eu-central-1:123456789012:key/0a";
        let may = |caller: &str, action: &str| allows(&policy, &compiled, caller, action, key, Context::default());
        for service in [events, cloudwatch] {
            for action in ["kms:GenerateDataKey", "kms:Decrypt"] {
                assert_eq!(may(service, action), users.contains(&service), "{rest}: {service}: {action}");
            }
            assert!(!may(service, "kms:PutKeyPolicy") && !may(service, "kms:CreateGrant"));
        }
    }
}

fn only_finding(spec: &str) -> (String, String, String) {
    let findings = shop(spec).findings().to_vec();
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    (finding.code.to_string(), finding.message.clone(), finding.help.clone().unwrap_or_default())
}

/// CloudWatch API reference, PutMetricAlarm: 255 characters.
#[test]
fn a_name_of_256_characters_is_refused_at_the_alert_and_at_the_repository() {
    let named = |length: usize| {
        let name = "x".repeat(length - "shop-shared-ecr-ops/".len());
        format!(
            "repositories: {{ cart: {{ name: \"{name}\" }} }}\n\
             monitoring: {{ alerts: {{ ops: {{ pulls_over: 1/hour, sns: create }} }} }}\n"
        )
    };
    assert_eq!(shop(named(255)).errors(), [""; 0]);
    let compiled = shop(named(256));
    assert_eq!(compiled.codes(), ["long-alarm-name"]);
    assert!(compiled.message().contains("has 256 characters"), "{}", compiled.message());
    let [alert, repository] = &compiled.findings()[0].labels[..] else { panic!("{:?}", compiled.findings()) };
    let line = |label: &Label| compiled.sources().position(label.span).0;
    assert_eq!(line(alert), line(repository) + 1);
}

#[test]
fn the_metric_of_pulls_is_not_an_event() {
    let spec =
        "repositories: { cart: {} }\nmonitoring: { alerts: { a: { events: [RepositoryPullCount], sns: create } } }\n";
    let (code, message, help) = only_finding(spec);
    assert!(code == "unknown-word" && help.contains("pulls_over: 1000/hour"), "{message}: {help}");
    let spec = "repositories: { cart: {} }\nmonitoring: { alerts: { a: { sns: create } } }\n";
    let (code, message, help) = only_finding(spec);
    assert_eq!((&*code, &*message), ("missing-key", "one of these keys is missing: events, pulls_over"));
    assert!(help.contains("events: [critical-finding]") && help.contains("pulls_over: 1000/hour"), "{help}");
}

/// One error is enough: the repository exists, but its name does not.
#[test]
fn a_repository_with_an_error_is_a_repository() {
    let alerts = "monitoring: { alerts: { ops: { pulls_over: 1/hour, sns: create } } }\n";
    assert_eq!(shop(format!("repositories: {{ cart: {{ name: a }} }}\n{alerts}")).codes(), ["bad-repository-name"]);
    assert_eq!(shop(format!("repositories: {{}}\n{alerts}")).codes(), ["alarm-without-repository"]);
}
