//! The GitHub actions that workflows use, pinned by commit: a tag can be moved to other code, as happened to
//! aquasecurity/trivy-action in March 2026 (GHSA-69fq-xp46-6x23).

use minijinja::Value;

/// Name in templates, action, commit and version.
const ACTIONS: &[(&str, &str, &str, &str)] = &[
    ("checkout", "actions/checkout", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    ("qemu", "docker/setup-qemu-action", "96fe6ef7f33517b61c61be40b68a1882f3264fb8", "v4.2.0"),
    ("buildx", "docker/setup-buildx-action", "37fe631027851001ddb9b187196cc803df7f5f0e", "v4.3.0"),
    ("build", "docker/build-push-action", "53b7df96c91f9c12dcc8a07bcb9ccacbed38856a", "v7.3.0"),
    ("login", "aws-actions/amazon-ecr-login", "03f1aad4c6c7ffd436567f42f9384779290529bd", "v2.1.7"),
    ("cosign", "sigstore/cosign-installer", "6f9f17788090df1f26f669e9d70d6ae9567deba6", "v4.1.2"),
    ("sbom", "anchore/sbom-action", "e22c389904149dbc22b58101806040fa8d37a610", "v0.24.0"),
    ("credentials", "aws-actions/configure-aws-credentials", "e6de054238d6b7531b4efff3b6587d9aade6a06c", "v6.2.3"),
    ("terraform", "hashicorp/setup-terraform", "dfe3c3f87815947d99a8997f908cb6525fc44e9e", "v4.0.1"),
    ("tflint", "terraform-linters/setup-tflint", "6e1e0642c0289bd619021bf6b34e3c08ed1e005a", "v6.3.0"),
    ("trivy", "aquasecurity/trivy-action", "ed142fd0673e97e23eac54620cfb913e5ce36c25", "v0.36.0"),
];

/// The value of `uses` for each action, with the version in a comment.
pub(super) fn actions() -> Value {
    let uses = |(name, action, commit, version): &(&'static str, &str, &str, &str)| {
        (*name, Value::from_safe_string(format!("{action}@{commit} # {version}")))
    };
    Value::from_pairs(ACTIONS.iter().map(uses))
}

/// The version of Hadolint.
pub(super) const HADOLINT: &str = "v2.15.1";

/// The version of TFLint.
pub(super) const TFLINT: &str = "0.63.1";

/// The version of Trivy. Versions 0.69.4 to 0.69.6 were compromised.
pub(super) const TRIVY: &str = "0.72.0";
