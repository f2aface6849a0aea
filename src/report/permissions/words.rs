//! Wording that the text and Markdown reports share.

use std::collections::BTreeMap;

use crate::iam::Verb;
use crate::permissions::{EffectivePermissions, Group, Kind, Permissions, Principal, Replica, can_pass_on};
use crate::policies::Policy;
use crate::prose::{NAMED, few, named};

/// The kind of a principal and its name in AWS.
pub(super) fn title(principal: &Principal) -> String {
    let name = &principal.aws_name;
    match &principal.kind {
        Kind::Role { .. } => format!("role {name}"),
        Kind::ExistingRole => format!("existing role {name}"),
        Kind::PermissionSet => format!("permission set {name}"),
        Kind::Account => format!("AWS account {name}"),
        Kind::Service => format!("AWS service {name}"),
        Kind::Named => name.clone(),
        Kind::Everybody => "anyone".into(),
    }
}

/// The names of a group's repositories.
fn repositories(group: &Group) -> String {
    let shown: Vec<String> = group.repositories.iter().map(|repository| repository.shown()).collect();
    few(shown.iter().map(String::as_str), 12)
}

/// The cell in the column of a verb.
pub(super) fn mark(granted: &Permissions, verb: Verb) -> String {
    match granted.verbs().any(|other| other == verb) {
        true if granted.is_conditional(verb) => format!("{verb}*"),
        true => verb.to_string(),
        false => "-".into(),
    }
}

/// The actions that belong to no verb, without the prefix `ecr:`.
pub(super) fn other_actions(granted: &Permissions) -> String {
    let mark = |action: &str| if granted.is_action_conditional(action) { "*" } else { "" };
    let short = |action: &'static str| format!("{}{}", action.trim_start_matches("ecr:"), mark(action));
    granted.besides().into_iter().map(short).collect::<Vec<_>>().join(", ")
}

/// The verbs with a column in a table. Few platforms have a pull through cache, so importing is shown if anyone can do it.
pub(super) fn shown_verbs(granted: &[(&Principal, &Permissions)]) -> Vec<Verb> {
    let imports = granted.iter().any(|(_, granted)| granted.verbs().any(|verb| verb == Verb::Import));
    Verb::ALL.into_iter().filter(|verb| imports || *verb != Verb::Import).collect()
}

/// A table of the reports: repositories, and who can do what on them.
pub(super) struct Table<'a> {
    /// The repositories.
    pub repositories: String,
    /// The principals with permissions on them.
    pub granted: Vec<(&'a Principal<'a>, &'a Permissions)>,
    /// Remarks below the table.
    pub remarks: Vec<String>,
}

/// The tables of a platform: one per group of repositories, and one per repository outside of the spec.
pub(super) fn tables<'a>(permissions: &'a EffectivePermissions) -> Vec<Table<'a>> {
    let groups = permissions.groups.iter().map(|group| {
        let granted: Vec<_> = permissions.granted_on(group).collect();
        let remarks = remarks(&granted, is_one(group));
        Table { repositories: repositories(group), granted, remarks }
    });
    let outside = permissions.outside.iter().map(|outside| {
        let granted: Vec<_> = outside.principals(permissions).collect();
        let mut remarks = remarks(&granted, !outside.is_pattern());
        remarks.extend(outside.remark(permissions.platform.scope.account.as_deref()));
        let repositories = match outside.is_pattern() {
            true => format!("other repositories named {} (outside of this spec)", outside.name()),
            false => format!("{} (outside of this spec)", outside.arn),
        };
        Table { repositories, granted, remarks }
    });
    groups.chain(replicas(permissions)).chain(outside).collect()
}

