//! Resolved monitoring settings.

mod alerts;
pub mod event_rules;

use crate::diagnostic::{Diagnostic, codes};
pub use alerts::{Alert, Publisher};

pub use crate::language::monitoring::Event;
use crate::language::monitoring::{Bucket, Monitoring as Written};
use crate::source::{Span, Spanned};
use crate::value::{Days, OrCreate};

/// Monitoring settings.
#[derive(Clone, Debug, Default)]
pub struct Monitoring {
    /// The CloudTrail trail.
    pub audit_trail: Option<AuditTrail>,
    /// The log group that receives events from EventBridge.
    pub event_log: Option<EventLog>,
    /// The alerts, in the order of the spec.
    pub alerts: Vec<Alert>,
}

/// A trail of the API calls to ECR.
#[derive(Clone, Debug)]
pub struct AuditTrail {
    /// Its bucket.
    pub bucket: Bucket,
    /// The number of days after which a bucket created by ecrgen deletes its objects; `None` for never.
    pub keep_days: Option<u32>,
    /// Where it is written.
    pub span: Span,
}

/// A log group for events of the registry.
#[derive(Clone, Debug)]
pub struct EventLog {
    /// The events.
    pub events: Vec<Event>,
    /// The number of days after which CloudWatch deletes log events: one of [`PERIODS`].
    pub keep_days: u32,
    /// Where it is written.
    pub span: Span,
}

/// The retention periods of CloudWatch Logs, in days (API reference, PutRetentionPolicy).
pub const PERIODS: [u32; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/// Resolves every setting. `bucket` is the name of a bucket created by ecrgen, without the twelve digits of the
/// account.
pub fn resolve(written: Option<&Written>, bucket: &str, faults: &mut Vec<Diagnostic>) -> Monitoring {
    let Some(written) = written else { return Monitoring::default() };
    let audit_trail = written.audit_trail.as_ref().map(|trail| {
        if let (OrCreate::Existing(_), Some(keep)) = (&trail.bucket, &trail.keep_for) {
            let message = "`keep_for` only applies to a bucket that ecrgen creates";
            faults.push(
                Diagnostic::new(&codes::NOT_OUR_BUCKET, keep.span, message)
                    .help("delete `keep_for`, or write `bucket: create`")
                    .on_key()
                    .at("monitoring.audit_trail.keep_for"),
            );
        }
        // S3 user guide, "Bucket naming rules": 63 characters.
        if matches!(trail.bucket, OrCreate::Create) && bucket.len() + 12 > 63 {
            let message = format!(
                "the bucket name `{bucket}…` is too long: it would have {} characters, but S3 allows 63",
                bucket.len() + 12
            );
            faults.push(
                Diagnostic::new(&codes::BAD_BUCKET_NAME, trail.span, message)
                    .help("create the bucket yourself and write its name under `bucket`, or shorten `platform` or `environment`")
                    .at("monitoring.audit_trail.bucket"),
            );
        }
        AuditTrail {
            bucket: trail.bucket.clone(),
            keep_days: trail.keep_for.as_ref().map(|keep| keep.days()),
            span: trail.span,
        }
    });
    let event_log = written.event_log.as_ref().map(|log| EventLog {
        events: log.events.iter().map(|event| event.value).collect(),
        keep_days: log.keep_for.as_ref().map_or(30, |keep| period(keep, faults)),
        span: log.span,
    });
    let alerts = written.alerts.iter().flat_map(|alerts| &alerts.entries);
    let alerts = alerts.map(|(name, alert)| alerts::resolve(name, alert, faults)).collect();
    Monitoring { audit_trail, event_log, alerts }
}

fn period(keep: &Spanned<Days>, faults: &mut Vec<Diagnostic>) -> u32 {
    let days = keep.days();
    if !PERIODS.contains(&days) {
        let help = match PERIODS.iter().find(|period| **period > days) {
            Some(longer) => format!("write `{longer}d`, the next longer period"),
            None => "write `3653d`, the longest period".to_owned(),
        };
        let message = format!("CloudWatch Logs does not support a retention period of {days} days");
        let fault = Diagnostic::new(&codes::LOG_RETENTION_PERIOD, keep.span, message);
        faults.push(fault.help(help).at("monitoring.event_log.keep_for"));
    }
    days
}
