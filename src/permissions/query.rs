//! A question: can somebody do something on a repository?

use std::collections::BTreeSet;

use crate::diagnostic::{did_you_mean, nearest};
use crate::iam::Arn;
use crate::platform::Repository;

use super::Rights;
use super::answer::Answer;
use super::operation::Operation;

/// A question in the words of whoever asks.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Who: any of the [names](super::Holder::names) of a holder.
    pub principal: &'a str,
    /// What: a verb, or an action of ECR.
    pub action: &'a str,
    /// Where: the key or the name of a repository.
    pub repository: &'a str,
}

impl Query<'_> {
    /// The answer, by the rights in the one environment that has both principal and repository.
    ///
    /// # Errors
    ///
    /// All that makes it no question: what of it does not exist, or is not one thing.
    pub fn answer<'r, 'p>(&self, rights: &'r [Rights<'p>]) -> Result<Answer<'r, 'p>, Vec<String>> {
        let operation = Operation::parse(self.action);
        let mut found = Vec::new();
        let (mut has_principal, mut has_repository) = (false, false);
        for rights in rights {
            let holder = self.principal_in(rights).map_err(|fault| vec![fault])?;
            let repository = self.repository_in(rights);
            has_principal |= holder.is_some();
            has_repository |= repository.is_some();
            found.extend(holder.zip(repository).map(|(holder, repository)| (rights, holder, repository)));
        }
        let unknown = [
            (!has_principal).then(|| self.unknown_principal(rights)),
            operation.as_ref().err().cloned(),
            (!has_repository).then(|| self.unknown_repository(rights)),
        ];
        let Ok(operation) = operation else { return Err(unknown.into_iter().flatten().collect()) };
        match found.as_slice() {
            [(rights, holder, repository)] => Ok(Answer::of(rights, *holder, operation, repository)),
            [] if !(has_principal && has_repository) => Err(unknown.into_iter().flatten().collect()),
            [] => Err(vec![format!("no environment has both `{}` and `{}`", self.principal, self.repository)]),
            several => {
                let environments = several.iter().map(|(rights, ..)| rights.platform.scope.environment.as_str());
                let environments: BTreeSet<&str> = environments.collect();
                let environments: Vec<&str> = environments.into_iter().collect();
                Err(vec![match environments.as_slice() {
                    [_] => "several specs have both: ask one of them".into(),
                    several => format!("say which with --environment: {}", several.join(", ")),
                }])
            }
        }
    }

    fn principal_in(&self, rights: &Rights) -> Result<Option<usize>, String> {
        // An ARN names the account; where the spec leaves it open any account is this one.
        let asked = match self.principal.parse::<Arn>() {
            Ok(arn) if rights.platform.scope.account.is_none() && arn.resource != "root" => {
                Arn { account: rights.bindings.account_id.clone(), ..arn }.to_string()
            }
            _ => self.principal.to_owned(),
        };
        let holders = rights.holders.iter().enumerate().filter(|(_, holder)| holder.names.contains(&asked));
        let found: Vec<(usize, &str)> = holders.map(|(at, holder)| (at, holder.name.as_str())).collect();
        match found.as_slice() {
            [] => Ok(None),
            [(at, _)] => Ok(Some(*at)),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, name)| *name).collect();
                Err(format!("`{}` is several principals: say which of {}", self.principal, names.join(", ")))
            }
        }
    }

    fn repository_in<'p>(&self, rights: &Rights<'p>) -> Option<&'p Repository> {
        let repositories = &rights.platform.repositories;
        repositories.iter().find(|repository| repository.key == self.repository || repository.name == self.repository)
    }

    fn unknown_principal(&self, rights: &[Rights]) -> String {
        let names: BTreeSet<&str> =
            rights.iter().flat_map(|rights| &rights.holders).map(|holder| holder.name.as_str()).collect();
        let others: BTreeSet<&str> = rights
            .iter()
            .flat_map(|rights| &rights.holders)
            .flat_map(|holder| &holder.names)
            .map(String::as_str)
            .collect();
        let near = nearest(self.principal, others);
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => did_you_mean(self.principal, names, "principals here"),
        };
        format!("no principal is called `{}`: {help}", self.principal)
    }

    fn unknown_repository(&self, rights: &[Rights]) -> String {
        let keys: BTreeSet<&str> =
            rights.iter().flat_map(|rights| &rights.platform.repositories).map(|r| r.key.as_str()).collect();
        let help = did_you_mean(self.repository, keys, "repositories here");
        format!("there is no repository called `{}`: {help}", self.repository)
    }
}
