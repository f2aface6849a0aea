//! The permissions of runs on CloudWatch alarms.

use ecrgen::iam::{Bindings, Caller, Context, Decision, Request, evaluate};

use super::boundary::policy;
use crate::harness::shop;

/// Service Authorization Reference, "Actions, resources, and condition keys for Amazon CloudWatch". An alarm could stop or
/// terminate EC2 instances (CloudWatch user guide, "Using condition keys to limit alarm actions").
#[test]
fn an_apply_writes_only_alarms_of_the_platform_that_notify_topics() {
    let spec = "repositories: { web: { name: team/web } }\nmonitoring: { alerts: { ops: { pulls_over: 1/hour, sns: create } } }\n\
                workspace: { organization: acme }\n";
    let module = shop(spec).module("shared/ecr-workspace");
    let bindings = Bindings::commercial("eu-central-1", "123456789012");
    let may = |phase: &str, action: &str, alarm: &str, does: &[&str]| {
        let request = Request {
            caller: Caller::Role {
                role: "arn:aws:iam::123456789012:role/run".parse().expect("an ARN"),
                session: "run".into(),
            },
            action: action.into(),
            resource: Some(
                format!("arn:aws:cloudwatch:eu-central-1:123456789012:alarm:{alarm}").parse().expect("an ARN"),
            ),
            context: Context::default().with("cloudwatch:AlarmActions", does.iter().copied()),
        };
        matches!(evaluate(&[policy(&module, phase)], &bindings, &request), Decision::Allowed { .. })
    };
    let ours = "shop-shared-ecr-ops/team/web";
    let topic = "arn:aws:sns:eu-central-1:123456789012:shop-shared-ecr-ops";
    let terminates = "arn:aws:automate:eu-central-1:ec2:terminate";
    assert!(may("apply", "cloudwatch:PutMetricAlarm", ours, &[topic]));
    assert!(!may("apply", "cloudwatch:PutMetricAlarm", ours, &[topic, terminates]));
    for action in ["PutMetricAlarm", "DeleteAlarms", "TagResource", "UntagResource", "ListTagsForResource"] {
        let action = format!("cloudwatch:{action}");
        assert!(may("apply", &action, ours, &[topic]), "{action}");
        assert!(!may("apply", &action, "cpu", &[topic]), "{action}");
        assert_eq!(may("plan", &action, ours, &[topic]), action.ends_with(":ListTagsForResource"), "{action}");
    }
    // CloudWatch user guide, "Amazon CloudWatch permissions reference": this needs `*`.
    for phase in ["plan", "apply"] {
        assert!(may(phase, "cloudwatch:DescribeAlarms", "*", &[]), "{phase}");
    }
}
