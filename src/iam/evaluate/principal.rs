//! Decides whether a principal element includes the caller.

use crate::iam::arn::Arn;
use crate::iam::evaluate::request::Caller;
use crate::iam::{Bindings, Effect, Element, Principal, PrincipalKind};

/// How far a statement applies to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all.
    None,
    /// To the whole account of the caller, which can delegate the permission.
    Account,
    /// To the caller.
    Caller,
    /// To the session or the user itself, by its own ARN or because it applies to everyone. The permissions boundary of
    /// the role or user does not limit what such a statement of a resource policy allows, as long as it does not deny it
    /// (IAM User Guide, "Permissions boundaries for IAM entities", and "IAM role principals" for conditions on
    /// `aws:PrincipalArn`).
    Session,
}

/// Principals are compared in full: a wildcard inside a name matches nothing. A statement that denies an account denies
/// everyone in it; see [`evaluate`](super::evaluate()).
pub(super) fn reach(principal: &Element<Principal>, effect: Effect, bindings: &Bindings, caller: &Caller) -> Reach {
    let names = names(caller);
    let is_everyone = principal.listed().is_everyone(bindings);
    let is_listed = |name: &&Name| is_everyone || name.is_listed(principal.listed(), bindings);
    let listed = names.iter().filter(is_listed);
    let is_excluded = match (principal, effect) {
        (Element::Only(_), _) if is_everyone => return Reach::Session,
        (Element::Only(_), _) => return listed.map(|name| name.reach).max().unwrap_or(Reach::None),
        (Element::AllExcept(_), Effect::Allow) => is_everyone || listed.count() > 0,
        // To be excluded from a denial, the caller must be listed under each of its names, including its account (IAM
        // User Guide, "AWS JSON policy elements: NotPrincipal").
        (Element::AllExcept(_), Effect::Deny) => is_everyone || (!names.is_empty() && listed.count() == names.len()),
    };
    if is_excluded { Reach::None } else { Reach::Session }
}

/// A name under which policies can list the caller.
struct Name {
    kind: PrincipalKind,
    spellings: Vec<String>,
    reach: Reach,
}

impl Name {
    fn of_caller(kind: PrincipalKind, name: impl Into<String>, reach: Reach) -> Self {
        Name { kind, spellings: vec![name.into()], reach }
    }

    fn of_account(member: &Arn) -> Self {
        let Arn { partition, account, .. } = member;
        let spellings = vec![format!("arn:{partition}:iam::{account}:root"), account.clone()];
        Name { kind: PrincipalKind::Aws, spellings, reach: Reach::Account }
    }

    fn is_listed(&self, principal: &Principal, bindings: &Bindings) -> bool {
        let Principal::Listed(lists) = principal else { return false };
        lists.get(&self.kind).into_iter().flatten().any(|name| self.spellings.contains(&name.bind(bindings)))
    }
}

/// The names under which a policy can list a caller: its own, that of its session and those of its account.
pub fn names_of(caller: &Caller) -> impl Iterator<Item = String> {
    names(caller).into_iter().flat_map(|name| name.spellings)
}

fn names(caller: &Caller) -> Vec<Name> {
    match caller {
        Caller::Anonymous => Vec::new(),
        Caller::User(user) => {
            vec![Name::of_caller(PrincipalKind::Aws, user.to_string(), Reach::Session), Name::of_account(user)]
        }
        Caller::Role { role, session } => vec![
            Name::of_caller(PrincipalKind::Aws, session_arn(role, session), Reach::Session),
            Name::of_caller(PrincipalKind::Aws, role.to_string(), Reach::Caller),
            Name::of_account(role),
        ],
        Caller::Given(expression) => vec![Name::of_caller(PrincipalKind::Aws, expression, Reach::Caller)],
        Caller::Federated { provider } => vec![Name::of_caller(PrincipalKind::Federated, provider, Reach::Caller)],
        Caller::Service(service) => vec![Name::of_caller(PrincipalKind::Service, service, Reach::Caller)],
    }
}

/// The ARN of a role session contains the name of the role without its path.
fn session_arn(role: &Arn, session: &str) -> String {
    let Arn { partition, account, resource, .. } = role;
    let name = resource.rsplit('/').next().unwrap_or(resource);
    format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}")
}
