//! Kubernetes and EKS names.

use super::form::text;
use super::intended;

text! {
    /// A Kubernetes service account with its namespace, both RFC 1123 names.
    pub struct ServiceAccount = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
        "a service account with its namespace, such as `shop/cart`",
        intended by intended::service_account,
        advised by intended::namespace;
}

impl ServiceAccount {
    /// The namespace of the service account.
    pub fn namespace(&self) -> &str {
        self.as_str().split_once('/').map_or("", |(namespace, _)| namespace)
    }

    /// Its name in the namespace.
    pub fn name(&self) -> &str {
        self.as_str().split_once('/').map_or("", |(_, name)| name)
    }
}

text! {
    /// The name of an EKS cluster (CreateCluster: 1 to 100 characters).
    pub struct ClusterName = "^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$", "an EKS cluster name (1 to 100 letters, digits, `-` and `_`)",
        intended by intended::aws::cluster;
}
