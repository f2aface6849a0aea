//! Alerts: EventBridge sends exactly the events that the spec names to the topic, and may do so.

use ecrgen::iam::{Caller, Context, Decision, Document, Request, evaluate};
use serde_json::{Value, json};

use crate::harness::{Compiled, shop};

fn alert(rest: &str, registry: &str) -> Compiled {
    shop(format!(
        "account: \"123456789012\"\nrepositories: {{ cart: {{ scan_on_push: true }}, team/web: {{}} }}\n{registry}\
         monitoring: {{ alerts: {{ ops: {{ sns: create, {rest} }} }} }}\n"
    ))
}

/// The events under "Sample events from Amazon ECR" and "EventBridge events sent for enhanced scanning in Amazon ECR" in the
/// ECR user guide, with the fields that they have there.
fn event(source: &str, kind: &str, detail: Value) -> Value {
    json!({ "version": "0", "source": source, "detail-type": kind, "account": "123456789012", "region": "eu-central-1",
        "resources": [], "detail": detail })
}

fn action(kind: &str, action: &str, repository: &str, result: &str) -> Value {
    let digest = format!("sha256:{}", "7f".repeat(32));
    event(
        "aws.ecr",
        kind,
        json!({ "result": result, "repository-name": repository, "image-digest": digest, "action-type": action, "image-tag": "v1" }),
    )
}

fn basic_scan(repository: &str, counts: Value) -> Value {
    let detail = json!({ "scan-status": "COMPLETE", "repository-name": repository, "finding-severity-counts": counts,
        "image-digest": "sha256:7f", "image-tags": [] });
    event("aws.ecr", "ECR Image Scan", detail)
}

fn inspector_scan(repository: &str) -> Value {
    let detail = json!({ "scan-status": "INITIAL_SCAN_COMPLETE",
        "repository-name": format!("arn:aws:ecr:eu-central-1:123456789012:repository/{repository}"),
        "finding-severity-counts": { "CRITICAL": 7, "TOTAL": 7 }, "image-tags": ["latest"] });
    event("aws.inspector2", "Inspector2 Scan", detail)
}

fn inspector_finding(repository: &str, severity: &str, status: &str) -> Value {
    let image = json!({ "repositoryName": repository, "imageTags": ["latest"], "registry": "123456789012" });
    let detail = json!({ "severity": severity, "status": status, "type": "PACKAGE_VULNERABILITY",
        "resources": [{ "type": "AWS_ECR_CONTAINER_IMAGE", "details": { "awsEcrContainerImage": image } }] });
    event("aws.inspector2", "Inspector2 Finding", detail)
}

fn instance_finding() -> Value {
    let detail = json!({ "severity": "CRITICAL", "status": "ACTIVE",
        "resources": [{ "type": "AWS_EC2_INSTANCE", "details": { "awsEc2Instance": { "type": "t3.large" } } }] });
    event("aws.inspector2", "Inspector2 Finding", detail)
}

/// Whether a pattern matches an event (EventBridge user guide, "Creating Amazon EventBridge event patterns"): every field of
/// the pattern must be in the event, with one of the values. An array in the event matches if one of its items does.
fn matches(pattern: &Value, event: &Value) -> bool {
    if let Value::Array(items) = event {
        return items.iter().any(|item| matches(pattern, item));
    }
    match pattern {
        Value::Object(fields) => {
            fields.iter().all(|(field, inner)| event.get(field).is_some_and(|it| matches(inner, it)))
        }
        Value::Array(values) => values.iter().any(|value| is_value(value, event)),
        other => panic!("{other} is not part of a pattern"),
    }
}

