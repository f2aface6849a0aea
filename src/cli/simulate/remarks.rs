//! What `lint` says about a lifecycle policy, for a policy from a file.

use crate::compile::compile;
use crate::diagnostic::Diagnostic;
use crate::lifecycle::{Policy, constraints};

const HEAD: &str = "\
platform: policy
environment: file
region: us-east-1
repositories:
  policy:
    lifecycle_policy:
      rules:
";

/// A finding about one rule of a policy.
pub(super) struct Remark {
    /// JSON pointer to the rule.
    pub(super) path: String,
    /// The finding.
    pub(super) finding: Diagnostic,
}

/// The findings of the rules of `lint`, without what [`lifecycle::check`](crate::lifecycle::check) finds.
///
/// The policy is compiled as the `lifecycle_policy` of a spec that declares no tag classes. Therefore every rule that
/// `lint` has, or will have, about a `lifecycle_policy` also applies to a file.
pub(super) fn remarks(policy: &Policy) -> Vec<Remark> {
    let spec = spec(policy);
    let compilation = compile(&["policy".to_owned()], &|_| Ok(spec.clone().into_bytes()), "1970-01-01");
    let of_policy = |finding: &Diagnostic| {
        let is_constraint = constraints().any(|constraint| constraint.code == *finding.code);
        &*finding.path == "repositories.policy.lifecycle_policy" && !is_constraint
    };
    let remark = |finding: Diagnostic| {
        let (line, _) = compilation.sources.position(finding.labels.first()?.span);
        let rule = line.checked_sub(HEAD.lines().count() + 1)?;
        Some(Remark { path: format!("/rules/{rule}"), finding })
    };
    compilation.findings.iter().filter(|finding| of_policy(finding)).cloned().filter_map(remark).collect()
}

/// A spec with this policy, one rule per line. JSON is YAML.
fn spec(policy: &Policy) -> String {
    let mut policy = policy.clone();
    policy.rules.iter_mut().for_each(|rule| rule.description = None);
    let value = policy.to_value();
    let rules = value["rules"].as_array().into_iter().flatten().map(|rule| format!("        - {rule}\n"));
    HEAD.to_owned() + &rules.collect::<String>()
}
