//! A lifecycle policy in AWS's own format, checked as strictly as the policies that `retention` compiles to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, attempt};
use crate::language::repository::lifecycle_policy::LifecyclePolicy;
use crate::lifecycle::{self, Policy, TagList, Tags};
use crate::platform::repositories::retention::{Lifecycle, finding};
use crate::source::Span;

/// Reads the policy; `None` after an error for which AWS would reject it.
pub fn compile(written: &LifecyclePolicy, path: &str, faults: &mut Vec<Diagnostic>) -> Option<Lifecycle> {
    let path = format!("{path}.lifecycle_policy");
    let policy = attempt(faults, |faults| {
        let policy = Policy::from_value(&written.to_json());
        let found = policy.as_ref().map_or_else(Clone::clone, lifecycle::check);
        faults.extend(found.into_iter().map(|fault| finding(place(written, &fault), &path, fault)));
        policy.ok()
    })??;
    let origins = (0..policy.rules.len()).map(|rule| written.place(&format!("/rules/{rule}"))).collect();
    let lists = (0..policy.rules.len()).map(|rule| written.place(&list(&policy, rule))).collect();
    Some(Lifecycle {
        policy,
        origins,
        lists,
        variables: BTreeMap::new(),
        written: Arc::default(),
        span: written.span(),
        is_inherited: false,
    })
}

/// The path of the tag list of a rule. The place of a list that does not exist is that of its rule's `selection`.
fn list(policy: &Policy, rule: usize) -> String {
    let key = match policy.rules[rule].selection.tags {
        Tags::Tagged(TagList::Prefixes(_)) => "tagPrefixList",
        _ => "tagPatternList",
    };
    format!("/rules/{rule}/selection/{key}")
}

fn place(written: &LifecyclePolicy, fault: &lifecycle::Fault) -> Span {
    match fault.is_about_key() {
        true => written.place_of_key(&fault.path),
        false => written.place(&fault.path),
    }
}
