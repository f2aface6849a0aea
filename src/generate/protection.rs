//! The `lifecycle` block of a resource that Terraform must not destroy.

use crate::platform::Platform;
use crate::terraform::Block;

/// `prevent_destroy`, and `destroy = false` where every allowed Terraform knows it: what is destroyed all the same then
/// leaves the state, and AWS keeps it.
pub fn protection(platform: &Platform) -> Block {
    let block = Block::bare("lifecycle").attr("prevent_destroy", true);
    if platform.root.knows_destroy_false() { block.attr("destroy", false) } else { block }
}
