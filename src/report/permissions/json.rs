//! Permissions as JSON.
//!
//! `permissions` has one row for each principal and repository where the principal has any permission. The `name` of a
//! principal and the key of a repository are unique in a platform. `actions` lists all ECR actions that are allowed
//! there, `verbs` the verbs whose actions are all allowed, and `other_actions` the actions that belong to none of these verbs.
//! Actions that are also in `conditional` are only allowed if `conditions` hold.

use serde::Serialize;

use crate::iam::{Effect, PolicyKind};
use crate::permissions::{EffectivePermissions, Kind, Permissions, Principal, TrustStatement};
use crate::policies;
use crate::policies::split::MOST_POLICIES;
use crate::report::envelope;

#[derive(Serialize)]
struct Body<'a> {
    platforms: Vec<Platform<'a>>,
}

#[derive(Serialize)]
struct Platform<'a> {
    platform: &'a str,
    environment: &'a str,
    region: &'a str,
    /// Null if the spec does not name an account.
    account: Option<&'a str>,
    principals: Vec<PrincipalRow<'a>>,
    permissions: Vec<Granted<'a>>,
    /// The permissions on repositories outside of the spec. `repository` is an ARN.
    outside: Vec<Granted<'a>>,
    /// The permissions on replicas in other regions. `repository` is an ARN.
    replicas: Vec<Granted<'a>>,
    documents: Vec<Policy<'a>>,
}

#[derive(Serialize)]
struct PrincipalRow<'a> {
    name: &'a str,
    /// The kind of principal, for example `role`.
    kind: &'static str,
    /// Its name in AWS, or `var.x` or a reference if the name is only known during apply.
    aws_name: &'a str,
    entries: &'a [&'a str],
    /// ECR actions that do not apply to a single repository.
    registry_actions: Vec<&'static str>,
    /// Number of generated policies attached to it, and the default quota of AWS. Null if no policy can be attached.
    attached_policies: Option<usize>,
    attached_policies_limit: Option<usize>,
    /// Existing policies that the spec attaches to it. What they allow is unknown.
    unjudged_policies: &'a [String],
    /// The generated policy that is its permissions boundary. Null if there is none, or if the boundary is managed outside
    /// of the spec.
    permissions_boundary: Option<&'a str>,
    /// Who can assume the role. Null if that is decided outside of the spec.
    trusts: Option<Vec<Trusted<'a>>>,
    /// What makes the trust policy weak, as codes.
    weaknesses: Vec<Weak>,
}

#[derive(Serialize)]
struct Trusted<'a> {
    /// False if a statement denies them access.
    allows: bool,
    issuer: Option<String>,
    subject: String,
    who: String,
    event: Option<String>,
    conditions: &'a [String],
}

#[derive(Serialize)]
struct Weak {
    code: &'static str,
    culprit: String,
}

#[derive(Serialize)]
struct Granted<'a> {
    principal: &'a str,
    repository: &'a str,
    repository_name: &'a str,
    verbs: Vec<&'static str>,
    actions: Vec<&'static str>,
    other_actions: Vec<&'static str>,
    conditional: Vec<&'static str>,
    conditions: Vec<&'a str>,
    denied_if: Vec<&'a str>,
}

#[derive(Serialize)]
struct Policy<'a> {
    /// The kind of policy, for example `repository`.
    kind: &'static str,
    owners: &'a [String],
    characters: usize,
    limit: usize,
    /// Whether the policy contains a value whose length is only known during apply.
    estimate: bool,
}

/// One document with the permissions of all platforms.
pub fn json(permissions: &[EffectivePermissions]) -> String {
    let admitted: Vec<Vec<Vec<TrustStatement>>> = permissions
        .iter()
        .map(|permissions| {
            permissions.principals.iter().map(|principal| permissions.trust_statements(principal)).collect()
        })
        .collect();
    let arns = |permissions: &EffectivePermissions| {
        let outside = permissions.outside.iter().map(|outside| outside.shown_arn(permissions.bindings));
        let replicas = permissions.replicas.iter().map(|replica| replica.shown_arn(permissions.bindings));
        (outside.collect::<Vec<_>>(), replicas.collect::<Vec<_>>())
    };
    let arns: Vec<(Vec<String>, Vec<String>)> = permissions.iter().map(arns).collect();
    let parts = permissions.iter().zip(&admitted).zip(&arns);
    let platforms = parts.map(|((permissions, admitted), arns)| platform(permissions, admitted, arns));
    envelope::document(&Body { platforms: platforms.collect() })
}

