//! Pods in an EKS cluster.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::{ClusterName, OrVariable, ServiceAccount};

record! {
    /// Pods in an EKS cluster, by their service accounts.
    pub struct Pods {
        /// Name of the EKS cluster: the name itself, a variable or a reference. Required. Example: `cluster: production`.
        required cluster: OrVariable<ClusterName>,
        /// Kubernetes service accounts, each written as `namespace/name`. ecrgen creates a separate role for each of them.
        /// Required. Example: `service_accounts: [shop/cart, shop/search]`.
        required service_accounts: Vec<Spanned<ServiceAccount>>,
    }
}

impl Pods {
    /// The name of the cluster in the spec and in the symbols of documents.
    pub fn cluster_name(&self) -> String {
        match &self.cluster {
            OrVariable::Literal(name) => name.as_str().to_owned(),
            OrVariable::Variable(variable) => format!("var.{}", variable.name.as_str()),
            OrVariable::Reference(reference) => reference.as_str().to_owned(),
        }
    }
}