fn is_value(wanted: &Value, found: &Value) -> bool {
    let text = |operator: &str| Some((wanted.get(operator)?.as_str()?, found.as_str()?));
    if let Some((end, found)) = text("suffix") {
        return found.ends_with(end);
    }
    if let Some((beginning, found)) = text("prefix") {
        return found.starts_with(beginning);
    }
    if let Some((wildcard, found)) = text("wildcard") {
        let mut rest = Some(found);
        for (at, part) in wildcard.split('*').enumerate() {
            let begins = |text: &'_ str| if at == 0 { text.starts_with(part).then_some(0) } else { text.find(part) };
            rest = rest.and_then(|text| begins(text).map(|start| &text[start + part.len()..]));
        }
        return rest.is_some_and(|rest| rest.is_empty() || wildcard.ends_with('*'));
    }
    match wanted.get("numeric") {
        Some(comparison) => {
            assert_eq!(comparison[0], ">");
            found.as_f64().zip(comparison[1].as_f64()).is_some_and(|(found, than)| found > than)
        }
        None => wanted == found,
    }
}

/// Whether a rule of the output matches an event.
fn fires(compiled: &Compiled, event: &Value) -> bool {
    let module = compiled.module("shared/ecr");
    let rules = module.heads("resource aws_cloudwatch_event_rule ");
    assert!(!rules.is_empty());
    rules.iter().any(|rule| matches(&module.value(rule, "event_pattern"), event))
}

const EITHER: &str = "";
const BASIC: &str = "registry: {}\n";
const ENHANCED: &str = "registry: { scanner: enhanced }\nrepository_defaults: { scan_continuously: true }\n";

#[test]
fn each_event_fires_for_what_it_names_and_nothing_else() {
    let samples = || {
        [
            ("push", action("ECR Image Action", "PUSH", "cart", "SUCCESS")),
            ("delete", action("ECR Image Action", "DELETE", "team/web", "SUCCESS")),
            ("replication-failed", action("ECR Replication Action", "REPLICATE", "cart", "FAILED")),
            ("", action("ECR Replication Action", "REPLICATE", "cart", "SUCCESS")),
            ("scan", basic_scan("cart", json!({ "LOW": 3 }))),
            ("scan critical-finding", basic_scan("cart", json!({ "CRITICAL": 10, "MEDIUM": 9 }))),
            ("scan high-finding", basic_scan("team/web", json!({ "HIGH": 1 }))),
            ("scan", inspector_scan("team/web")),
            ("critical-finding", inspector_finding("cart", "CRITICAL", "ACTIVE")),
            ("high-finding", inspector_finding("team/web", "HIGH", "ACTIVE")),
            ("", inspector_finding("cart", "MEDIUM", "ACTIVE")),
            ("", inspector_finding("cart", "CRITICAL", "CLOSED")),
            ("", instance_finding()),
        ]
    };
    for event in ["push", "delete", "scan", "critical-finding", "high-finding", "replication-failed"] {
        let compiled = alert(&format!("events: [{event}]"), EITHER);
        assert_eq!(compiled.errors(), [""; 0]);
        for (events, sample) in samples() {
            assert_eq!(fires(&compiled, &sample), events.split(' ').any(|it| it == event), "{event}: {sample}");
            let elsewhere = sample.to_string().replace("cart", "other").replace("team/web", "web");
            assert!(!fires(&compiled, &serde_json::from_str(&elsewhere).expect("JSON")), "{event}: {elsewhere}");
        }
    }
}

/// ECR sends the findings of basic scanning, Amazon Inspector those of enhanced scanning.
#[test]
fn the_scanner_of_the_registry_decides_who_sends_findings() {
    let (basic, enhanced) =
        (basic_scan("cart", json!({ "CRITICAL": 1 })), inspector_finding("cart", "CRITICAL", "ACTIVE"));
    for (registry, of_basic, of_enhanced) in [(BASIC, true, false), (ENHANCED, false, true), (EITHER, true, true)] {
        let compiled = alert("events: [critical-finding]", registry);
        assert_eq!(compiled.errors(), [""; 0]);
        assert_eq!((fires(&compiled, &basic), fires(&compiled, &enhanced)), (of_basic, of_enhanced), "{registry}");
    }
}

