//! Runs of a shared root module that can manage only the resources of ecrgen.

use crate::diagnostic::{Code, Example, Severity};
use crate::policies::Phase;
use crate::prose::{NAMED, named};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "shared-root-runs",
        severity: Severity::Warning,
        what: "The workspace applies a shared root module, but its runs have no permissions for the other resources in it.",
        why: "ecrgen gives the plan and apply roles permissions for the resources that it generates. It does not read the other files \
          in the folder. The first run that reads or changes another AWS resource would fail with an access error.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
workspace: { organization: example }
repositories: { shop: {} }
terraform: { root: shared }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
workspace:
  organization: example
  policies:
    plan: [\"arn:aws:iam::aws:policy/ReadOnlyAccess\"]
    apply: [\"arn:aws:iam::aws:policy/ReadOnlyAccess\", { variable: cluster_policy }]
repositories: { shop: {} }
terraform: { root: shared }
",
        ),
        source: "HCP Terraform documentation, \"Dynamic Credentials with the AWS Provider\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let Some(workspace) = platform.workspace.as_ref().filter(|_| platform.root.shared) else { return Vec::new() };
    let without = Phase::ALL.into_iter().filter(|phase| phase.existing_policies(workspace).is_empty());
    let phases: Vec<&str> = without.map(Phase::as_str).collect();
    if phases.is_empty() {
        return Vec::new();
    }
    let message = match phases.as_slice() {
        [phase] => format!("{phase} runs of the workspace can only use the AWS resources that ecrgen generates"),
        _ => "runs of the workspace can only use the AWS resources that ecrgen generates".to_owned(),
    };
    let keys: Vec<String> = phases.iter().map(|phase| format!("workspace.policies.{phase}")).collect();
    let help = format!(
        "write the ARNs of policies for your own files in the folder under {}, or waive this warning if those files use no AWS resources",
        named(keys.iter().map(String::as_str), NAMED)
    );
    vec![RULE.finding(workspace.span, message).help(help).at("workspace.policies")]
}
