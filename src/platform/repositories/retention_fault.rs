//! Errors of a compiled lifecycle policy, in the words of `retention`.

use crate::diagnostic::Diagnostic;
use crate::language::repository::retention::{Per, RetentionRule};
use crate::lifecycle::{self, Fault, Policy};
use crate::source::{Span, Spanned};

/// A compiled policy and the retention rules that it comes from.
pub(super) struct Compiled<'r> {
    pub(super) policy: &'r Policy,
    pub(super) origins: &'r [Span],
    pub(super) written: &'r [RetentionRule],
    pub(super) path: &'r str,
}

impl Compiled<'_> {
    /// An error of the policy as a finding about the retention rules. Their author wrote no `rulePriority` and no list.
    pub(super) fn finding(&self, fault: Fault) -> Diagnostic {
        let help = self.help(&fault);
        let message = self.message(&fault).unwrap_or_else(|| fault.message.clone());
        let found = Diagnostic::new(&fault.constraint.code, self.place(&fault), message).help(help).at(self.path);
        match self.others(&fault).filter(|(own, other)| self.origins[*own] != self.origins[*other]) {
            Some((_, other)) => found.and(self.origins[other], self.name(other)),
            None => found,
        }
    }

    fn message(&self, fault: &Fault) -> Option<String> {
        let (own, other) = self.others(fault)?;
        let (own, other) = (self.name(own), self.name(other));
        Some(match fault.constraint.code.name {
            "any-rule-not-last" => {
                format!("{own} is for all images, so it must be the last rule, but {other} comes after it")
            }
            "second-untagged-rule" => {
                format!("ECR allows only one rule for untagged images, and {other} already selects them")
            }
            _ => format!("{own} selects the same images as {other}, so it never acts"),
        })
    }

    fn help(&self, fault: &Fault) -> String {
        let repeated = self.others(fault).is_some_and(|(own, other)| self.origins[own] == self.origins[other]);
        match fault.constraint.code.name {
            "any-rule-not-last" => "move this rule to the end of `retention`".into(),
            "archive-days-too-few" => "write `expire_archived_after: 90d`".into(),
            "same-prefixes" | "same-patterns" if repeated => {
                "remove one of the classes of this rule: in ECR, their patterns are the same".into()
            }
            "same-prefixes" | "same-patterns" => "remove one of the two rules, or write another class under `of`".into(),
            "too-many-rules" if self.per_service().is_some() => {
                "remove `per: service`, so that all services share one count, or move some services to another repository"
                    .into()
            }
            "no-such-tag" => "shorten the tag of this class in `image_tags`".into(),
            _ => fault.help().to_owned(),
        }
    }

    fn place(&self, fault: &Fault) -> Span {
        let Some(rule) = fault.rule else {
            let per = self.per_service().filter(|_| *fault.constraint == lifecycle::TOO_MANY_RULES);
            return per.map_or(self.written[0].span, |per| per.span);
        };
        let origin = self.origins[rule];
        let written = self.written.iter().find(|written| written.span == origin);
        let days = written.and_then(|written| written.expire_archived_after.as_ref());
        days.filter(|_| *fault.constraint == lifecycle::ARCHIVE_DAYS_TOO_FEW).map_or(origin, |days| days.span)
    }

    /// The rule with the error, and the rule that it does not fit.
    fn others(&self, fault: &Fault) -> Option<(usize, usize)> {
        fault.rule.zip(fault.other)
    }

    fn per_service(&self) -> Option<&Spanned<Per>> {
        self.written.iter().find_map(|rule| rule.per.as_ref())
    }

    fn name(&self, rule: usize) -> String {
        format!("rule {}", self.policy.rules[rule].priority)
    }
}
