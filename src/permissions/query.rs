//! A query: can a principal do something on a repository?

use std::collections::BTreeSet;

use crate::diagnostic::{did_you_mean, nearest};
use crate::iam::Arn;
use crate::platform::Repository;
use crate::value::RepositoryKey;

use super::EffectivePermissions;
use super::answer::Answer;
use super::operation::Operation;

/// Finds the repository of a query in an environment, with its ARN.
pub(super) type Find<'a> = for<'p> fn(&Query<'a>, &EffectivePermissions<'p>) -> Option<(&'p Repository, Arn)>;

/// A query, as the user writes it.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// The principal, by any of its [names](super::Principal::names).
    pub principal: &'a str,
    /// The operation: a verb or an ECR action.
    pub action: &'a str,
    /// The repository, by key, name or ARN.
    pub repository: &'a str,
}

impl<'a> Query<'a> {
    /// The answer, based on the permissions in the only environment that has both the principal and the repository.
    ///
    /// # Errors
    ///
    /// The parts of the query that do not exist or are ambiguous.
    pub fn answer<'r, 'p>(&self, permissions: &'r [EffectivePermissions<'p>]) -> Result<Answer<'r, 'p>, Vec<String>> {
        self.answer_in(&permissions.iter().collect::<Vec<_>>())
    }

    pub(super) fn answer_in<'r, 'p>(
        &self,
        permissions: &[&'r EffectivePermissions<'p>],
    ) -> Result<Answer<'r, 'p>, Vec<String>> {
        let operation = Operation::parse(self.action);
        let mut found = Vec::new();
        let (mut has_principal, mut has_repository) = (false, false);
        let find = self.finder(permissions);
        for &permissions in permissions {
            let principal = self.principal_in(permissions).map_err(|fault| vec![fault])?;
            let repository = find(self, permissions);
            has_principal |= principal.is_some();
            has_repository |= repository.is_some();
            found.extend(principal.zip(repository).map(|(principal, repository)| (permissions, principal, repository)));
        }
        let unknown = [
            (!has_principal).then(|| self.unknown_principal(permissions)),
            operation.as_ref().err().cloned(),
            (!has_repository).then(|| self.unknown_repository(permissions)),
        ];
        let Ok(operation) = operation else { return Err(unknown.into_iter().flatten().collect()) };
        match found.as_slice() {
            [(permissions, principal, (repository, arn))] => {
                Ok(Answer::of(permissions, *principal, operation, repository, arn))
            }
            [] if !(has_principal && has_repository) => Err(unknown.into_iter().flatten().collect()),
            [] => Err(vec![format!(
                "no environment has both principal `{}` and repository `{}`",
                self.principal, self.repository
            )]),
            several => {
                let environments =
                    several.iter().map(|(permissions, ..)| permissions.platform.scope.environment.as_str());
                let environments: BTreeSet<&str> = environments.collect();
                let environments: Vec<&str> = environments.into_iter().collect();
                Err(vec![match environments.as_slice() {
                    [_] => "several specs have this principal and repository: pass only one spec".into(),
                    several => {
                        format!("several environments match: choose one with --environment ({})", several.join(", "))
                    }
                }])
            }
        }
    }

    pub(super) fn principal_in(&self, permissions: &EffectivePermissions) -> Result<Option<usize>, String> {
        // An ARN contains an account. If the spec does not give its account, any account matches.
        let asked = match self.principal.parse::<Arn>() {
            Ok(arn) if permissions.platform.scope.account.is_none() && arn.resource != "root" => {
                Arn { account: permissions.bindings.account_id.clone(), ..arn }.to_string()
            }
            _ => self.principal.to_owned(),
        };
        let principals =
            permissions.principals.iter().enumerate().filter(|(_, principal)| principal.names.contains(&asked));
        let found: Vec<(usize, &str)> = principals.map(|(at, principal)| (at, principal.name.as_str())).collect();
        match found.as_slice() {
            [] => Ok(None),
            [(at, _)] => Ok(Some(*at)),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, name)| *name).collect();
                Err(format!("`{}` matches several principals: use one of {}", self.principal, names.join(", ")))
            }
        }
    }

    /// How to find the repository in one of these environments: by its key or name, or if none of them has it, below the prefix
    /// of a template.
    pub(super) fn finder(&self, permissions: &[&EffectivePermissions]) -> Find<'a> {
        match permissions.iter().any(|one| self.named_in(one).is_some()) {
            true => Self::named_in,
            false => Self::created_in,
        }
    }

    fn named_in<'p>(&self, permissions: &EffectivePermissions<'p>) -> Option<(&'p Repository, Arn)> {
        let mut repositories = permissions.platform.all_repositories();
        let found = repositories.find(|one| one.key == self.repository || one.name == self.repository)?;
        Some((found, permissions.arn(found)))
    }

    fn created_in<'p>(&self, permissions: &EffectivePermissions<'p>) -> Option<(&'p Repository, Arn)> {
        let name = RepositoryKey::parse(self.repository)?;
        let created = permissions.platform.created(name.as_str())?;
        Some((created, Arn { resource: format!("repository/{}", name.as_str()), ..permissions.arn(created) }))
    }

    pub(super) fn unknown_principal(&self, permissions: &[&EffectivePermissions]) -> String {
        let names: BTreeSet<&str> = permissions
            .iter()
            .flat_map(|permissions| &permissions.principals)
            .map(|principal| principal.name.as_str())
            .collect();
        let others: BTreeSet<&str> = permissions
            .iter()
            .flat_map(|permissions| &permissions.principals)
            .flat_map(|principal| &principal.names)
            .map(String::as_str)
            .collect();
        let near = nearest(self.principal, others);
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => did_you_mean(self.principal, names, "principals"),
        };
        format!("principal `{}` does not exist: {help}", self.principal)
    }

    fn unknown_repository(&self, permissions: &[&EffectivePermissions]) -> String {
        let keys: BTreeSet<&str> = permissions
            .iter()
            .flat_map(|permissions| permissions.platform.all_repositories())
            .map(|r| r.key.as_str())
            .collect();
        let help = did_you_mean(self.repository, keys, "repositories");
        format!("repository `{}` does not exist: {help}", self.repository)
    }
}
