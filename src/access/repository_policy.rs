//! The policy of a repository: one document, merged from all access entries that need it.
//!
//! Such a document has no `Resource` (ECR user guide, "Private repository policies": it speaks of its own
//! repository), and of ECR's actions only those that a repository can be named for.

use crate::access::permission::actions;
use crate::iam::{Document, Principal, Sid, Statement, Symbol, Text};
use crate::platform::{self, Platform, Repository};

/// The policy, if somebody needs one.
pub fn policy(platform: &Platform, repository: &Repository) -> Option<Document> {
    let entries = platform.access.iter().filter(|access| access.repositories.contains(&repository.key));
    let statements: Vec<Statement> = entries
        .filter_map(|access| {
            let platform::Principal::Accounts(accounts) = &access.principal else { return None };
            let root = |id: &str| Text::from("arn:").symbol(Symbol::Partition).literal(&format!(":iam::{id}:root"));
            let accounts = accounts.iter().map(|account| root(account.as_str()));
            let scopable = actions(access).into_iter().filter(|action| action.is_scopable());
            Some(Statement::allow(scopable).sid(sid(&access.name)).by(Principal::aws(accounts)))
        })
        .collect();
    (!statements.is_empty()).then(|| Document::new(statements))
}

/// `uat-and-qa` as `UatAndQa`: a Sid has letters and digits only. Names differ in more than case and hyphens
/// only if they differ here too, since hyphens stand alone between words of lower-case letters.
fn sid(name: &str) -> Sid {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).collect::<String>().parse().expect("letters and digits")
}
