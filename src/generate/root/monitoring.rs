//! `monitoring.tf`: the audit trail, and the log group for the registry's events.

use crate::generate::expression::{Writer, given};
use crate::generate::place::Place;
use crate::generate::protection::protection;
use crate::generate::{Files, none, one, spaced};
use crate::iam::{Symbol, Text};
use crate::platform::event_filter::{Entry, Watched, watched};
use crate::platform::monitoring::Event;
use crate::platform::monitoring::{AuditTrail, EventLog};
use crate::policies::Policies;
use crate::terraform::{Block, Expr, List, Name, Object, Traversal};
use crate::value::OrCreate;

/// The file, if the spec has monitoring.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let writer = Writer::new(policies, Place::root(platform));
    let monitoring = &platform.monitoring;
    let mut blocks = Vec::new();
    blocks.extend(monitoring.audit_trail.iter().flat_map(|trail| audit_trail(&writer, trail)));
    blocks.extend(monitoring.event_log.iter().flat_map(|log| event_log(&writer, log)));
    let trail = monitoring.audit_trail.as_ref().map(|trail| trail.span);
    let Some(origin) = trail.or(monitoring.event_log.as_ref().map(|log| log.span)) else { return none() };
    one(writer.place.hcl("monitoring.tf", spaced(blocks), origin))
}

/// The trail, and its bucket if ecrgen creates it.
fn audit_trail(writer: &Writer, trail: &AuditTrail) -> Vec<Block> {
    let tags = writer.place.tags();
    let bucket: Expr = match &trail.bucket {
        OrCreate::Create => Traversal::new("aws_s3_bucket.ecr_trail.bucket").into(),
        OrCreate::Existing(bucket) => given(bucket, |name| name.as_str().into()),
    };
    let mut cloudtrail = Block::resource("aws_cloudtrail", "ecr")
        .attr("name", writer.policies.platform.scope.base_name())
        .attr("s3_bucket_name", bucket)
        .attr("enable_log_file_validation", true)
        .attr("include_global_service_events", false)
        .blank()
        .attr("tags", tags);
    if matches!(trail.bucket, OrCreate::Create) {
        cloudtrail = cloudtrail
            .blank()
            .comment("CloudTrail checks its access to the bucket when the trail is created")
            .attr("depends_on", [Traversal::new("aws_s3_bucket_policy.ecr_trail")]);
    }
    let mut blocks = match trail.bucket {
        OrCreate::Create => created_bucket(writer, trail),
        OrCreate::Existing(_) => Vec::new(),
    };
    blocks.push(cloudtrail);
    blocks.into_iter().map(|block| block.origin(trail.span)).collect()
}

fn created_bucket(writer: &Writer, trail: &AuditTrail) -> Vec<Block> {
    let reference = || Traversal::new("aws_s3_bucket.ecr_trail.id");
    let bucket = Block::resource("aws_s3_bucket", "ecr_trail")
        .attr(
            "bucket",
            writer.text(&Text::from(writer.policies.platform.scope.trail_bucket_prefix()).symbol(Symbol::AccountId)),
        )
        .blank()
        .attr("tags", writer.place.tags())
        .blank()
        .block(protection(writer.policies.platform));
    let private = Block::resource("aws_s3_bucket_public_access_block", "ecr_trail")
        .attr("bucket", reference())
        .attr("block_public_acls", true)
        .attr("block_public_policy", true)
        .attr("ignore_public_acls", true)
        .attr("restrict_public_buckets", true);
    let policy = Block::resource("aws_s3_bucket_policy", "ecr_trail").attr("bucket", reference()).attr(
        "policy",
        writer.policy(writer.policies.document(writer.policies.trail_bucket.expect("a created bucket has a policy"))),
    );
    let mut blocks = vec![bucket, private, policy];
    if let Some(days) = trail.keep_days {
        let rule = Block::bare("rule")
            .attr("id", "expire")
            .attr("status", "Enabled")
            .blank()
            .block(Block::bare("filter"))
            .blank()
            .block(Block::bare("expiration").attr("days", days));
        let lifecycle = Block::resource("aws_s3_bucket_lifecycle_configuration", "ecr_trail")
            .attr("bucket", reference())
            .blank()
            .block(rule);
        blocks.push(lifecycle);
    }
    blocks
}

