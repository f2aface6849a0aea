//! The policy of the bucket that ecrgen creates for the audit trail.

use crate::iam::{ActionPattern, Document, Operator, Principal, Statement, Symbol, Text};
use crate::platform::Platform;
use crate::principals::sid;

/// The permissions that CloudTrail needs on the bucket (CloudTrail user guide, "Amazon S3 bucket policy for
/// CloudTrail"). They apply only to this trail, so no other trail can write to the bucket.
pub fn policy(platform: &Platform) -> Document {
    let bucket = Text::from("arn:")
        .symbol(Symbol::Partition)
        .literal(&format!(":s3:::{}", platform.scope.trail_bucket_prefix()))
        .symbol(Symbol::AccountId);
    let trail = Text::from("arn:")
        .symbol(Symbol::Partition)
        .literal(&format!(":cloudtrail:{}:", platform.region))
        .symbol(Symbol::AccountId)
        .literal(&format!(":trail/{}", platform.scope.base_name()));
    let logs = bucket.clone().literal("/AWSLogs/").symbol(Symbol::AccountId).literal("/*");
    let cloudtrail = || Principal::service(["cloudtrail.amazonaws.com"]);
    Document::new([
        Statement::allow([action("s3:GetBucketAcl")]).sid(sid("TrailMayLook")).by(cloudtrail()).on([bucket]).when(
            Operator::STRING_EQUALS,
            "aws:SourceArn",
            [trail.clone()],
        ),
        Statement::allow([action("s3:PutObject")])
            .sid(sid("TrailMayWrite"))
            .by(cloudtrail())
            .on([logs])
            .when(Operator::STRING_EQUALS, "aws:SourceArn", [trail])
            .when(Operator::STRING_EQUALS, "s3:x-amz-acl", ["bucket-owner-full-control"]),
    ])
}

fn action(name: &str) -> ActionPattern {
    name.parse().expect("actions in the source code are well-formed")
}
