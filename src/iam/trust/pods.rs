//! Checks the conditions of a statement for EKS Pod Identity (EKS user guide, "Create IAM role with trust policy
//! required by EKS Pod Identity" and "Grant Pods access to AWS resources based on tags").

use crate::iam::trust::Weak;
use crate::iam::trust::token::{compares_strings, is_firm};
use crate::iam::trust::weakness::Weakness;
use crate::iam::trust::wildcard::has_wildcard;
use crate::iam::{Bindings, Statement};

/// The service principal with which EKS assumes roles for pods.
pub(super) const SERVICE: &str = "pods.eks.amazonaws.com";

/// What identifies a pod, and the condition keys for it.
const IDENTIFIED_BY: [(&str, &[&str]); 3] = [
    ("cluster", &["aws:requesttag/eks-cluster-arn", "aws:requesttag/eks-cluster-name", "aws:sourcearn"]),
    ("namespace", &["aws:requesttag/kubernetes-namespace"]),
    ("service account", &["aws:requesttag/kubernetes-service-account"]),
];

/// The weakness of a statement that does not fix all of these.
pub(super) fn weakness(statement: &Statement, bindings: &Bindings) -> Option<Weak> {
    let mut fixed = Vec::new();
    for (operator, keys) in statement.conditions.iter().filter(|(operator, _)| is_firm(**operator)) {
        for (key, values) in keys {
            let values: Vec<String> = values.iter().map(|value| value.bind(bindings)).collect();
            let wild = !operator.comparison().is_literal() && values.iter().any(|value| has_wildcard(value));
            let names_arn = operator.comparison().name().starts_with("Arn");
            if !wild && (compares_strings(*operator) || names_arn) {
                fixed.push(key.bind(bindings).to_ascii_lowercase());
            }
        }
    }
    let open = IDENTIFIED_BY.iter().filter(|(_, keys)| !keys.iter().any(|key| fixed.iter().any(|fixed| fixed == key)));
    let open: Vec<&str> = open.map(|(what, _)| *what).collect();
    (!open.is_empty()).then(|| (Weakness::AnyPod, open.join(", ")))
}