/// The tables of replicas: one per group of those on which every principal has the same permissions.
fn replicas<'a>(permissions: &'a EffectivePermissions) -> impl Iterator<Item = Table<'a>> {
    let mut groups: BTreeMap<_, Vec<&Replica>> = BTreeMap::new();
    for replica in &permissions.replicas {
        groups.entry(&replica.granted).or_default().push(replica);
    }
    groups.into_values().map(|group| {
        let granted: Vec<_> = group[0].principals(permissions).collect();
        let remarks = remarks(&granted, group.len() == 1);
        let titles: Vec<String> = group.iter().map(|replica| replica.title()).collect();
        let what = if group.len() == 1 { "replica" } else { "replicas" };
        let repositories = format!("{what} {}", few(titles.iter().map(String::as_str), 12));
        Table { repositories, granted, remarks }
    })
}

/// Whether a group is one repository.
fn is_one(group: &Group) -> bool {
    matches!(group.repositories.as_slice(), [one] if !one.is_created())
}

/// Remarks below the table: conditions, and principals that can grant themselves more permissions.
fn remarks(granted: &[(&Principal, &Permissions)], is_one: bool) -> Vec<String> {
    let mut remarks = Vec::new();
    for (principal, granted) in granted {
        let conditions: Vec<&str> = granted.conditions().into_iter().collect();
        if !conditions.is_empty() {
            remarks.push(format!("* {}: only if {}", principal.name, conditions.join(" or ")));
        }
        let denials: Vec<&str> = granted.denials().into_iter().collect();
        if !denials.is_empty() {
            remarks.push(format!("* {}: denied if {}", principal.name, denials.join(" or ")));
        }
        let passing: Vec<&str> = granted.actions().filter(|action| can_pass_on(action)).collect();
        if !passing.is_empty() {
            let here = if is_one { "this repository" } else { "these repositories" };
            let (who, what) = (&principal.name, passing.join(" and "));
            remarks.push(format!("{who} has {what}, so it can grant itself or others any access to {here}"));
        }
    }
    remarks
}

/// Where the access of a principal is decided that no generated trust policy covers.
pub(super) fn elsewhere(kind: &Kind) -> &'static str {
    match kind {
        Kind::Role { .. } => "",
        Kind::ExistingRole => "its trust policy and its other permissions are managed outside this spec",
        Kind::PermissionSet => "assigned to users, groups and accounts in IAM Identity Center",
        Kind::Account => "passes the access on to its roles and users, which also need IAM policies",
        Kind::Service | Kind::Named | Kind::Everybody => "granted access by the repository policies",
    }
}

/// Which subject a job gets, according to the GitHub documentation, "OpenID Connect reference".
pub(super) const NOTE_ON_EVENTS: &str = "If a GitHub Actions job has an environment, the subject of its token names \
    the environment. Otherwise it names the branch or tag; only pull_request events have a subject of another form.";

pub(super) fn has_events(permissions: &EffectivePermissions) -> bool {
    let mut trust_statements =
        permissions.principals.iter().flat_map(|principal| permissions.trust_statements(principal));
    trust_statements.any(|trust_statement| trust_statement.subjects.iter().any(|subject| subject.event.is_some()))
}

/// A prefix if the size is an estimate, and a suffix if the policy is too large.
pub(super) fn judged(permissions: &EffectivePermissions, policy: &Policy) -> (&'static str, &'static str) {
    let about = if policy.is_estimate() { "~" } else { "" };
    let fits = policy.kind.fits(&policy.document, permissions.bindings);
    (about, if fits { "" } else { "  too large" })
}

/// What `~` in front of a size means.
pub(super) const NOTE_ON_ESTIMATES: &str =
    "~ is an estimate: the policy contains a value, such as a variable, that is only known when Terraform applies it.";

pub(super) fn has_estimates(permissions: &EffectivePermissions) -> bool {
    permissions.documents.iter().any(Policy::is_estimate)
}

/// That existing policies are attached to a principal, and that the report is without them.
pub fn unjudged(principal: &Principal) -> Option<String> {
    let policies = named(principal.unjudged.iter().map(String::as_str), NAMED);
    (!principal.unjudged.is_empty()).then(|| format!("can also do what {policies} allows, which ecrgen does not know"))
}
