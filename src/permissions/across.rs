//! Answers across environments and accounts: the identity policies of one and the repository policy of another.

use crate::iam::{Action, Arn, Caller};
use crate::platform::Repository;

use super::answer::Answer;
use super::judge::Verdict;
use super::operation::Operation;
use super::{EffectivePermissions, Kind, Principal, Query};

/// The answer to a query.
#[derive(Debug)]
pub enum Reply<'r, 'p> {
    /// One environment has both the principal and the repository.
    Within(Answer<'r, 'p>),
    /// The repository is in another environment, or outside of the specs.
    Across(Box<Across<'r, 'p>>),
}

/// An answer about a repository outside of the environment of the principal.
#[derive(Debug)]
pub struct Across<'r, 'p> {
    /// What the identity policies of the principal allow.
    pub identity: Answer<'r, 'p>,
    /// The environment of the repository; `None` if it is outside of the specs.
    pub owner: Option<(&'r EffectivePermissions<'p>, &'p Repository)>,
    /// What the policy of the repository allows; `None` if it is outside of the specs or does not name the principal.
    pub resource: Option<Answer<'r, 'p>>,
    /// The ARN of the repository.
    pub repository: Arn,
    /// Whether both are known to be in one account. Then, one of the two policies is enough (IAM user guide, "Cross-account policy
    /// evaluation logic").
    pub same_account: bool,
    actions: Vec<&'static Action>,
}

/// One of the two policies that access needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The identity policies of the principal.
    Identity,
    /// The policy of the repository.
    Resource,
}

impl Reply<'_, '_> {
    /// Whether the answer is yes.
    pub fn is_yes(&self) -> bool {
        match self {
            Reply::Within(answer) => answer.is_yes(),
            Reply::Across(across) => across.is_yes(),
        }
    }
}

impl Across<'_, '_> {
    /// Whether the answer is yes. It is no if a policy outside of the specs would have to allow the access too.
    pub fn is_yes(&self) -> bool {
        self.actions.iter().all(|action| {
            let (identity, resource) = (self.allows(Half::Identity, action), self.allows(Half::Resource, action));
            let is_denied = [Some(&self.identity), self.resource.as_ref()]
                .into_iter()
                .flatten()
                .any(|half| half.has(action, |verdict| verdict == Verdict::Denied));
            !is_denied && if self.same_account { identity || resource } else { identity && resource }
        })
    }

    /// The policies that would have to allow more. In one account, that is either of them, so the identity policy is named.
    pub fn lacks(&self) -> Vec<Half> {
        let lacks = |half: &Half| self.actions.iter().any(|action| !self.allows(*half, action));
        match (self.is_yes(), self.same_account) {
            (true, _) => Vec::new(),
            (false, true) => vec![Half::Identity],
            (false, false) => [Half::Identity, Half::Resource].into_iter().filter(lacks).collect(),
        }
    }

    fn allows(&self, half: Half, action: &Action) -> bool {
        match half {
            Half::Identity => self.identity.has(action, Verdict::is_yes),
            // Only identity policies allow what is not about one repository.
            Half::Resource if !action.is_scopable() => true,
            Half::Resource => self.resource.as_ref().is_some_and(|half| half.has(action, Verdict::is_yes)),
        }
    }
}

