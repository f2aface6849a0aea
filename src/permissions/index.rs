//! Which statements speak of a repository, without asking each of them.

use std::collections::HashMap;

use crate::iam::{Arn, Bindings, Context, Place, PolicyKind, Scope, Statement, covers_resource};

use crate::policies::Policy as Emitted;

/// The statements of all policies that say of which resources they speak, by the ARNs they list.
pub(super) struct Index {
    exact: HashMap<String, Vec<Place>>,
    /// Those with wildcards, or of everything but what they list.
    open: Vec<Place>,
}

impl Index {
    pub(super) fn of(documents: &[Emitted], bindings: &Bindings) -> Self {
        let mut index = Index { exact: HashMap::new(), open: Vec::new() };
        let speaking = documents.iter().enumerate().filter(|(_, emitted)| {
            matches!(emitted.kind, PolicyKind::Managed | PolicyKind::Inline | PolicyKind::Registry)
        });
        for (document, emitted) in speaking {
            for (statement, candidate) in emitted.document.statements.iter().enumerate() {
                let place = Place { document, statement };
                match arns(candidate, bindings) {
                    Some(arns) => arns.into_iter().for_each(|arn| index.exact.entry(arn).or_default().push(place)),
                    None => index.open.push(place),
                }
            }
        }
        index
    }

    /// The statements that speak of a resource, in order, each once.
    pub(super) fn speaking_of(&self, arn: &Arn, documents: &[Emitted], bindings: &Bindings) -> Vec<Place> {
        let covers = |place: &&Place| {
            let statement = &documents[place.document].document.statements[place.statement];
            covers_resource(statement, bindings, Some(arn), &Context::default())
        };
        let exact = self.exact.get(&arn.to_string()).into_iter().flatten();
        let mut found: Vec<Place> = exact.chain(self.open.iter().filter(covers)).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The ARNs that a statement lists, if they are all it speaks of and none is a pattern.
fn arns(statement: &Statement, bindings: &Bindings) -> Option<Vec<String>> {
    let Some(Scope::Only(listed)) = &statement.resources else { return None };
    let arns: Vec<String> = listed.iter().map(|text| text.bind(bindings)).collect();
    arns.iter().all(|arn| !arn.contains(['*', '?', '$'])).then_some(arns)
}
