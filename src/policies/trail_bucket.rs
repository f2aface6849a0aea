//! The policy of the bucket that is created for the audit trail.

use crate::iam::{ActionPattern, Document, Operator, Principal, Statement, Symbol, Text};
use crate::platform::Platform;
use crate::principals::sid;

/// What CloudTrail needs on the bucket (CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail"):
/// for this trail alone, so that nobody else's trail can write here.
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
    name.parse().expect("an action of this program is well-formed")
}