/// One log group, the policy that lets EventBridge write to it, and a rule and a target per kind of event.
fn event_log(writer: &Writer, log: &EventLog) -> Vec<Block> {
    let group = Block::resource("aws_cloudwatch_log_group", "ecr_events")
        .attr("name", writer.policies.platform.scope.log_group())
        .attr("retention_in_days", log.keep_days)
        .blank()
        .attr("tags", writer.place.tags());
    let policy = Block::resource("aws_cloudwatch_log_resource_policy", "ecr_events")
        .attr("policy_name", writer.policies.platform.scope.base_name())
        .attr(
            "policy_document",
            writer.policy(writer.policies.document(writer.policies.event_log.expect("a log group has a policy"))),
        );
    let mut blocks = vec![group, policy];
    let watched = watched(writer.policies.platform);
    for event in &log.events {
        let name = Name::from(format!("ecr_{}", event.as_str()));
        let rule = Block::resource("aws_cloudwatch_event_rule", name.clone())
            .attr("name", format!("{}-{}", writer.policies.platform.scope.base_name(), event.as_str()))
            .attr("description", description(*event));
        let rule = match about(&watched) {
            Some(comment) => rule.comment(comment),
            None => rule,
        };
        let rule = rule
            .attr("event_pattern", Expr::call("jsonencode", [pattern(&watched, *event)]))
            .blank()
            .attr("tags", writer.place.tags());
        let target = Block::resource("aws_cloudwatch_event_target", name.clone())
            .attr("rule", Traversal::new("aws_cloudwatch_event_rule").attr(name).attr("name"))
            .attr("arn", Traversal::new("aws_cloudwatch_log_group.ecr_events.arn"));
        blocks.extend([rule, target]);
    }
    blocks.into_iter().map(|block| block.origin(log.span)).collect()
}

fn description(event: Event) -> &'static str {
    match event {
        Event::Push => "An image was pushed",
        Event::Delete => "An image was deleted",
        Event::Scan => "A basic image scan was completed",
    }
}

/// What a reader of the pattern must know about its repositories.
fn about(watched: &Watched) -> Option<&'static str> {
    match watched {
        Watched::Names(_) => None,
        Watched::Shortened(_) => Some(
            "The names of all repositories do not fit into an event pattern, so it also matches other repositories\nwhose names begin like these",
        ),
        Watched::All => Some(
            "The names of all repositories do not fit into an event pattern, so it matches every repository in the\naccount and region",
        ),
    }
}

/// The pattern of a kind of event (ECR user guide, "Amazon ECR events and EventBridge"). Push and delete events have no
/// `resources`, so the pattern matches the repository name in `detail`.
fn pattern(watched: &Watched, event: Event) -> Object {
    let (kind, detail) = match event {
        Event::Push => ("ECR Image Action", Some(Object::new().entry("action-type", ["PUSH"]))),
        Event::Delete => ("ECR Image Action", Some(Object::new().entry("action-type", ["DELETE"]))),
        Event::Scan => ("ECR Image Scan", None),
    };
    let detail = match names(watched) {
        Some(names) => Some(detail.unwrap_or_else(Object::new).entry("repository-name", names)),
        None => detail,
    };
    let pattern = Object::new().entry("source", ["aws.ecr"]).entry("detail-type", [kind]);
    match detail {
        Some(detail) => pattern.entry("detail", detail),
        None => pattern,
    }
}

/// The list of repositories, if the pattern has one.
fn names(watched: &Watched) -> Option<List> {
    match watched {
        Watched::Names(names) => Some(names.iter().collect()),
        Watched::Shortened(entries) => Some(entries.iter().map(entry).collect()),
        Watched::All => None,
    }
}

fn entry(entry: &Entry) -> Expr {
    match entry {
        Entry::Name(name) => name.into(),
        Entry::Prefix(beginning) => Object::new().entry("prefix", beginning).inline().into(),
    }
}
