//! Monitoring, every setting decided.

use crate::diagnostic::{Diagnostic, codes};
pub use crate::language::monitoring::Event;
use crate::language::monitoring::{Bucket, Monitoring as Written};
use crate::source::{Span, Spanned};
use crate::value::{Days, OrCreate};

/// Monitoring.
#[derive(Clone, Debug, Default)]
pub struct Monitoring {
    /// A CloudTrail trail.
    pub audit_trail: Option<AuditTrail>,
    /// A log group fed by EventBridge.
    pub event_log: Option<EventLog>,
}

/// A trail of the calls to ECR.
#[derive(Clone, Debug)]
pub struct AuditTrail {
    /// Its bucket.
    pub bucket: Bucket,
    /// After how many days the bucket made here forgets; `None`: never.
    pub keep_days: Option<u32>,
    /// Where it is written.
    pub span: Span,
}

/// Events of the registry in a log group.
#[derive(Clone, Debug)]
pub struct EventLog {
    /// Which.
    pub events: Vec<Event>,
    /// After how many days CloudWatch forgets: one of [`PERIODS`].
    pub keep_days: u32,
    /// Where it is written.
    pub span: Span,
}

/// The retention periods of CloudWatch Logs, in days (API reference, PutRetentionPolicy).
pub const PERIODS: [u32; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/// Decides every setting. `bucket` is the name of a bucket made here, up to the account's twelve digits.
pub fn resolve(written: Option<&Written>, bucket: &str, faults: &mut Vec<Diagnostic>) -> Monitoring {
    let Some(written) = written else { return Monitoring::default() };
    let audit_trail = written.audit_trail.as_ref().map(|trail| {
        if let (OrCreate::Existing(_), Some(keep)) = (&trail.bucket, &trail.keep_for) {
            let message = "how long an existing bucket keeps its objects is said where the bucket is made";
            faults.push(
                Diagnostic::new(&codes::NOT_OUR_BUCKET, keep.span, message)
                    .help("leave `keep_for` out, or write `bucket: create`")
                    .at("monitoring.audit_trail.keep_for"),
            );
        }
        // S3 user guide, "Bucket naming rules": 63 characters.
        if matches!(trail.bucket, OrCreate::Create) && bucket.len() + 12 > 63 {
            let message = format!(
                "the bucket would be called `{bucket}…` and have {} characters, and S3 takes 63",
                bucket.len() + 12
            );
            faults.push(
                Diagnostic::new(&codes::BAD_BUCKET_NAME, trail.span, message)
                    .help("make the bucket yourself and name it here")
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
    Monitoring { audit_trail, event_log }
}

fn period(keep: &Spanned<Days>, faults: &mut Vec<Diagnostic>) -> u32 {
    let days = keep.days();
    if !PERIODS.contains(&days) {
        let above = PERIODS.iter().find(|period| **period > days).unwrap_or(&3653);
        let message = format!("CloudWatch Logs cannot keep a log group for {days} days");
        let fault = Diagnostic::new(&codes::LOG_RETENTION_PERIOD, keep.span, message);
        faults.push(fault.help(format!("the next longer period is {above}d")).at("monitoring.event_log.keep_for"));
    }
    days
}
