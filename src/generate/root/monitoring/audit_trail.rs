//! The audit trail.

use crate::generate::expression::{Writer, given};
use crate::generate::protection::protection;
use crate::iam::{Symbol, Text};
use crate::platform::monitoring::AuditTrail;
use crate::terraform::{Block, Expr, Traversal};
use crate::value::OrCreate;

/// The trail, and its bucket if ecrgen creates it.
pub fn audit_trail(writer: &Writer, trail: &AuditTrail) -> Vec<Block> {
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
            .block(Block::bare("expiration").attr("days", days))
            .blank()
            .block(Block::bare("abort_incomplete_multipart_upload").attr("days_after_initiation", 7));
        let lifecycle = Block::resource("aws_s3_bucket_lifecycle_configuration", "ecr_trail")
            .attr("bucket", reference())
            .blank()
            .block(rule);
        blocks.push(lifecycle);
    }
    blocks
}
