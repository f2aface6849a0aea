//! The permissions on repositories outside of the spec, as far as the policies of the output decide them.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::reached::Reached;
use super::{EffectivePermissions, Permissions, Principal};
use crate::iam::{Arn, Bindings};
use crate::policies::arns;

/// A repository outside of the spec, with the permissions that identity policies give on it. Its repository policy is managed
/// elsewhere.
#[derive(Debug)]
pub struct Outside {
    /// Its ARN. With a `*`, it is any other repository whose name matches `workspace.manages`.
    pub arn: Arn,
    /// The permissions of the principals that have any, by the index of the principal.
    granted: BTreeMap<usize, Permissions>,
}

impl Outside {
    /// Whether it is any other repository whose name matches a pattern.
    pub fn is_pattern(&self) -> bool {
        self.arn.resource.contains('*')
    }

    /// The ARN, as reports show it: a pattern is about the account of the spec, whose ID can be unknown.
    pub fn shown_arn(&self, bindings: &Bindings) -> String {
        match self.is_pattern() {
            true => Arn { account: bindings.shown_account.clone(), ..self.arn.clone() }.to_string(),
            false => self.arn.to_string(),
        }
    }

    /// The name of the repository, or the pattern.
    pub fn name(&self) -> &str {
        self.arn.resource.trim_start_matches("repository/")
    }

    /// The principals with permissions on the repository, in their order.
    pub fn principals<'s, 'p>(
        &'s self,
        permissions: &'s EffectivePermissions<'p>,
    ) -> impl Iterator<Item = (&'s Principal<'p>, &'s Permissions)> {
        self.granted.iter().map(|(at, granted)| (&permissions.principals[*at], granted))
    }

    /// A remark: a pattern covers repositories of others; and an identity policy alone is not enough, unless the repository is in
    /// this account (IAM user guide, "Cross-account policy evaluation logic").
    pub fn remark(&self, own_account: Option<&str>) -> Option<String> {
        if self.is_pattern() {
            return Some("includes repositories that others created or will create with a matching name".to_owned());
        }
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
    /// The repositories outside of the spec that entries cover, and those that the patterns of the workspace cover. In a name, `*`
    /// matches only wildcards, so the pattern itself stands for a name that no statement lists.
    pub(super) fn outside(&self) -> Vec<Outside> {
        let written = self.platform.access.iter().flat_map(|access| &access.outside);
        let written = written.filter_map(|arn| arn.as_str().parse().ok());
        let patterns = arns::managed_patterns(self.platform).filter(|pattern| pattern.contains('*'));
        let patterns = patterns.map(|pattern| arns::repository(self.platform, pattern).bind(self.bindings));
        let arns: BTreeSet<Arn> = written.chain(patterns.filter_map(|arn| arn.parse().ok())).collect();
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
