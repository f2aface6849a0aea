//! Words that the formats share.

use crate::iam::Verb;
use crate::permissions::{EffectivePermissions, Group, Kind, Permissions, Principal, can_pass_on};
use crate::policies::Policy;
use crate::prose::few;

/// What a principal is.
pub(super) fn title(principal: &Principal) -> String {
    let name = &principal.aws_name;
    match &principal.kind {
        Kind::Role { .. } => format!("the role {name}"),
        Kind::ExistingRole => format!("the existing role {name}"),
        Kind::PermissionSet => format!("the permission set {name}"),
        Kind::Account => format!("the account {name}"),
        Kind::Service => format!("the AWS service {name}"),
        Kind::Named => name.clone(),
        Kind::Everybody => "everybody".into(),
    }
}

/// The names of a group's repositories.
pub(super) fn repositories(group: &Group) -> String {
    few(group.repositories.iter().map(|repository| repository.key.as_str()), 12)
}

/// What a verb's column shows.
pub(super) fn mark(granted: &Permissions, verb: Verb) -> String {
    match granted.verbs().any(|other| other == verb) {
        true if granted.is_conditional(verb) => format!("{verb}*"),
        true => verb.to_string(),
        false => "-".into(),
    }
}

/// The actions beside the verbs, without the service they all have in common.
pub(super) fn besides(granted: &Permissions) -> String {
    let mark = |action: &str| if granted.is_action_conditional(action) { "*" } else { "" };
    let short = |action: &'static str| format!("{}{}", action.trim_start_matches("ecr:"), mark(action));
    granted.besides().into_iter().map(short).collect::<Vec<_>>().join(", ")
}

/// Sentences under the table: conditions, and who can give more than they have.
pub(super) fn remarks(permissions: &EffectivePermissions, group: &Group) -> Vec<String> {
    let mut remarks = Vec::new();
    for (principal, granted) in permissions.principals.iter().zip(&group.granted) {
        let conditions: Vec<&str> = granted.conditions().into_iter().collect();
        if !conditions.is_empty() {
            remarks.push(format!("* {} only when {}", principal.name, conditions.join(" or ")));
        }
        let passing: Vec<&str> = granted.actions().filter(|action| can_pass_on(action)).collect();
        if !passing.is_empty() {
            let sentence = "decides with it who else can do what here";
            remarks.push(format!("{} has {} and {sentence}", principal.name, passing.join(", ")));
        }
    }
    remarks
}

/// What decides about those whom no policy of the output lets in.
pub(super) fn elsewhere(kind: &Kind) -> &'static str {
    match kind {
        Kind::Role { .. } => "",
        Kind::ExistingRole => "who assumes it, and what else it has, is decided elsewhere",
        Kind::PermissionSet => "who is given it, and in which accounts, is decided in IAM Identity Center",
        Kind::Account => "hands it on to its own roles and users, which need policies of their own to use it",
        Kind::Service | Kind::Named | Kind::Everybody => "let in by the repositories' own policies",
    }
}

/// GitHub documentation, "OpenID Connect reference": which subject a job gets.
pub(super) const NOTE_ON_EVENTS: &str = "A job with an environment has the environment's subject, whatever the event. \
    Others have that of the branch or tag they run on, whatever the event; only pull_request has one of its own.";

pub(super) fn has_events(permissions: &EffectivePermissions) -> bool {
    let mut trust_statements =
        permissions.principals.iter().flat_map(|principal| permissions.trust_statements(principal));
    trust_statements.any(|trust_statement| trust_statement.subjects.iter().any(|subject| subject.event.is_some()))
}

/// Whether a size is an estimate, and whether it is too large.
pub(super) fn judged(permissions: &EffectivePermissions, policy: &Policy) -> (&'static str, &'static str) {
    let about = if policy.is_estimate() { "~" } else { "" };
    let fits = policy.kind.fits(&policy.document, permissions.bindings);
    (about, if fits { "" } else { "  too large" })
}
