//! Permission sets of IAM Identity Center, in the files of access entries (IAM Identity Center user guide, "Customer
//! managed policies").

use crate::generate::expression::{Writer, given};
use crate::policies::{Grant, PolicyPart};
use crate::principals::Means;
use crate::principals::kinds::permission_set::PermissionSet;
use crate::terraform::{Block, Name, Traversal};

/// The permission set of an entry, and the attachments of the parts of the entry's policy.
pub fn blocks(writer: &Writer, grant: &Grant) -> Vec<Block> {
    let Means::PermissionSet(set) = grant.access.principal.means() else { return Vec::new() };
    let label = grant.access.label.as_str();
    let mut resource = in_region(set, Block::resource("aws_ssoadmin_permission_set", Name::from(label.to_owned())))
        .attr("name", set.name.as_str())
        .attr("description", format!("Permissions of the access entry {}", grant.access.name))
        .attr("instance_arn", given(&set.instance.value, |arn| arn.as_str().into()));
    if let Some(session) = &grant.access.session {
        resource = resource.attr("session_duration", format!("PT{}H", session.hours()));
    }
    let resource = resource.blank().attr("tags", writer.place.tags());
    let attached = grant.parts.iter().map(|part| attachment(set, label, part));
    [resource].into_iter().chain(attached).map(|block| block.origin(set.span)).collect()
}

fn attachment(set: &PermissionSet, label: &str, part: &PolicyPart) -> Block {
    let name = || Name::from(part.label(label));
    let address = Traversal::new("aws_ssoadmin_permission_set").attr(Name::from(label.to_owned()));
    let policy = Traversal::new("aws_iam_policy").attr(name());
    let reference = Block::bare("customer_managed_policy_reference")
        .comment("Identity Center looks up the policy by name and path in each account where the set is assigned")
        .attr("name", policy.clone().attr("name"))
        .attr("path", policy.attr("path"));
    in_region(set, Block::resource("aws_ssoadmin_customer_managed_policy_attachment", name()))
        .attr("instance_arn", address.clone().attr("instance_arn"))
        .attr("permission_set_arn", address.attr("arn"))
        .blank()
        .block(reference)
}

/// Sets the region of the instance if it is not the home region.
fn in_region(set: &PermissionSet, block: Block) -> Block {
    match &set.region {
        Some(region) => block.attr_from(region.span, "region", region.as_str()).blank(),
        None => block,
    }
}
