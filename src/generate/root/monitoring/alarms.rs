//! The CloudWatch alarms of alerts.

use super::alerts::topic_arn;
use crate::generate::expression::Writer;
use crate::platform::monitoring::Alert;
use crate::terraform::{Block, Expr, Name, Object, Template, Traversal};

/// The alarms for the pulls of each repository, if the alert has them. ECR sends the number of pulls as the metric
/// `RepositoryPullCount`, its only one (ECR user guide, "Amazon ECR repository metrics").
pub fn pulls(writer: &Writer, alert: &Alert) -> Option<Block> {
    let rate = alert.pulls_over.as_ref()?;
    let platform = writer.policies.platform;
    let names: Vec<&str> = platform.repositories.iter().map(|repository| repository.name.as_str()).collect();
    let each = || Traversal::new("each.key");
    let description = Template::new().text(format!("More than {} pulls of ", rate.pulls()));
    let description = description.code(each()).text(format!(" per {}", rate.time()));
    let dimensions: Object = [("RepositoryName", each())].into_iter().collect();
    let alarm = Block::resource("aws_cloudwatch_metric_alarm", Name::from(format!("ecr_{}", alert.label.as_str())))
        .attr("for_each", Expr::call("toset", [names]))
        .blank()
        .attr("alarm_name", Template::new().text(platform.scope.alarm(&alert.name, "")).code(each()))
        .attr("alarm_description", description)
        .attr("namespace", "AWS/ECR")
        .attr("metric_name", "RepositoryPullCount")
        .attr("dimensions", dimensions)
        .attr("statistic", "Sum")
        .attr("period", rate.seconds())
        .attr("evaluation_periods", 1)
        .attr("comparison_operator", "GreaterThanThreshold")
        .attr("threshold", rate.pulls())
        .comment("ECR sends no data while a repository is not pulled")
        .attr("treat_missing_data", "notBreaching")
        .attr("alarm_actions", vec![topic_arn(alert)])
        .blank()
        .attr("tags", writer.place.tags());
    Some(alarm.origin(rate.span))
}
