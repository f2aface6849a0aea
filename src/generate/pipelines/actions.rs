//! The GitHub actions that workflows use, pinned by commit: a tag can be moved to other code, as happened to
//! aquasecurity/trivy-action in March 2026 (GHSA-69fq-xp46-6x23).

use minijinja::Value;

/// Name in templates, action, commit and version.
const ACTIONS: &[(&str, &str, &str, &str)] = &[
    ("checkout", "actions/checkout", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
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

/// The version of TFLint.
pub(super) const TFLINT: &str = "0.63.1";

/// The version of Trivy. Versions 0.69.4 to 0.69.6 were compromised.
pub(super) const TRIVY: &str = "0.72.0";
