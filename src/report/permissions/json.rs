//! Permissions for programs.
//!
//! `rights` has a row for each principal and repository where there is anything; a principal's `name` and a repository's
//! `key` are unique in a platform. `actions` are all of ECR's that are held there, `verbs` those of whose actions none is
//! missing, `besides` what belongs to no verb held. What is in `conditional` as well is held only when `conditions` hold.

use serde::Serialize;

use crate::iam::{Effect, PolicyKind};
use crate::permissions::{Admission, Held, Holder, Kind, Rights};
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
    /// Null where the spec leaves it to the caller.
    account: Option<&'a str>,
    principals: Vec<Principal<'a>>,
    rights: Vec<Right<'a>>,
    documents: Vec<Policy<'a>>,
}

#[derive(Serialize)]
struct Principal<'a> {
    name: &'a str,
    /// A word for what it is, for example `role`.
    kind: &'static str,
    /// What AWS calls it; `var.x` or a reference where only the apply knows.
    aws_name: &'a str,
    entries: &'a [&'a str],
    /// ECR's actions that no repository can be named for.
    registry_actions: Vec<&'static str>,
    /// Policies of the output that are attached to it, and AWS's default quota; null where none can be.
    attached_policies: Option<usize>,
    attached_policies_limit: Option<usize>,
    /// The policy of the output that it can do no more than; null where there is none, or where it is made elsewhere.
    permissions_boundary: Option<&'a str>,
    /// Who may assume the role; null where that is decided elsewhere.
    accepts: Option<Vec<Accepted<'a>>>,
    /// Codes of what makes the trust policy weak.
    weaknesses: Vec<Weak>,
}

#[derive(Serialize)]
struct Accepted<'a> {
    /// False where a statement keeps them out.
    lets_in: bool,
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
struct Right<'a> {
    principal: &'a str,
    repository: &'a str,
    repository_name: &'a str,
    verbs: Vec<&'static str>,
    actions: Vec<&'static str>,
    besides: Vec<&'static str>,
    conditional: Vec<&'static str>,
    conditions: Vec<&'a str>,
}

#[derive(Serialize)]
struct Policy<'a> {
    /// A word for what it is attached to, for example `repository`.
    kind: &'static str,
    owners: &'a [String],
    characters: usize,
    limit: usize,
    /// Whether the length of something in it is known only at the apply.
    estimate: bool,
}

/// One document with the rights in all platforms.
pub fn json(rights: &[Rights]) -> String {
    let admitted: Vec<Vec<Vec<Admission>>> =
        rights.iter().map(|rights| rights.holders.iter().map(|holder| rights.admissions(holder)).collect()).collect();
    let platforms = rights.iter().zip(&admitted).map(|(rights, admitted)| platform(rights, admitted));
    envelope::document(&Body { platforms: platforms.collect() })
}

fn platform<'a>(rights: &'a Rights, admitted: &'a [Vec<Admission>]) -> Platform<'a> {
    let scope = &rights.platform.scope;
    let principals = rights
        .holders
        .iter()
        .zip(admitted)
        .enumerate()
        .map(|(at, (holder, admitted))| principal(rights, at, holder, admitted));
    let mut rows = Vec::new();
    for group in &rights.groups {
        for repository in &group.repositories {
            let held = rights.holders.iter().zip(&group.held).filter(|(_, held)| !held.is_empty());
            rows.extend(held.map(|(holder, held)| right(holder, (&repository.key, &repository.name), held)));
        }
    }
    Platform {
        platform: &scope.platform,
        environment: &scope.environment,
        region: &rights.platform.region,
        account: scope.account.as_deref(),
        principals: principals.collect(),
        rights: rows,
        documents: rights.documents.iter().map(|emitted| policy(rights, emitted)).collect(),
    }
}

fn principal<'a>(rights: &'a Rights, at: usize, holder: &'a Holder, admitted: &'a [Admission]) -> Principal<'a> {
    let has_policies = holder.kind.has_policies();
    let accepted = |admission: &'a Admission| {
        admission.subjects.iter().map(move |subject| Accepted {
            lets_in: admission.effect == Effect::Allow,
            issuer: admission.issuer.clone(),
            subject: subject.text.clone(),
            who: subject.who.clone(),
            event: subject.event.clone(),
            conditions: &admission.conditions,
        })
    };
    let weak = rights.weaknesses(holder).into_iter();
    Principal {
        name: &holder.name,
        kind: word(&holder.kind),
        aws_name: &holder.aws_name,
        entries: &holder.entries,
        registry_actions: rights.on_the_registry(at).actions().collect(),
        attached_policies: has_policies.then(|| holder.attached()),
        attached_policies_limit: has_policies.then_some(MOST_POLICIES),
        permissions_boundary: holder.boundary.map(|at| rights.documents[at].owners[0].as_str()),
        accepts: matches!(holder.kind, Kind::Role { .. }).then(|| admitted.iter().flat_map(accepted).collect()),
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
        Kind::Everybody => "everybody",
    }
}

fn right<'a>(holder: &'a Holder, (key, name): (&'a str, &'a str), held: &'a Held) -> Right<'a> {
    Right {
        principal: &holder.name,
        repository: key,
        repository_name: name,
        verbs: held.verbs().map(|verb| verb.name()).collect(),
        actions: held.actions().collect(),
        besides: held.besides(),
        conditional: held.actions().filter(|action| held.is_action_conditional(action)).collect(),
        conditions: held.conditions().into_iter().collect(),
    }
}

fn policy<'a>(rights: &Rights, emitted: &'a policies::Policy) -> Policy<'a> {
    let kind = match emitted.kind {
        PolicyKind::Managed => "managed",
        PolicyKind::Trust => "trust",
        PolicyKind::Repository => "repository",
        PolicyKind::Registry => "registry",
        PolicyKind::Key => "key",
        PolicyKind::Bucket => "bucket",
        PolicyKind::Logs => "logs",
    };
    Policy {
        kind,
        owners: &emitted.owners,
        characters: emitted.characters(rights.bindings),
        limit: emitted.kind.limit(),
        estimate: emitted.is_estimate(),
    }
}
