//! Pods that can pull while no node can.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Access;
use crate::policies::permission::actions;
use crate::principals::kinds::node_roles::NodeRoles;
use crate::prose::{NAMED, named};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "irsa-pull-without-node",
        severity: Severity::Warning,
        what: "Pods can pull images through IRSA or Pod Identity, but no node role can pull them.",
        why: "The kubelet pulls a pod's image with the role of the node, not with the role of the service account. A role for \
          service accounts only helps pods that call ECR themselves, such as image builders.",
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

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    if !facts.know(&["access"]) {
        return Vec::new();
    }
    let nodes = platform.access.iter().filter(|access| access.principal_as::<NodeRoles>().is_some() && pulls(access));
    let from_nodes: BTreeSet<&String> = nodes.flat_map(|access| &access.repositories).collect();
    let mut findings = Vec::new();
    let is_pods = |access: &&Access| access.irsa().or(access.associated()).is_some();
    for pods in platform.access.iter().filter(|access| is_pods(access) && pulls(access)) {
        let alone = pods.repositories.iter().filter(|key| !from_nodes.contains(key));
        let alone: Vec<&str> = alone.map(String::as_str).collect();
        if !alone.is_empty() {
            findings.push(
                RULE.finding(
                    pods.span,
                    format!(
                        "this entry lets pods pull from {}, but no entry lets nodes pull from {}",
                        named(alone.iter().copied(), NAMED),
                        if alone.len() == 1 { "it" } else { "them" }
                    ),
                )
                .help("add an access entry with `node_roles`: the kubelet pulls with the role of the node")
                .at(format!("access.{}", pods.name)),
            );
        }
    }
    findings
}

/// Whether an entry grants pulls. A push also reads manifests, but only a pull downloads layers.
fn pulls(access: &Access) -> bool {
    actions(access).iter().any(|action| action.name == "ecr:GetDownloadUrlForLayer")
}
