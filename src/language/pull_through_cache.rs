//! Pull through cache rules.

use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{OrVariable, RegistryHost, RepositoryKey, SecretArn};

record! {
    /// A pull through cache rule: the first pull of an image below its prefix imports the image from the upstream registry.
    pub struct Cache {
        /// The upstream registry: `docker-hub`, `github`, `gitlab`, `quay`, `k8s`, `ecr-public`, `azure`, `chainguard` or `ecr`.
        /// Required. Example: `upstream: docker-hub`.
        required upstream: Spanned<Upstream>,
        /// Host of the upstream registry. Required for `azure` and `ecr`, of which there are many; the others have one.
        /// Default: the host of the upstream. Example: `url: acme.azurecr.io`.
        optional url: Spanned<RegistryHost>,
        /// Only this part of the upstream registry: `library` makes `PREFIX/nginx` an image of `library/nginx`.
        /// Default: the whole registry. Example: `upstream_prefix: library`.
        optional upstream_prefix: Spanned<RepositoryKey>,
        /// ARN of the Secrets Manager secret with the credentials for the upstream registry; its name begins with
        /// `ecr-pullthroughcache/`. Required for `docker-hub`, `github`, `gitlab`, `azure` and `chainguard`.
        /// Default: ECR pulls without credentials. Example: `credential: { variable: docker_hub_secret }`.
        optional credential: OrVariable<SecretArn>,
    }
}

words! {
    /// An upstream registry that ECR can cache.
    pub enum Upstream {
        /// Docker Hub.
        DockerHub = "docker-hub",
        /// GitHub Container Registry.
        Github = "github",
        /// GitLab Container Registry on GitLab.com.
        Gitlab = "gitlab",
        /// Quay.
        Quay = "quay",
        /// The registry of Kubernetes.
        K8s = "k8s",
        /// Amazon ECR Public.
        EcrPublic = "ecr-public",
        /// Azure Container Registry.
        Azure = "azure",
        /// Chainguard.
        Chainguard = "chainguard",
        /// ECR in another region or account.
        Ecr = "ecr",
    }
}

impl Upstream {
    /// Its host; `None` if there are many (ECR API reference, CreatePullThroughCacheRule, `upstreamRegistryUrl`).
    pub fn host(self) -> Option<&'static str> {
        match self {
            Upstream::DockerHub => Some("registry-1.docker.io"),
            Upstream::Github => Some("ghcr.io"),
            Upstream::Gitlab => Some("registry.gitlab.com"),
            Upstream::Quay => Some("quay.io"),
            Upstream::K8s => Some("registry.k8s.io"),
            Upstream::EcrPublic => Some("public.ecr.aws"),
            Upstream::Chainguard => Some("cgr.dev"),
            Upstream::Azure | Upstream::Ecr => None,
        }
    }

    /// Whether it only answers with credentials (ECR user guide, "Creating a pull through cache rule in Amazon ECR").
    pub fn needs_credential(self) -> bool {
        match self {
            Upstream::DockerHub | Upstream::Github | Upstream::Gitlab | Upstream::Azure | Upstream::Chainguard => true,
            Upstream::Quay | Upstream::K8s | Upstream::EcrPublic | Upstream::Ecr => false,
        }
    }
}