#[test]
fn patterns_with_many_repositories_fit_and_match_all_of_them() {
    let repositories: String = (0..200).map(|n| format!("service-{n:03}: {{}}, ")).collect();
    let events = "[push, delete, scan, critical-finding, high-finding, replication-failed]";
    let compiled = shop(format!(
        "repositories: {{ {repositories} }}\nmonitoring: {{ alerts: {{ all: {{ sns: create, events: {events} }} }} }}\n"
    ));
    assert_eq!(compiled.codes(), ["widened-event-pattern"]);
    let module = compiled.module("shared/ecr");
    for rule in module.heads("resource aws_cloudwatch_event_rule ") {
        let pattern = module.value(&rule, "event_pattern").to_string();
        assert!(pattern.len() <= 2_048, "{rule}: {} characters", pattern.len());
    }
    for name in ["service-000", "service-199"] {
        for event in [
            action("ECR Image Action", "PUSH", name, "SUCCESS"),
            inspector_scan(name),
            inspector_finding(name, "HIGH", "ACTIVE"),
        ] {
            assert!(fires(&compiled, &event), "{event}");
        }
    }
}

/// Whether EventBridge may publish to the topic for a rule.
fn publishes(policy: &Document, compiled: &Compiled, caller: &str, rule: &str, account: &str) -> bool {
    let request = Request {
        caller: Caller::Service(caller.into()),
        action: "sns:Publish".into(),
        resource: Some("arn:aws:sns:eu-central-1:123456789012:shop-shared-ecr-ops".parse().expect("an ARN")),
        context: Context::default().with("aws:SourceArn", [rule]).with("aws:SourceAccount", [account]),
    };
    let decision = evaluate(std::slice::from_ref(policy), &compiled.policies().bindings, &request);
    matches!(decision, Decision::Allowed { .. })
}

