//! The EventBridge rules, each with its targets.

use super::alerts::topic_arn;
use super::pattern::pattern;
use crate::generate::expression::Writer;
use crate::platform::event_filter::watched;
use crate::platform::monitoring::event_rules::{self, EventRule, Receiver, Severity, Signal, Source};
use crate::source::Span;
use crate::terraform::{Block, Expr, Name, Traversal};

/// A rule per event, and a target per rule and receiver.
pub fn event_rules(writer: &Writer) -> Vec<Block> {
    let platform = writer.policies.platform;
    let mut blocks = Vec::new();
    let rules = event_rules::event_rules(platform);
    for EventRule { signal, receivers } in rules {
        // Events without a repository are an error.
        let Some(watched) = watched(platform, signal.names_repositories()) else { continue };
        let label = format!("ecr_{}", signal.name().replace('-', "_"));
        let pattern = pattern(&watched, signal);
        let rule = Block::resource("aws_cloudwatch_event_rule", Name::from(label.clone()))
            .attr("name", signal.rule_name(platform))
            .attr("description", description(signal));
        let rule = pattern.about.iter().fold(rule, |rule, about| rule.comment(*about));
        let rule = rule
            .attr("event_pattern", Expr::call("jsonencode", [pattern.object]))
            .blank()
            .attr("tags", writer.place.tags());
        blocks.push(rule.origin(span(receivers[0])));
        blocks.extend(receivers.into_iter().map(|receiver| target(&label, receiver).origin(span(receiver))));
    }
    blocks
}

fn target(rule: &str, receiver: Receiver) -> Block {
    let (label, arn) = match receiver {
        Receiver::Log(_) => (rule.to_owned(), Traversal::new("aws_cloudwatch_log_group.ecr_events.arn").into()),
        Receiver::Topic(alert) => (format!("{rule}__{}", alert.label.as_str()), topic_arn(alert)),
    };
    let rule = Traversal::new("aws_cloudwatch_event_rule").attr(Name::from(rule.to_owned())).attr("name");
    Block::resource("aws_cloudwatch_event_target", Name::from(label)).attr("rule", rule).attr("arn", arn)
}

fn span(receiver: Receiver) -> Span {
    match receiver {
        Receiver::Log(log) => log.span,
        Receiver::Topic(alert) => alert.span,
    }
}

fn description(signal: Signal) -> &'static str {
    match signal {
        Signal::Push => "An image was pushed",
        Signal::Delete => "An image was deleted",
        Signal::Scan(Source::Ecr) => "A basic image scan was completed",
        Signal::Scan(Source::Inspector) => "Amazon Inspector scanned an image",
        Signal::Finding(Severity::Critical, Source::Ecr) => "A basic image scan has critical findings",
        Signal::Finding(Severity::Critical, Source::Inspector) => {
            "Amazon Inspector has a critical finding for an image"
        }
        Signal::Finding(Severity::High, Source::Ecr) => "A basic image scan has findings of high severity",
        Signal::Finding(Severity::High, Source::Inspector) => {
            "Amazon Inspector has a finding of high severity for an image"
        }
        Signal::ReplicationFailed => "An image could not be replicated into this registry",
    }
}
