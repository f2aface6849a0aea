//! Where Terraform keeps the state of the module that is applied with an administrator's or a pipeline's credentials: the
//! root module, or with a workspace the bootstrap module, because HCP Terraform keeps the state of the root module.

use crate::diagnostic::Diagnostic;
use crate::language::backend::{Backend as Written, S3Backend};
use crate::platform::Scope;
use crate::platform::naming::template::expand;
use crate::source::{Span, Spanned};
use crate::value::{KeyArn, RoleArn};

/// A state in an S3 bucket.
#[derive(Clone, Debug)]
pub struct Backend {
    /// The bucket.
    pub bucket: String,
    /// The key of the state.
    pub key: String,
    /// The region of the bucket.
    pub region: String,
    /// The ARN of the KMS key that encrypts the state.
    pub kms_key: Option<Spanned<KeyArn>>,
    /// The ARN of the role that reads and writes the state.
    pub assume_role: Option<Spanned<RoleArn>>,
    /// The place that decides about the key of the state.
    pub span: Span,
}

/// Resolves every setting. `folder` is that of the module.
pub fn resolve(written: &Written, folder: &str, scope: &Scope) -> Result<Backend, Diagnostic> {
    let S3Backend { bucket, key, region, kms_key, assume_role, .. } = &written.s3;
    let (key, span) = match key {
        Some(key) => {
            let text = expand(key.as_str(), key.span, scope, &[]);
            (text.map_err(|fault| fault.at("terraform.backend.s3.key"))?, key.span)
        }
        None => (format!("{}/{folder}/terraform.tfstate", scope.platform), bucket.span),
    };
    Ok(Backend {
        bucket: bucket.as_str().to_owned(),
        key,
        region: region.as_ref().map_or(scope.region.as_str(), |region| region.as_str()).to_owned(),
        kms_key: kms_key.clone(),
        assume_role: assume_role.clone(),
        span,
    })
}
