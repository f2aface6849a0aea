//! A version of the registry module that ecrgen does not know.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::root_module::{ECR_MODULE, known_modules};
use crate::prose;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unknown-ecr-module",
        severity: Severity::Warning,
        what: "`terraform.ecr_module` is a version that this version of ecrgen does not know.",
        why: "ecrgen checks the `module` blocks against the inputs of each version of the module, and against the version of the \
              AWS provider that it needs. It cannot check a version that it does not know: the version may not exist, or \
              `terraform validate` may reject an input.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
terraform: { ecr_module: \"9.9.9\" }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
terraform: { ecr_module: \"3.2.0\" }
",
        ),
        source: "terraform-aws-modules/terraform-aws-ecr, `variables.tf` and `versions.tf` of each release",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let Some(version) = platform.root.unknown_module() else { return Vec::new() };
    let message = format!("version {} of `{ECR_MODULE}` is unknown, so its inputs are not checked", version.as_str());
    let known: Vec<String> = known_modules().collect();
    let help =
        format!("write a version that is known: {}", prose::either(known.iter().map(|series| format!("{series}.x"))));
    vec![RULE.finding(version.span, message).help(help).at("terraform.ecr_module")]
}
