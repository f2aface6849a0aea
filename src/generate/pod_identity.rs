//! Associations of EKS Pod Identity, in the files of access entries: which service account gets which role.

use super::expr::{Writer, given};
use crate::language::access::Pods;
use crate::platform::{Access, Principal, Role};
use crate::source::Spanned;
use crate::terraform::{Block, Name, Traversal};
use crate::value::ServiceAccount;

/// The associations of an entry, one for each of its roles.
pub fn associations(writer: &Writer, access: &Access) -> Vec<Block> {
    let Principal::PodIdentity(pods, roles) = &access.principal else { return Vec::new() };
    roles.iter().map(|(role, account)| association(writer, pods, role, account)).collect()
}

fn association(writer: &Writer, pods: &Pods, role: &Role, account: &Spanned<ServiceAccount>) -> Block {
    let label = || Name::from(role.label.as_str().to_owned());
    Block::resource("aws_eks_pod_identity_association", label())
        .comment("Takes effect where the cluster has the add-on eks-pod-identity-agent")
        .attr("cluster_name", given(&pods.cluster, |cluster| cluster.as_str().into()))
        .attr("namespace", account.namespace())
        .attr("service_account", account.name())
        .attr("role_arn", Traversal::new("aws_iam_role").attr(label()).attr("arn"))
        .blank()
        .attr("tags", writer.place.tags())
        .origin(account.span)
}
