//! An index to find the statements that apply to a repository, without checking each of them.

use std::collections::HashMap;

use crate::iam::{
    Action, Arn, Bindings, Context, Element, PolicyKind, Statement, StatementIndex, Truth, covers_resource,
};

use crate::policies::Policy;

/// The statements of all policies that have resources, by the ARNs that they list.
pub(super) struct Index {
    exact: HashMap<String, Vec<StatementIndex>>,
    /// Statements with wildcards, or that apply to everything except the listed resources.
    open: Vec<StatementIndex>,
}

impl Index {
    pub(super) fn of(documents: &[Policy], bindings: &Bindings) -> Self {
        let mut index = Index { exact: HashMap::new(), open: Vec::new() };
        let with_resources = documents
            .iter()
            .enumerate()
            .filter(|(_, policy)| matches!(policy.kind, PolicyKind::Managed | PolicyKind::Registry));
        for (document, policy) in with_resources {
            let statements = policy.document.statements.iter().enumerate();
            for (statement, candidate) in statements.filter(|(_, statement)| is_about_repositories(statement)) {
                let place = StatementIndex { document, statement };
                match arns(candidate, bindings) {
                    Some(arns) => arns.into_iter().for_each(|arn| index.exact.entry(arn).or_default().push(place)),
                    None => index.open.push(place),
                }
            }
        }
        index
    }

    /// The statements that apply to a resource, in order, each once.
    pub(super) fn applying_to(&self, arn: &Arn, documents: &[Policy], bindings: &Bindings) -> Vec<StatementIndex> {
        let covers = |place: &&StatementIndex| {
            let statement = &documents[place.document].document.statements[place.statement];
            covers_resource(statement, bindings, Some(arn), &Context::open()) != Truth::No
        };
        let exact = self.exact.get(&arn.to_string()).into_iter().flatten();
        let mut found: Vec<StatementIndex> = exact.chain(self.open.iter().filter(covers)).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether a statement covers an action on repositories. The permission to sign in to the registry, which every role needs,
/// applies to all resources but gives no permission on a repository.
fn is_about_repositories(statement: &Statement) -> bool {
    let mut actions = Action::all().filter(|action| action.name.starts_with("ecr:") && action.is_scopable());
    actions.any(|action| statement.covers_action(action.name))
}

/// The ARNs that a statement lists, if it applies only to them and none is a pattern.
fn arns(statement: &Statement, bindings: &Bindings) -> Option<Vec<String>> {
    let Some(Element::Only(listed)) = &statement.resources else { return None };
    let arns: Vec<String> = listed.iter().map(|text| text.bind(bindings)).collect();
    arns.iter().all(|arn| !arn.contains(['*', '?', '$'])).then_some(arns)
}
