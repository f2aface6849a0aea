//! Finds statements of repository policies that ECR rejects, or accepts although they can never have an effect.

mod conditions;

use std::fmt;

use crate::iam::action::{Action, ActionPattern};
use crate::iam::arn::is_account_id;
use crate::iam::{Bindings, Effect, Element, Principal, PrincipalKind, Statement, Step};

/// Why a part of a statement does not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// An action of another service.
    ForeignAction(String),
    /// A pattern that matches no ECR action.
    NoAction(String),
    /// An action that must be granted on `*` (Service Authorization Reference).
    RegistryAction(String),
    /// A principal that is not an account, and not the full ARN of a role, user or session.
    Principal(String),
    /// A kind of principal that never calls ECR.
    PrincipalKind(&'static str),
    /// A service that is not written as a domain name.
    Service(String),
    /// An ARN in a partition that is not the partition of the repository. Contains the ARN and the partition of the
    /// repository.
    Partition(String, String),
    /// A wildcard in a comparison that treats it as an ordinary character.
    DeadWildcard(String),
    /// A token claim, which is only available while a role is assumed.
    TokenClaim(String),
    /// A value that the operator or the key cannot have. Contains the value and what is expected.
    Value(String, &'static str),
    /// The ARN of a session, compared with a key that has the ARN of the role.
    SessionArn(String),
    /// The ARN of something that is not a source of requests of the service, and the service.
    Source(String, String),
    /// A key that only requests of AWS services have, in a statement for accounts, roles or users.
    ServiceKey(String),
    /// The statement denies everyone the permission to replace the policy. ECR accepts such a policy only with `force`.
    LocksOut,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::ForeignAction(action) => {
                write!(f, "`{action}` is not an ECR action; a repository policy can only grant ECR actions")
            }
            Flaw::NoAction(pattern) => write!(f, "no ECR action matches `{pattern}`"),
            Flaw::RegistryAction(action) => {
                write!(f, "`{action}` cannot be granted by a repository policy: it needs an identity policy on `*`")
            }
            Flaw::Principal(name) => write!(
                f,
                "`{name}` is not a valid principal: use an account ID, or the ARN of an account root, \
                 role, user or session"
            ),
            Flaw::PrincipalKind(kind) => write!(f, "`{kind}` principals never call ECR"),
            Flaw::Service(name) => write!(f, "`{name}` is not a service principal such as `lambda.amazonaws.com`"),
            Flaw::Partition(arn, partition) => {
                write!(f, "`{arn}` is not in the partition of the repository, where ARNs begin with `arn:{partition}:`")
            }
            Flaw::DeadWildcard(value) => {
                write!(f, "this operator treats the wildcard in `{value}` as an ordinary character")
            }
            Flaw::TokenClaim(key) => {
                write!(f, "`{key}` is a token claim: it only exists while a role is assumed, never in requests to ECR")
            }
            Flaw::Value(value, expected) => write!(f, "`{value}` is not {expected}, so this condition never matches"),
            Flaw::SessionArn(arn) => {
                write!(f, "`aws:PrincipalArn` is never `{arn}`: for a session, it is the ARN of the role")
            }
            Flaw::Source(arn, service) => write!(f, "{service} never sends `{arn}` as `aws:SourceArn`"),
            Flaw::ServiceKey(key) => {
                write!(f, "`{key}` only exists in requests of AWS services, so this statement never allows anything")
            }
            Flaw::LocksOut => f.write_str(
                "this denies `ecr:SetRepositoryPolicy` to everyone: without `force`, ECR rejects a policy that \
                 no one can replace",
            ),
        }
    }
}

type Found = (Vec<Step>, Flaw);

/// The flaws of a statement, each with its place in the statement. `bindings` are those of the repository's region.
pub fn flaws(statement: &Statement, bindings: &Bindings) -> Vec<Found> {
    let mut found = Vec::new();
    if let Element::Only(actions) = &statement.actions {
        found.extend(listed("Action", actions.iter().map(action_flaw)));
    }
    found.extend(principal_flaws(statement, bindings));
    found.extend(conditions::flaws(statement, bindings));
    found.extend(locks_out(statement, bindings).then(|| (vec![key("Effect")], Flaw::LocksOut)));
    found
}

