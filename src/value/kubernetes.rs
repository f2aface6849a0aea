//! Names of Kubernetes and EKS.

use super::form::text;

text! {
    /// A Kubernetes service account with its namespace, both RFC 1123 names.
    pub struct ServiceAccount = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
        "a service account with its namespace, such as `odc/odc`";
}

impl ServiceAccount {
    /// The namespace it lies in.
    pub fn namespace(&self) -> &str {
        self.as_str().split_once('/').map_or("", |(namespace, _)| namespace)
    }

    /// Its name there.
    pub fn name(&self) -> &str {
        self.as_str().split_once('/').map_or("", |(_, name)| name)
    }
}

text! {
    /// An EKS cluster (CreateCluster: 1 to 100 characters).
    pub struct ClusterName = "^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$", "the name of an EKS cluster";
}
