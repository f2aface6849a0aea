//! An alert for the pulls of repositories that the spec does not have.

use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "alarm-without-repository",
        severity: Severity::Error,
        what: "An alert has `pulls_over`, but the spec has no `repositories`.",
        why: "CloudWatch counts the pulls of each repository by its name. ecrgen does not know the names of the repositories that ECR \
              creates from a template or a pull through cache rule, so there is no alarm, and the alert is never sent.",
        bad: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
repository_templates: { ROOT: { created_by: [push] } }
monitoring: { alerts: { ops: { pulls_over: 1000/hour, sns: create } } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
repositories: { shop: {} }
monitoring: { alerts: { ops: { pulls_over: 1000/hour, sns: create } } }
",
        ),
        source: "ECR user guide, \"Amazon ECR repository metrics\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    if !platform.repositories.is_empty() || !facts.know(&["repositories"]) {
        return Vec::new();
    }
    let counting = platform.monitoring.alerts.iter().filter_map(|alert| Some((alert, alert.pulls_over.as_ref()?)));
    let findings = counting.map(|(alert, rate)| {
        let finding = RULE.finding(rate.span, "there are no `repositories` whose pulls an alarm could count");
        let help = "delete `pulls_over`, or add the repositories under `repositories`";
        finding.help(help).at(format!("monitoring.alerts.{}.pulls_over", alert.name))
    });
    findings.collect()
}
