//! The permissions on repositories outside of the spec, as far as the policies of the output decide them.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::reached::Reached;
use super::{EffectivePermissions, Permissions, Principal};
use crate::iam::Arn;

/// A repository outside of the spec, with the permissions that identity policies give on it. Its repository policy is managed
/// elsewhere.
#[derive(Debug)]
pub struct Outside {
    /// Its ARN.
    pub arn: Arn,
    /// The permissions of the principals that have any, by the index of the principal.
    granted: BTreeMap<usize, Permissions>,
}

impl Outside {
    /// The principals with permissions on the repository, in their order.
    pub fn principals<'s, 'p>(
        &'s self,
        permissions: &'s EffectivePermissions<'p>,
    ) -> impl Iterator<Item = (&'s Principal<'p>, &'s Permissions)> {
        self.granted.iter().map(|(at, granted)| (&permissions.principals[*at], granted))
    }

    /// The remark that an identity policy alone is not enough, unless the repository is in this account (IAM user guide,
    /// "Cross-account policy evaluation logic").
    pub fn remark(&self, own_account: Option<&str>) -> Option<String> {
        let account = &self.arn.account;
        let allow = format!("account {account} must also allow this in the policy of its repository");
        match own_account {
            Some(own) if own == account => None,
            Some(_) => Some(allow),
            None => Some(format!("{allow}, unless it is the account of this spec")),
        }
    }
}

impl EffectivePermissions<'_> {
    /// The repositories outside of the spec that entries cover.
    pub(super) fn outside(&self) -> Vec<Outside> {
        let written = self.platform.access.iter().flat_map(|access| &access.outside);
        let arns: BTreeSet<Arn> = written.filter_map(|arn| arn.as_str().parse().ok()).collect();
        if arns.is_empty() {
            return Vec::new();
        }
        let index = Index::of(self.documents, self.bindings);
        let reached = Reached::of(self.policies, &self.principals);
        let outside = arns.into_iter().map(|arn| {
            let statements = index.applying_to(&arn, self.documents, self.bindings);
            let granted = self.judged(reached.by(&statements, None), &statements, None, &arn);
            Outside { arn, granted }
        });
        outside.collect()
    }
}
