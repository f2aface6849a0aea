//! Weaknesses in the trust policies of created roles, for the rules about them.

use crate::iam::trust::{Weakness, weaknesses};
use crate::policies::Policies;
use crate::source::Span;

/// A weakness of a role's trust policy.
pub(super) struct Weak {
    /// The name of the access entry.
    pub access: String,
    /// The place in the spec that the role comes from.
    pub span: Span,
    /// The claim or subject that makes it weak.
    pub culprit: String,
}

/// Returns the trust policies that have one of these weaknesses, each with its first culprit.
pub(super) fn found(policies: &Policies, wanted: &[Weakness]) -> Vec<Weak> {
    let mut found = Vec::new();
    for grant in &policies.grants {
        for role in &grant.roles {
            let weak = weaknesses(policies.document(role.trust), &policies.bindings, &[]).into_iter();
            let first = weak.into_iter().find(|finding| wanted.contains(&finding.weakness));
            found.extend(first.map(|finding| Weak {
                access: grant.access.name.clone(),
                span: role.origin,
                culprit: finding.culprit,
            }));
        }
    }
    found
}
