//! `aws_ecr_account_setting`: whether repositories share layers, the only account setting of ECR that has two values. The
//! others, `BASIC_SCAN_TYPE_VERSION` and `REGISTRY_POLICY_SCOPE`, have one value left (ECR API reference,
//! "PutAccountSetting").

use crate::generate::expression::Writer;
use crate::platform::registry::Registry;
use crate::terraform::Block;

/// The setting, if the spec has it.
pub fn blocks(_: &Writer, registry: &Registry) -> Vec<Block> {
    let Some(mounting) = &registry.blob_mounting else { return Vec::new() };
    let setting = Block::resource("aws_ecr_account_setting", "blob_mounting")
        .origin(mounting.span)
        .attr("name", "BLOB_MOUNTING")
        .attr("value", if mounting.value { "ENABLED" } else { "DISABLED" });
    vec![setting]
}
