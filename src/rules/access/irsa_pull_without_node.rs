//! Pods that may pull while no node may.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Access;
use crate::policies::permission::actions;
use crate::principals::kinds::node_roles::NodeRoles;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "irsa-pull-without-node",
        severity: Severity::Warning,
        what: "Pods get the right to pull images by IRSA or Pod Identity, and no node role has it.",
        why: "The kubelet pulls a pod's image, with the role of the node it runs on. A role for service accounts helps only \
          pods that talk to ECR themselves, such as image builders.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  pods:
    can: [pull]
    repositories: [shop]
    irsa: { cluster: shop, service_accounts: [cart/cart] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  nodes:
    can: [pull]
    repositories: [shop]
    node_roles: [{ variable: node_role_name }]
  pods:
    can: [pull]
    repositories: [shop]
    irsa: { cluster: shop, service_accounts: [cart/cart] }
",
        ),
        source: "EKS user guide, \"Amazon EKS node IAM role\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let nodes: Vec<&Access> =
        platform.access.iter().filter(|access| access.principal_as::<NodeRoles>().is_some() && pulls(access)).collect();
    let mut findings = Vec::new();
    let is_pods = |access: &&Access| access.irsa().or(access.associated()).is_some();
    for pods in platform.access.iter().filter(|access| is_pods(access) && pulls(access)) {
        let no_node = |key: &&String| !nodes.iter().any(|nodes| nodes.repositories.contains(*key));
        let alone: Vec<&str> = pods.repositories.iter().filter(no_node).map(String::as_str).collect();
        if !alone.is_empty() {
            findings.push(
                RULE.finding(pods.span, format!("pods may pull from {}, but no node may", alone.join(", ")))
                    .help("the kubelet pulls with the node's role: add an entry with `node_roles`")
                    .at(format!("access.{}", pods.name)),
            );
        }
    }
    findings
}

/// Who pushes reads manifests back; layers are read by those who pull.
fn pulls(access: &Access) -> bool {
    actions(access).iter().any(|action| action.name == "ecr:GetDownloadUrlForLayer")
}
