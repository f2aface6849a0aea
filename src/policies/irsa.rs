//! Trust in pods of an EKS cluster (EKS user guide, "IAM roles for service accounts").

use crate::iam::{Action, Document, Operator, Principal, Statement, Symbol, Text, arn};
use crate::language::access::Pods;
use crate::language::oidc_provider::{OidcProvider, ProviderSource};
use crate::platform::Platform;
use crate::policies::Thing;
use crate::policies::permission::sid;
use crate::policies::provider::{self, STS_AUDIENCE};
use crate::value::ServiceAccount;

/// The ARN of a cluster's OIDC provider.
pub fn provider(platform: &Platform, cluster: &str) -> Text {
    match provider::origin(platform, cluster) {
        OidcProvider::Existing(ProviderSource::Arn(arn)) => Text::from(arn.as_str()),
        OidcProvider::Create => Thing::OidcProvider(cluster.to_owned()).arn(),
        // Looking the cluster up is what tells its issuer, and with it the ARN.
        OidcProvider::Existing(ProviderSource::Computed | ProviderSource::LookUp) => {
            arn::oidc_provider(&Text::from(Symbol::Issuer(cluster.to_owned())))
        }
    }
}

/// Who may assume the role of a service account: its pods, and with a token made for STS.
pub fn trust(platform: &Platform, irsa: &Pods, account: &ServiceAccount) -> Document {
    let cluster = irsa.cluster_name();
    let provider = provider(platform, &cluster);
    let issuer = Text::from(Symbol::Issuer(cluster));
    let subject = format!("system:serviceaccount:{}", account.as_str().replace('/', ":"));
    Document::new([Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("ServiceAccount"))
        .by(Principal::federated([provider]))
        .when(Operator::STRING_EQUALS, issuer.clone().literal(":aud"), [STS_AUDIENCE])
        .when(Operator::STRING_EQUALS, issuer.literal(":sub"), [subject])])
}
