//! The policy of the registry (ECR user guide, "Private registry permissions").
//!
//! Repositories that other registries replicate keep their names in this registry. ECR creates those that do not exist. The same
//! happens with the first import of an image through a pull through cache rule: until then there is no repository whose policy could
//! allow other accounts anything.

use super::permission::first_imports;
use super::policy::{Policy, Source};
use super::{guests, repository};
use crate::iam::{Action, Document, PolicyKind, Principal, Statement, Text, arn};
use crate::platform::{Access, Platform};
use crate::principals::{Means, sid};

/// The registry policy, if it allows anything: replication from other accounts, or imports by them.
pub fn policy(platform: &Platform) -> Option<Policy<'_>> {
    let registry = platform.registry.as_ref()?;
    let replication = replication(platform).map(|statement| (statement, Source::Place(registry.span)));
    let (statements, sources): (Vec<_>, Vec<_>) = replication.into_iter().chain(imports(platform)).unzip();
    let document = Document::new(repository::distinct(statements, &[]));
    let policy = Policy { owners: vec!["the registry".to_owned()], kind: PolicyKind::Registry, document, sources };
    (!policy.sources.is_empty()).then_some(policy)
}

fn replication(platform: &Platform) -> Option<Statement> {
    let accounts = &platform.registry.as_ref()?.accept_replication_from;
    let roots = accounts.iter().map(|account| arn::account_root(&Text::from(account.as_str())));
    let actions = ["ecr:CreateRepository", "ecr:ReplicateImage"].map(Action::named);
    let statement =
        Statement::allow(actions).sid(sid("Replication")).by(Principal::aws(roots)).on([arn::repository("*")]);
    (!accounts.is_empty()).then_some(statement)
}

/// The statements for entries of other accounts. Their own policies must allow the same.
fn imports(platform: &Platform) -> impl Iterator<Item = (Statement, Source<'_>)> {
    let entries = platform.access.iter().filter(|access| access.is_in_repository_policies());
    entries.flat_map(move |access| {
        let statements = first_imports(platform, access).into_iter().flat_map(move |first| {
            let import = Action::named("ecr:BatchImportUpstreamImage");
            let actions: Vec<_> = [import].into_iter().chain(first.actions).collect();
            let statements = allowing(platform, access, &actions);
            statements.into_iter().map(move |statement| statement.on(first.repositories.clone()))
        });
        statements.map(move |statement| (statement, Source::Entry(access)))
    })
}

fn allowing(platform: &Platform, access: &Access, actions: &[&'static Action]) -> Vec<Statement> {
    match access.principal.means() {
        Means::RepositoryPolicy(principal) => {
            principal.statements(&format!("import-{}", access.name), actions, &platform.setting())
        }
        _ => guests::statement(access, actions).into_iter().collect(),
    }
}
