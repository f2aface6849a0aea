//! The EventBridge rules of a platform: one per event as a service sends it, with everything that receives it.

use std::collections::BTreeMap;

use super::{Alert, Event, EventLog};
use crate::language::registry::Scanner;
use crate::platform::Platform;
use crate::platform::event_filter::By;

/// An event as a service sends it. Scans and findings are events of ECR under basic scanning, and of Amazon Inspector under
/// enhanced scanning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// An image was pushed.
    Push,
    /// An image was deleted.
    Delete,
    /// A scan was completed.
    Scan(Source),
    /// A scan found a vulnerability of this severity.
    Finding(Severity, Source),
    /// An image could not be replicated into this registry.
    ReplicationFailed,
}

impl Signal {
    /// How its events name a repository (ECR user guide, "EventBridge events sent for enhanced scanning in Amazon ECR").
    pub fn names_repositories(self) -> By {
        if self == Signal::Scan(Source::Inspector) { By::Arn } else { By::Name }
    }
}

/// What sends the results of scans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// ECR: basic scanning.
    Ecr,
    /// Amazon Inspector: enhanced scanning.
    Inspector,
}

/// The severity of a vulnerability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// `CRITICAL`.
    Critical,
    /// `HIGH`.
    High,
}

/// A rule, with what receives its events.
#[derive(Clone, Debug)]
pub struct EventRule<'p> {
    /// The event.
    pub signal: Signal,
    /// What receives it, at least one.
    pub receivers: Vec<Receiver<'p>>,
}

/// What receives events.
#[derive(Clone, Copy, Debug)]
pub enum Receiver<'p> {
    /// The log group.
    Log(&'p EventLog),
    /// The topic of an alert.
    Topic(&'p Alert),
}

impl Signal {
    /// What the name of the rule ends in.
    pub fn name(self) -> &'static str {
        match self {
            Signal::Push => "push",
            Signal::Delete => "delete",
            Signal::Scan(Source::Ecr) => "scan",
            Signal::Scan(Source::Inspector) => "scan-inspector",
            Signal::Finding(Severity::Critical, Source::Ecr) => "critical-finding",
            Signal::Finding(Severity::Critical, Source::Inspector) => "critical-finding-inspector",
            Signal::Finding(Severity::High, Source::Ecr) => "high-finding",
            Signal::Finding(Severity::High, Source::Inspector) => "high-finding-inspector",
            Signal::ReplicationFailed => "replication-failed",
        }
    }

    /// The name of the rule.
    pub fn rule_name(self, platform: &Platform) -> String {
        format!("{}-{}", platform.scope.base_name(), self.name())
    }
}

/// What sends the results of scans. If another spec defines the registry-wide settings of the account, it can be either.
pub fn sources(platform: &Platform) -> &'static [Source] {
    match platform.scanner {
        Some(Scanner::Basic) => &[Source::Ecr],
        Some(Scanner::Enhanced) => &[Source::Inspector],
        None => &[Source::Ecr, Source::Inspector],
    }
}

/// The signals of an event.
pub fn signals(platform: &Platform, event: Event) -> Vec<Signal> {
    let each = |signal: &dyn Fn(Source) -> Signal| sources(platform).iter().map(|source| signal(*source)).collect();
    match event {
        Event::Push => vec![Signal::Push],
        Event::Delete => vec![Signal::Delete],
        Event::Scan => each(&Signal::Scan),
        Event::CriticalFinding => each(&|source| Signal::Finding(Severity::Critical, source)),
        Event::HighFinding => each(&|source| Signal::Finding(Severity::High, source)),
        Event::ReplicationFailed => vec![Signal::ReplicationFailed],
    }
}

/// The rules of a platform.
pub fn event_rules(platform: &Platform) -> Vec<EventRule<'_>> {
    let monitoring = &platform.monitoring;
    let log = monitoring.event_log.iter().flat_map(|log| log.events.iter().map(|event| (*event, Receiver::Log(log))));
    let topics = monitoring.alerts.iter().flat_map(|alert| alert.events.iter().map(|it| (*it, Receiver::Topic(alert))));
    let mut receivers: BTreeMap<Signal, Vec<Receiver>> = BTreeMap::new();
    for (event, receiver) in log.chain(topics) {
        for signal in signals(platform, event) {
            receivers.entry(signal).or_default().push(receiver);
        }
    }
    receivers.into_iter().map(|(signal, receivers)| EventRule { signal, receivers }).collect()
}