fn platform<'a>(
    permissions: &'a EffectivePermissions,
    admitted: &'a [Vec<TrustStatement>],
    (arns, arns_of_replicas): &'a (Vec<String>, Vec<String>),
) -> Platform<'a> {
    let scope = &permissions.platform.scope;
    let principals = permissions
        .principals
        .iter()
        .zip(admitted)
        .enumerate()
        .map(|(at, (one, admitted))| principal(permissions, at, one, admitted));
    let mut rows = Vec::new();
    for group in &permissions.groups {
        for repository in &group.repositories {
            let granted = permissions.granted_on(group);
            rows.extend(
                granted.map(|(principal, granted)| right(principal, (&repository.key, &repository.name), granted)),
            );
        }
    }
    let outside = permissions.outside.iter().zip(arns).flat_map(|(outside, arn)| {
        outside.principals(permissions).map(|(principal, granted)| right(principal, (arn, outside.name()), granted))
    });
    let replicas = permissions.replicas.iter().zip(arns_of_replicas).flat_map(|(replica, arn)| {
        let name = replica.repository.name.as_str();
        replica.principals(permissions).map(move |(principal, granted)| right(principal, (arn, name), granted))
    });
    Platform {
        platform: &scope.platform,
        environment: &scope.environment,
        region: &permissions.platform.region,
        account: scope.account.as_deref(),
        principals: principals.collect(),
        permissions: rows,
        outside: outside.collect(),
        replicas: replicas.collect(),
        documents: permissions.documents.iter().map(|emitted| policy(permissions, emitted)).collect(),
    }
}

fn principal<'a>(
    permissions: &'a EffectivePermissions,
    at: usize,
    principal: &'a Principal,
    admitted: &'a [TrustStatement],
) -> PrincipalRow<'a> {
    let has_policies = principal.kind.has_policies();
    let accepted = |trust_statement: &'a TrustStatement| {
        trust_statement.subjects.iter().map(move |subject| Trusted {
            allows: trust_statement.effect == Effect::Allow,
            issuer: trust_statement.issuer.clone(),
            subject: subject.text.clone(),
            who: subject.who.clone(),
            event: subject.event.clone(),
            conditions: &trust_statement.conditions,
        })
    };
    let weak = permissions.weaknesses(principal).into_iter();
    PrincipalRow {
        name: &principal.name,
        kind: word(&principal.kind),
        aws_name: &principal.aws_name,
        entries: &principal.entries,
        registry_actions: permissions.on_the_registry(at).actions().collect(),
        attached_policies: has_policies.then(|| principal.attached()),
        attached_policies_limit: has_policies.then_some(MOST_POLICIES),
        unjudged_policies: &principal.unjudged,
        permissions_boundary: principal.boundary.map(|at| permissions.documents[at].owners[0].as_str()),
        trusts: matches!(principal.kind, Kind::Role { .. }).then(|| admitted.iter().flat_map(accepted).collect()),
        weaknesses: weak.map(|found| Weak { code: found.weakness.code(), culprit: found.culprit }).collect(),
    }
}

fn word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Role { .. } => "role",
        Kind::ExistingRole => "existing-role",
        Kind::PermissionSet => "permission-set",
        Kind::Account => "account",
        Kind::Service => "service",
        Kind::Named => "principal",
        Kind::Everybody => "anyone",
    }
}

fn right<'a>(principal: &'a Principal, (key, name): (&'a str, &'a str), granted: &'a Permissions) -> Granted<'a> {
    Granted {
        principal: &principal.name,
        repository: key,
        repository_name: name,
        verbs: granted.verbs().map(|verb| verb.name()).collect(),
        actions: granted.actions().collect(),
        other_actions: granted.besides(),
        conditional: granted.actions().filter(|action| granted.is_action_conditional(action)).collect(),
        conditions: granted.conditions().into_iter().collect(),
        denied_if: granted.denials().into_iter().collect(),
    }
}

fn policy<'a>(permissions: &EffectivePermissions, emitted: &'a policies::Policy) -> Policy<'a> {
    let kind = match emitted.kind {
        PolicyKind::Managed => "managed",
        PolicyKind::Trust => "trust",
        PolicyKind::Repository => "repository",
        PolicyKind::Registry => "registry",
        PolicyKind::Key => "key",
        PolicyKind::Bucket => "bucket",
        PolicyKind::Logs => "logs",
        PolicyKind::Topic => "topic",
    };
    Policy {
        kind,
        owners: &emitted.owners,
        characters: emitted.characters(permissions.bindings),
        limit: emitted.kind.limit(),
        estimate: emitted.is_estimate(),
    }
}