#[test]
fn only_the_rules_of_the_alert_may_publish() {
    let compiled = alert("events: [delete, critical-finding]", EITHER);
    let module = compiled.module("shared/ecr");
    let text = module.value("resource aws_sns_topic_policy ecr_ops", "policy").to_string();
    let text = text.replace("${data.aws_partition.current.partition}", "aws");
    let policy = Document::from_json(&text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    let may = |caller: &str, rule: &str, account: &str| publishes(&policy, &compiled, caller, rule, account);
    let rule = |name: &str| format!("arn:aws:events:eu-central-1:123456789012:rule/{name}");
    let rules = module.heads("resource aws_cloudwatch_event_rule ");
    assert_eq!(rules.len(), 3);
    for head in rules {
        let name = module.value(&head, "name");
        assert!(may("events.amazonaws.com", &rule(name.as_str().expect("a name")), "123456789012"), "{name}");
    }
    let ours = rule("shop-shared-ecr-delete");
    assert!(!may("events.amazonaws.com", &rule("another"), "123456789012"));
    assert!(!may("events.amazonaws.com", &ours.replace("123456789012", "222222222222"), "222222222222"));
    assert!(!may("s3.amazonaws.com", &ours, "123456789012"));
}

/// EventBridge passes no source to KMS for encrypted topics, so a condition on it would lose all events (SNS developer guide,
/// "Managing Amazon SNS encryption keys and costs").
#[test]
fn event_bridge_may_use_the_key_of_an_encrypted_topic() {
    let compiled = alert("events: [delete], encryption: { kms: create }", EITHER);
    let module = compiled.module("shared/ecr");
    assert_eq!(module.value("resource aws_sns_topic ecr_ops", "kms_master_key_id"), "${aws_kms_key.ecr_alerts.arn}");
    assert_eq!(module.value("resource aws_kms_key ecr_alerts", "enable_key_rotation"), true);
    let text = module.value("resource aws_kms_key ecr_alerts", "policy").to_string();
    let policy =
        Document::from_json(&text.replace("${data.aws_partition.current.partition}", "aws")).expect("a policy");
    let may = |caller: &str, action: &str| {
        let request = Request {
            caller: Caller::Service(caller.into()),
            action: action.into(),
            resource: Some("arn:aws:kms:eu-central-1:123456789012:key/0a".parse().expect("an ARN")),
            context: Context::default(),
        };
        let decision = evaluate(std::slice::from_ref(&policy), &compiled.policies().bindings, &request);
        matches!(decision, Decision::Allowed { .. })
    };
    for (action, is_allowed) in
        [("kms:GenerateDataKey", true), ("kms:Decrypt", true), ("kms:PutKeyPolicy", false), ("kms:CreateGrant", false)]
    {
        assert_eq!(may("events.amazonaws.com", action), is_allowed, "{action}");
        assert!(!may("s3.amazonaws.com", action), "{action}");
    }
}

#[test]
fn alerts_and_the_event_log_share_rules() {
    let compiled = shop(
        "repositories: { cart: {} }\nmonitoring:\n  event_log: { events: [push, delete] }\n  alerts:\n    \
         ops: { events: [delete], sns: create, emails: [ops@example.com] }\n    \
         team: { events: [delete], sns: { variable: topic } }\noutputs: { topic: alerts.ops.topic_arn, other: alerts.team.topic_arn }\n",
    );
    assert_eq!(compiled.errors(), [""; 0]);
    let module = compiled.module("shared/ecr");
    assert_eq!(module.heads("resource aws_cloudwatch_event_rule ").len(), 2);
    for (target, arn) in [
        ("ecr_delete", "${aws_cloudwatch_log_group.ecr_events.arn}"),
        ("ecr_delete__ops", "${aws_sns_topic.ecr_ops.arn}"),
        ("ecr_delete__team", "${var.topic}"),
    ] {
        let head = format!("resource aws_cloudwatch_event_target {target}");
        assert_eq!(module.value(&head, "arn"), arn);
        assert_eq!(module.value(&head, "rule"), "${aws_cloudwatch_event_rule.ecr_delete.name}");
    }
    assert_eq!(module.heads("resource aws_sns_topic "), ["resource aws_sns_topic ecr_ops"]);
    let [subscription] = &module.heads("resource aws_sns_topic_subscription ")[..] else { panic!("one subscription") };
    assert_eq!(module.value(subscription, "endpoint"), "ops@example.com");
    assert_eq!(module.value("output topic", "value"), "${aws_sns_topic.ecr_ops.arn}");
    assert_eq!(module.value("output other", "value"), "${var.topic}");
}

#[test]
fn an_output_of_an_unknown_alert_names_the_nearest() {
    let compiled = alert("events: [delete]", "outputs: { topic: alerts.opps.topic_arn }\n");
    assert_eq!(compiled.codes(), ["unknown-output"]);
    assert!(compiled.message().contains("opps"), "{}", compiled.message());
}

/// Row L7 of the platforms: an alarm on a metric that does not exist.
#[test]
fn an_alarm_on_a_metric_of_findings_is_refused_with_what_fires() {
    for spec in [
        "monitoring: { alarms: { critical: { metric_name: CriticalSeverityCount, namespace: AWS/Inspector } } }\n",
        "monitoring: { alerts: { critical: { events: [CriticalSeverityCount], sns: create } } }\n",
        "monitoring: { alerts: { critical: { metric_name: CriticalSeverityCount, events: [push], sns: create } } }\n",
    ] {
        let findings = shop(format!("repositories: {{ cart: {{}} }}\n{spec}")).findings().to_vec();
        let help = findings[0].help.as_deref().expect("a help");
        assert!(help.contains("critical-finding") && help.contains("would never fire"), "{spec}: {help}");
    }
}

/// EventBridge user guide, "Cross-account delivery to AWS services": the rule would need a role, and so would the topic's policy.
#[test]
fn a_topic_of_another_account_is_refused() {
    let codes = |account: &str| {
        shop(format!(
            "account: \"111111111111\"\nrepositories: {{ cart: {{}} }}\nmonitoring: {{ alerts: {{ ops: {{ events: [push], \
             sns: \"arn:aws:sns:eu-central-1:{account}:ops\" }} }} }}\n"
        ))
        .codes()
    };
    assert_eq!(codes("111111111111"), [""; 0]);
    assert_eq!(codes("222222222222"), ["topic-elsewhere"]);
}
