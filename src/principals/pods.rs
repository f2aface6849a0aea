//! Pods of an EKS cluster.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::{ClusterName, OrVariable, ServiceAccount};

record! {
    /// Pods by their service accounts.
    pub struct Pods {
        /// The EKS cluster.
        required cluster: OrVariable<ClusterName>,
        /// Service accounts as `namespace/name`; each gets a role of its own.
        required service_accounts: Vec<Spanned<ServiceAccount>>,
    }
}

impl Pods {
    /// How the spec and our symbols call the cluster.
    pub fn cluster_name(&self) -> String {
        match &self.cluster {
            OrVariable::Literal(name) => name.as_str().to_owned(),
            OrVariable::Variable(variable) => format!("var.{}", variable.name.as_str()),
            OrVariable::Reference(reference) => reference.as_str().to_owned(),
        }
    }
}
