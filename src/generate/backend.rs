//! The `backend` block: where Terraform keeps the state of a module.

use crate::platform::root_module::backend::Backend;
use crate::terraform::{Block, Object};

/// `backend "s3"`, with a lock file in the bucket (Terraform documentation, "Backend Type: s3").
pub fn block(backend: &Backend) -> Block {
    let mut block = Block::new("backend", ["s3"])
        .attr("bucket", &backend.bucket)
        .attr("key", &backend.key)
        .attr("region", &backend.region)
        .attr("encrypt", true)
        .attr("use_lockfile", true);
    if let Some(key) = &backend.kms_key {
        block = block.attr("kms_key_id", key.as_str());
    }
    if let Some(role) = &backend.assume_role {
        block = block.attr("assume_role", Object::new().entry("role_arn", role.as_str()));
    }
    block.origin(backend.span)
}
