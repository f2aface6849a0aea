//! EKS Pod Identity associations in the files of access entries: which service account gets which role.

use crate::generate::expression::{Writer, given};
use crate::platform::{Access, Role};
use crate::principals::Pods;
use crate::source::Spanned;
use crate::terraform::{Block, Traversal};
use crate::value::ServiceAccount;

/// The associations of an entry, one per role.
pub fn associations(writer: &Writer, access: &Access) -> Vec<Block> {
    let Some(pods) = access.associated() else { return Vec::new() };
    access.roles.iter().filter_map(|role| Some(association(writer, pods, role, role.account.as_ref()?))).collect()
}

fn association(writer: &Writer, pods: &Pods, role: &Role, account: &Spanned<ServiceAccount>) -> Block {
    let label = || writer.name(&role.label);
    Block::resource("aws_eks_pod_identity_association", label())
        .comment("Requires the add-on eks-pod-identity-agent on the cluster")
        .attr("cluster_name", given(&pods.cluster, |cluster| cluster.as_str().into()))
        .attr("namespace", account.namespace())
        .attr("service_account", account.name())
        .attr("role_arn", Traversal::new("aws_iam_role").attr(label()).attr("arn"))
        .blank()
        .attr("tags", writer.place.tags())
        .origin(account.span)
}
