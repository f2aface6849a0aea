//! The job of a pipeline that applies the root module.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::{BranchName, DeploymentEnvironment, RoleArn};

record! {
    /// A job that applies the root module. It runs in a deployment environment, whose reviewers confirm each apply.
    pub struct Apply {
        /// ARN of the existing role that the job assumes through OIDC. ecrgen does not create it, so its trust policy must admit
        /// the deployment environment (on GitHub) or the branch (on GitLab). Required.
        /// Example: `role: "arn:aws:iam::123456789012:role/ecr-apply"`.
        required role: Spanned<RoleArn>,
        /// Deployment environment of the job, which must be protected. Required. Example: `environment: production`.
        required environment: Spanned<DeploymentEnvironment>,
        /// Branch whose pushes are applied. Default: `main`. Example: `branch: trunk`.
        optional branch: Spanned<BranchName>,
    }
}
