//! Trust in pods of an EKS cluster by EKS Pod Identity (EKS user guide, "Create IAM role with trust policy required by
//! EKS Pod Identity" and "Grant Pods access to AWS resources based on tags").
//!
//! EKS assumes the role for every association that somebody makes, and says in tags for which pod. The role asks for
//! the tags of the one association that is made beside it, so that another one gives it to nobody.

use crate::iam::{Action, Document, Operator, Principal, Statement, Symbol, Text};
use crate::language::access::Pods;
use crate::platform::Platform;
use crate::policies::permission::sid;
use crate::policies::{arns, reference};
use crate::value::ServiceAccount;

/// Who may assume the role of a service account: EKS, for its pods.
pub fn trust(platform: &Platform, pods: &Pods, account: &ServiceAccount) -> Document {
    let tag = |name: &str| format!("aws:RequestTag/{name}");
    Document::new([Statement::allow([Action::named("sts:AssumeRole"), Action::named("sts:TagSession")])
        .sid(sid("PodIdentity"))
        .by(Principal::service(["pods.eks.amazonaws.com"]))
        .when(Operator::STRING_EQUALS, "aws:SourceAccount", [Symbol::AccountId])
        .when(Operator::STRING_EQUALS, tag("eks-cluster-arn"), [cluster_arn(platform, pods)])
        .when(Operator::STRING_EQUALS, tag("kubernetes-namespace"), [account.namespace()])
        .when(Operator::STRING_EQUALS, tag("kubernetes-service-account"), [account.name()])])
}

/// The ARN of the cluster, which lies in the home region.
fn cluster_arn(platform: &Platform, pods: &Pods) -> Text {
    arns::regional(platform, "eks", "cluster/").then(&reference::text(&pods.cluster))
}
