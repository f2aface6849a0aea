//! The policy of a repository: one document, merged from all access entries that need it and the statements that the spec
//! writes itself.
//!
//! Such a document has no `Resource` (ECR user guide, "Private repository policies": it speaks of its own
//! repository), and of ECR's actions only those that a repository can be named for.

use std::collections::BTreeSet;

use crate::iam::{Document, Sid, Statement};
use crate::platform::{Access, Platform, Principal, Repository};
use crate::policies::permission::sid;
use crate::policies::{accounts, lambda, raw_statement};
use crate::source::Span;

/// What a statement comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source<'p> {
    /// An access entry.
    Entry(&'p Access),
    /// A statement that the spec writes itself.
    Written(Span),
}

/// The policy, if somebody needs one.
pub fn policy(platform: &Platform, repository: &Repository) -> Option<Document> {
    let statements: Vec<Statement> =
        sourced(platform, repository).into_iter().map(|(statement, _)| statement).collect();
    (!statements.is_empty()).then(|| Document::new(statements))
}

/// The statements of the policy in their order, each with what it comes from.
pub fn sourced<'p>(platform: &'p Platform, repository: &'p Repository) -> Vec<(Statement, Source<'p>)> {
    let entries = platform.access.iter().filter(|access| access.repositories.contains(&repository.key));
    let (granted, givers): (Vec<Statement>, Vec<Source>) = entries
        .flat_map(|access| {
            let statements = match &access.principal {
                Principal::Accounts(accounts) => vec![accounts::statement(access, accounts)],
                Principal::Lambda(lambda) => lambda::statements(platform, access, lambda),
                _ => Vec::new(),
            };
            statements.into_iter().map(move |statement| (statement, Source::Entry(access)))
        })
        .unzip();
    let (written, places): (Vec<Statement>, Vec<Span>) =
        raw_statement::statements(platform, repository).into_iter().unzip();
    let granted = distinct(granted, &written);
    granted.into_iter().zip(givers).chain(written.into_iter().zip(places.into_iter().map(Source::Written))).collect()
}

/// `uat-and-qa` as `UatAndQa`: a Sid has letters and digits only.
pub fn sid_of(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).collect()
}

/// The statements under names that differ from each other (`a-1` and `a1` are both `A1`) and from those of the others.
fn distinct(mut statements: Vec<Statement>, others: &[Statement]) -> Vec<Statement> {
    let mut taken: BTreeSet<Sid> = others.iter().filter_map(|statement| statement.sid.clone()).collect();
    for statement in &mut statements {
        let Some(name) = statement.sid.take() else { continue };
        let numbered = (2..).map(|number| sid(&format!("{name}{number}")));
        statement.sid = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name));
        taken.extend(statement.sid.clone());
    }
    statements
}