impl Query<'_> {
    /// The ARNs of the roles and users that the principal is in an environment, or in all of them. The policies of other accounts
    /// see these.
    pub fn callers(&self, permissions: &[EffectivePermissions], environment: Option<&str>) -> Vec<String> {
        let found = permissions.iter().filter(|one| is_chosen(one, environment)).filter_map(|permissions| {
            let at = self.principal_in(permissions).ok().flatten()?;
            match permissions.principals[at].caller() {
                Caller::User(arn) | Caller::Role { role: arn, .. } => Some(arn.to_string()),
                _ => None,
            }
        });
        found.collect()
    }

    /// The answer, based on the permissions in the environment that has both the principal and the repository, or else in the
    /// two environments that have them. `environment` is that of the principal. The [callers](Self::callers) must have been
    /// added to the permissions.
    ///
    /// # Errors
    /// The parts of the query that do not exist or are ambiguous.
    pub fn reply<'r, 'p>(
        &self,
        permissions: &'r [EffectivePermissions<'p>],
        environment: Option<&str>,
    ) -> Result<Reply<'r, 'p>, Vec<String>> {
        let chosen: Vec<&EffectivePermissions> = permissions.iter().filter(|one| is_chosen(one, environment)).collect();
        let arn = self.repository.parse::<Arn>().ok().filter(|arn| arn.service == "ecr");
        let replica = arn.as_ref().and_then(|arn| permissions.iter().find_map(|one| Some((one, one.replica(arn)?))));
        if let Some((one, replica)) = replica
            && let Some(principal) = self.principal_in(one).map_err(|fault| vec![fault])?
        {
            let operation = Operation::parse(self.action).map_err(|fault| vec![fault])?;
            return Ok(Reply::Within(one.answer_about(replica, principal, operation)));
        }
        if let Some(arn) = &arn {
            let owner = permissions.iter().find_map(|one| Some((one, named(one, arn)?)));
            let by_key = owner.map(|(one, repository)| (one, Query { repository: asked_as(repository, arn), ..*self }));
            // Alone, because another environment can have a repository with the same key.
            if let Some((one, within)) = by_key.filter(|(one, _)| chosen.iter().any(|other| std::ptr::eq(*one, *other)))
                && self.principal_in(one).is_ok_and(|found| found.is_some())
            {
                return within.answer_in(&[one]).map(Reply::Within);
            }
            return self.across(&chosen, owner, arn.clone()).map(|across| Reply::Across(Box::new(across)));
        }
        let find = self.finder(&permissions.iter().collect::<Vec<_>>());
        let has_both =
            |one: &&EffectivePermissions| find(self, one).is_some() && !matches!(self.principal_in(one), Ok(None));
        let owners: Vec<_> = permissions.iter().filter_map(|one| Some((one, find(self, one)?))).collect();
        let has_principal = chosen.iter().any(|one| matches!(self.principal_in(one), Ok(Some(_))));
        match owners.as_slice() {
            _ if chosen.iter().any(has_both) || !has_principal => {}
            [(one, (repository, arn))] => {
                return self
                    .across(&chosen, Some((one, repository)), arn.clone())
                    .map(|across| Reply::Across(Box::new(across)));
            }
            [] => {}
            several => {
                let arns: Vec<String> = several.iter().map(|(_, (_, arn))| arn.to_string()).collect();
                let repository = self.repository;
                return Err(vec![format!(
                    "several environments have repository `{repository}`: use one of {}",
                    arns.join(", ")
                )]);
            }
        }
        self.answer_in(&chosen).map(Reply::Within)
    }

    fn across<'r, 'p>(
        &self,
        chosen: &[&'r EffectivePermissions<'p>],
        owner: Option<(&'r EffectivePermissions<'p>, &'p Repository)>,
        repository: Arn,
    ) -> Result<Across<'r, 'p>, Vec<String>> {
        let operation = Operation::parse(self.action).map_err(|fault| vec![fault])?;
        let mut found = Vec::new();
        for &one in chosen {
            found.extend(self.principal_in(one).map_err(|fault| vec![fault])?.map(|at| (one, at)));
        }
        let (permissions, principal) = match found.as_slice() {
            [one] => *one,
            [] => return Err(vec![self.unknown_principal(chosen)]),
            several => {
                let names: Vec<&str> = several.iter().map(|(one, _)| one.platform.scope.environment.as_str()).collect();
                let names = names.join(", ");
                return Err(vec![format!(
                    "several environments match: choose that of the principal with --environment ({names})"
                )]);
            }
        };
        if let Some(fault) = without_identity(&permissions.principals[principal], owner.map(|(one, _)| one)) {
            return Err(vec![fault]);
        }
        let alternatives = match operation {
            Operation::Action(action) => vec![vec![action]],
            Operation::Verb(verb) => permissions.principals[principal].alternatives(verb),
        };
        let mut answers = alternatives.into_iter().map(|actions| {
            let policies = permissions.attached_to(principal).collect();
            let identity = Answer::by(permissions, principal, operation, &actions, policies, &repository);
            let resource = owner.and_then(|(one, own)| {
                let caller = self.callers(std::slice::from_ref(permissions), None).pop()?;
                let at = Query { principal: &caller, ..*self }.principal_in(one).ok().flatten()?;
                let policies = one.policies_for(at, own).into_iter().filter(|policy| !one.is_attached(at, *policy));
                Some(Answer::by(one, at, operation, &actions, policies.collect(), &repository))
            });
            let own = permissions.platform.scope.account.as_deref();
            let theirs = owner.map_or(Some(&*repository.account), |(one, _)| one.platform.scope.account.as_deref());
            let same_account = own.is_some() && own == theirs;
            // An account that is not known has a stand-in, which is not for copying.
            let account = owner.map_or(&repository.account, |(one, _)| &one.bindings.shown_account).clone();
            let shown = Arn { account, ..repository.clone() };
            Across { identity, owner, resource, repository: shown, same_account, actions }
        });
        let first = answers.next().expect("a verb has a set of actions");
        Ok(if first.is_yes() { first } else { answers.find(Across::is_yes).unwrap_or(first) })
    }
}

/// Why a principal has no identity policies that could allow access elsewhere.
fn without_identity(principal: &Principal, owner: Option<&EffectivePermissions>) -> Option<String> {
    if !principal.kind.is_anonymous() && principal.kind != Kind::Account {
        return None;
    }
    let name = &principal.name;
    let ask = match owner {
        Some(one) => format!("ask there, with --environment {}", one.platform.scope.environment),
        None => "that repository is outside of the specs".to_owned(),
    };
    Some(format!("principal `{name}` has no identity policies, so the policy of the repository alone decides: {ask}"))
}

/// The repository of an environment that has this ARN, or what ECR creates with it.
fn named<'p>(permissions: &EffectivePermissions<'p>, arn: &Arn) -> Option<&'p Repository> {
    let platform = permissions.platform;
    let is_there = platform.scope.account.as_deref() == Some(arn.account.as_str()) && platform.region == arn.region;
    let name = arn.resource.strip_prefix("repository/").filter(|_| is_there)?;
    platform.all_repositories().find(|one| one.name == name).or_else(|| platform.created(name))
}

/// How a query names a repository of an environment: by its key, or by the name of what ECR creates.
fn asked_as<'a>(repository: &'a Repository, arn: &'a Arn) -> &'a str {
    match repository.is_created() {
        true => arn.resource.trim_start_matches("repository/"),
        false => &repository.key,
    }
}

fn is_chosen(permissions: &EffectivePermissions, environment: Option<&str>) -> bool {
    environment.is_none_or(|name| permissions.platform.scope.environment == name)
}