/// An unknown name without wildcards is left to another rule, which can suggest the correct name.
fn action_flaw(pattern: &ActionPattern) -> Option<Flaw> {
    let text = pattern.as_str();
    let is_exact = !text.contains(['*', '?']);
    let known: Vec<&Action> = pattern.known().filter(|action| action.name.starts_with("ecr:")).collect();
    let is_ecr = text == "*" || text.to_ascii_lowercase().starts_with("ecr:");
    match known.as_slice() {
        _ if !is_ecr => Some(Flaw::ForeignAction(text.to_owned())),
        [] => (!is_exact).then(|| Flaw::NoAction(text.to_owned())),
        known if known.iter().any(|action| action.is_scopable()) => None,
        _ => Some(Flaw::RegistryAction(text.to_owned())),
    }
}

fn principal_flaws(statement: &Statement, bindings: &Bindings) -> Vec<Found> {
    let Some(element) = &statement.principal else { return Vec::new() };
    let key_of_principal = element.key("Principal");
    let Principal::Listed(lists) = element.listed() else { return Vec::new() };
    let mut found = Vec::new();
    for (kind, names) in lists {
        let flaws = names.iter().map(|name| match kind {
            PrincipalKind::Aws if name.is_given() => None,
            PrincipalKind::Aws => principal_flaw(&name.bind(bindings), bindings),
            PrincipalKind::Service => {
                let name = name.bind(bindings);
                (!name.contains('.') || name.contains([':', ' '])).then_some(Flaw::Service(name))
            }
            PrincipalKind::Federated | PrincipalKind::CanonicalUser => Some(Flaw::PrincipalKind(kind.name())),
        });
        let place = listed(kind.name(), flaws);
        found.extend(place.into_iter().map(|(at, flaw)| ([vec![key(&key_of_principal)], at].concat(), flaw)));
    }
    found
}

fn principal_flaw(name: &str, bindings: &Bindings) -> Option<Flaw> {
    let segments: Vec<&str> = name.splitn(6, ':').collect();
    let is_named = match segments.as_slice() {
        ["arn", _, "iam", "", account, resource] if is_account_id(account) => {
            *resource == "root" || ["role/", "user/"].iter().any(|kind| is_below(resource, kind))
        }
        ["arn", _, "sts", "", account, resource] if is_account_id(account) => {
            ["assumed-role/", "federated-user/"].iter().any(|kind| is_below(resource, kind))
        }
        [name] => *name == "*" || is_account_id(name),
        _ => false,
    };
    if !is_named { Some(Flaw::Principal(name.to_owned())) } else { foreign_partition(name, bindings) }
}

fn is_below(resource: &str, kind: &str) -> bool {
    resource.strip_prefix(kind).is_some_and(|name| !name.is_empty())
}

fn foreign_partition(text: &str, bindings: &Bindings) -> Option<Flaw> {
    let (partition, _) = text.strip_prefix("arn:")?.split_once(':')?;
    let is_other = partition != bindings.partition && !partition.contains(['*', '?', '$']);
    is_other.then(|| Flaw::Partition(text.to_owned(), bindings.partition.clone()))
}

fn locks_out(statement: &Statement, bindings: &Bindings) -> bool {
    let everyone = matches!(&statement.principal, Some(Element::Only(principal)) if principal.is_everyone(bindings));
    statement.effect == Effect::Deny
        && everyone
        && statement.conditions.is_empty()
        && statement.covers_action("ecr:SetRepositoryPolicy")
}

/// The flaws of the items in a list, each with its place.
fn listed(name: &str, flaws: impl Iterator<Item = Option<Flaw>>) -> Vec<Found> {
    let placed = |(item, flaw): (usize, Option<Flaw>)| Some((vec![key(name), Step::Item(item)], flaw?));
    flaws.enumerate().filter_map(placed).collect()
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}
