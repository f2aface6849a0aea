//! Pods in an EKS cluster, through IAM roles for service accounts (EKS user guide, "IAM roles for service accounts").

use crate::decode::{Decode, newtype};
use crate::iam::{Action, Document, Operator, Statement};
use crate::principals::kind::{self, Kind};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, STS_AUDIENCE, Setting, StandIn, Value, sid};
use crate::source::Spanned;
use crate::value::ServiceAccount;

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "irsa",
    description: "Pods that call ECR themselves, through IAM roles for service accounts (IRSA): ecrgen creates one role per \
                  service account. Required unless the entry has another kind of principal. \
                  Example: `irsa: { cluster: production, service_accounts: [shop/cart] }`.",
    companions: &[],
    decode: kind::decode::<Irsa>,
    schema: Irsa::schema,
    issuer: None,
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [pull], repositories: [shop], irsa: { cluster: shop, service_accounts: [cart/cart] } }",
};

/// Pods that call ECR themselves, through IAM roles for service accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Irsa(pub Pods);

newtype!(Irsa(Pods));

impl Principal for Irsa {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::Roles(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Cluster(&self.0)
    }

    fn values(&self) -> Vec<Value<'_>> {
        vec![Value::new(&self.0.cluster, "Name of the EKS cluster whose pods get access", StandIn::Unneeded)]
    }
}

impl Assumable for Irsa {
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>] {
        &self.0.service_accounts
    }

    fn trust(&self, account: Option<&ServiceAccount>, setting: &Setting) -> Document {
        trust(&self.0, account.expect("each role belongs to a service account"), setting)
    }

    fn description(&self, _: &str, account: Option<&ServiceAccount>) -> String {
        let account = account.expect("each role belongs to a service account");
        format!("Pods with the service account {}", account.as_str())
    }

    fn associated(&self) -> Option<&Pods> {
        None
    }
}

/// The trust policy of the role of a service account: its pods can assume it with a token for STS.
fn trust(pods: &Pods, account: &ServiceAccount, setting: &Setting) -> Document {
    let cluster = pods.cluster_name();
    let provider = setting.cluster_provider_arn(&cluster);
    let issuer = setting.cluster_issuer(&cluster);
    let subject = format!("system:serviceaccount:{}", account.as_str().replace('/', ":"));
    Document::new([Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("ServiceAccount"))
        .by(crate::iam::Principal::federated([provider]))
        .when(Operator::STRING_EQUALS, issuer.clone().literal(":aud"), [STS_AUDIENCE])
        .when(Operator::STRING_EQUALS, issuer.literal(":sub"), [subject])])
}
