//! Where Terraform keeps the state, for teams without HCP Terraform.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::{BucketName, KeyArn, Region, RoleArn, StateKeyTemplate};

record! {
    /// The backend that keeps Terraform's state.
    pub struct Backend {
        /// An S3 bucket. Required. Example: `s3: { bucket: acme-terraform-state }`.
        required s3: S3Backend,
    }
}

record! {
    /// The state in an S3 bucket, which must already exist and should keep old versions. A lock file in the bucket prevents
    /// two runs at once, so no DynamoDB table is needed.
    pub struct S3Backend {
        /// Name of the bucket. Required. Example: `bucket: acme-terraform-state`.
        required bucket: Spanned<BucketName>,
        /// Key of the state in the bucket. It can contain `{platform}`, `{environment}`, `{region}` and `{account}`.
        /// Default: `{platform}/`, the folder of the module, and `/terraform.tfstate`. Example: `key: "ecr/{environment}.tfstate"`.
        optional key: Spanned<StateKeyTemplate>,
        /// Region of the bucket. Default: the region of the platform. Example: `region: us-east-1`.
        optional region: Spanned<Region>,
        /// ARN of the KMS key that encrypts the state. Default: the encryption of the bucket.
        /// Example: `kms_key: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"`.
        optional kms_key: Spanned<KeyArn>,
        /// ARN of the role that reads and writes the state, if the bucket is in another account. Default: the credentials
        /// that run Terraform. Example: `assume_role: "arn:aws:iam::123456789012:role/terraform-state"`.
        optional assume_role: Spanned<RoleArn>,
    }
}
