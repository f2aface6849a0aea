//! Pods in an EKS cluster, through EKS Pod Identity (EKS user guide, "Create IAM role with trust policy required by
//! EKS Pod Identity" and "Grant Pods access to AWS resources based on tags").
//!
//! EKS assumes the role for any association with it, and identifies the pod in tags. The trust policy requires the tags of
//! the association that ecrgen creates with the role, so that any other association is useless.

use crate::decode::{Decode, newtype};
use crate::iam::{Action, Document, Operator, Statement, Symbol};
use crate::principals::kind::{self, Kind};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, Setting, StandIn, Value, sid, text};
use crate::source::Spanned;
use crate::value::ServiceAccount;

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "pod_identity",
    description: "Pods that call ECR themselves, through EKS Pod Identity: ecrgen creates one role and one association per \
                  service account. Required unless the entry has another kind of principal. \
                  Example: `pod_identity: { cluster: production, service_accounts: [shop/cart] }`.",
    companions: &[],
    decode: kind::decode::<PodIdentity>,
    schema: PodIdentity::schema,
    issuer: None,
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [pull], repositories: [shop], pod_identity: { cluster: shop, service_accounts: [cart/cart] } }",
};

/// Pods that call ECR themselves, through EKS Pod Identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodIdentity(pub Pods);

newtype!(PodIdentity(Pods));

impl Principal for PodIdentity {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::Roles(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Aws
    }

    fn values(&self) -> Vec<Value<'_>> {
        vec![Value::new(&self.0.cluster, "Name of the EKS cluster whose pods get access", StandIn::ClusterName)]
    }
}

impl Assumable for PodIdentity {
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>] {
        &self.0.service_accounts
    }

    fn trust(&self, account: Option<&ServiceAccount>, setting: &Setting) -> Document {
        trust(&self.0, account.expect("each role belongs to a service account"), setting)
    }

    fn description(&self, _: &str, account: Option<&ServiceAccount>) -> String {
        let account = account.expect("each role belongs to a service account");
        format!("Pods with the service account {}, through EKS Pod Identity", account.as_str())
    }

    fn associated(&self) -> Option<&Pods> {
        Some(&self.0)
    }
}

/// The trust policy of the role of a service account: EKS can assume it for its pods.
fn trust(pods: &Pods, account: &ServiceAccount, setting: &Setting) -> Document {
    let tag = |name: &str| format!("aws:RequestTag/{name}");
    // The cluster is in the home region.
    let cluster = setting.regional_arn("eks", "cluster/").then(&text(&pods.cluster));
    Document::new([Statement::allow([Action::named("sts:AssumeRole"), Action::named("sts:TagSession")])
        .sid(sid("PodIdentity"))
        .by(crate::iam::Principal::service(["pods.eks.amazonaws.com"]))
        .when(Operator::STRING_EQUALS, "aws:SourceAccount", [Symbol::AccountId])
        .when(Operator::STRING_EQUALS, tag("eks-cluster-arn"), [cluster])
        .when(Operator::STRING_EQUALS, tag("kubernetes-namespace"), [account.namespace()])
        .when(Operator::STRING_EQUALS, tag("kubernetes-service-account"), [account.name()])])
}
