//! A CloudWatch alarm whose name is too long.

use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Facts, Rule};

/// Characters of the name of an alarm (CloudWatch API reference, PutMetricAlarm, `AlarmName`).
const MOST: usize = 255;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "long-alarm-name",
        severity: Severity::Error,
        what: "The CloudWatch alarm for the pulls of a repository would have a name that is too long.",
        why: "The name consists of the platform, the environment, `ecr`, the alert and the repository. CloudWatch allows at most 255 \
              characters.",
        bad: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
repositories:
  base: { name: warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/warehouses/base }
monitoring: { alerts: { ops: { pulls_over: 1000/hour, sns: create } } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
repositories: { base: { name: warehouses/base } }
monitoring: { alerts: { ops: { pulls_over: 1000/hour, sns: create } } }
",
        ),
        source: "CloudWatch API reference, PutMetricAlarm, `AlarmName`",
        is_claim: false,
    },
    check: |Facts { platform, .. }| {
        let alerts = platform.monitoring.alerts.iter().filter_map(|alert| {
            let rate = alert.pulls_over.as_ref()?;
            let longest = platform.repositories.iter().max_by_key(|repository| repository.name.len())?;
            let length = platform.scope.alarm(&alert.name, &longest.name).len();
            let message = format!(
                "the name of the CloudWatch alarm for the repository `{}` has {length} characters, but CloudWatch allows {MOST}",
                longest.key
            );
            let help = "shorten the name of the repository or of the alert";
            let finding = RULE.finding(rate.span, message).and(longest.span, "its name is part of that of the alarm");
            let path = format!("monitoring.alerts.{}.pulls_over", alert.name);
            (length > MOST).then(|| finding.help(help).at(path))
        });
        alerts.collect()
    },
};
