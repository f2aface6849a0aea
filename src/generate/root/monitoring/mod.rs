//! `monitoring.tf`: the audit trail, the log group for the registry's events, and the alerts.

mod alarms;
mod alerts;
mod audit_trail;
mod event_log;
mod event_rules;
mod pattern;

pub use alerts::topic_arn;

use crate::generate::expression::Writer;
use crate::generate::place::Place;
use crate::generate::{Files, none, one, spaced};
use crate::policies::Policies;

/// The file, if the spec has monitoring.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let writer = Writer::new(policies, Place::root(platform));
    let monitoring = &platform.monitoring;
    let mut blocks = Vec::new();
    blocks.extend(monitoring.audit_trail.iter().flat_map(|trail| audit_trail::audit_trail(&writer, trail)));
    blocks.extend(monitoring.event_log.iter().flat_map(|log| event_log::event_log(&writer, log)));
    blocks.extend(alerts::key(&writer));
    blocks.extend(monitoring.alerts.iter().flat_map(|alert| alerts::topic(&writer, alert)));
    blocks.extend(monitoring.alerts.iter().filter_map(|alert| alarms::pulls(&writer, alert)));
    blocks.extend(event_rules::event_rules(&writer));
    let trail = monitoring.audit_trail.as_ref().map(|trail| trail.span);
    let log = monitoring.event_log.as_ref().map(|log| log.span);
    let alert = monitoring.alerts.first().map(|alert| alert.span);
    let Some(origin) = trail.or(log).or(alert) else { return none() };
    one(writer.place.hcl("monitoring.tf", spaced(blocks), origin))
}
