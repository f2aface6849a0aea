//! Guard rails: statements of a repository policy that deny something to everyone, with exceptions.
//!
//! A denial applies to every principal, so it must spare what AWS does for the account: requests of services such as Lambda, and
//! of service-linked roles such as those of Amazon Inspector and of pull through cache rules (IAM user guide, "Data perimeters").

use std::collections::{BTreeSet, HashSet};

use super::{arns, guests, own_role};
use crate::iam::{Action, Comparison, Operator, Principal, Statement, Text, Verb, arn};
use crate::platform::repositories::guard_rails::MOST_EXCEPTIONS;
use crate::platform::{Access, OnlyFrom, Platform, Repository, Unless};
use crate::principals::{Callers, Means, sid, sid_of};
use crate::source::Span;
use crate::value::OrVariable;

const ARN_NOT_LIKE: Operator = Operator::plain(Comparison::ArnNotLike);
const STRING_NOT_EQUALS: Operator = Operator::plain(Comparison::StringNotEquals);
const NOT_IP_ADDRESS: Operator = Operator::plain(Comparison::NotIpAddress);
const BOOL: Operator = Operator::plain(Comparison::Bool);

/// A denial with exceptions, as the spec has it.
#[derive(Clone, Copy)]
pub struct Denial<'p> {
    /// What is denied.
    pub verb: Verb,
    /// Who is excepted.
    pub unless: &'p Unless,
}

/// The denials of a repository.
pub fn denials(repository: &Repository) -> impl Iterator<Item = Denial<'_>> {
    repository.deny.iter().flat_map(|deny| {
        let all = [(Verb::Pull, &deny.pull), (Verb::Push, &deny.push), (Verb::Delete, &deny.delete)];
        all.into_iter().filter_map(|(verb, unless)| Some(Denial { verb, unless: unless.as_ref()? }))
    })
}

/// Whether denials always spare an entry, excepted or not: all its principals are AWS services, which repository policies name.
pub fn are_services(platform: &Platform, access: &Access) -> bool {
    callers(platform, access).is_some_and(|callers| callers.are_services())
}

/// The callers that repository policies name for an entry, if only repository policies grant its access.
fn callers(platform: &Platform, access: &Access) -> Option<Callers> {
    match access.principal.means() {
        Means::RepositoryPolicy(principal) => Some(principal.callers(&platform.setting())),
        Means::Roles(_) | Means::OtherRoles(_) | Means::PermissionSet(_) => None,
    }
}

/// Whether a repository has guard rails.
pub(super) fn has_any(repository: &Repository) -> bool {
    denials(repository).next().is_some() || repository.only_from.is_some()
}

/// The places of the guard rails of a repository. Repositories with the same places have the same statements.
pub(super) fn places(repository: &Repository) -> impl Iterator<Item = Span> {
    let denied = denials(repository).map(|denial| denial.unless.span);
    denied.chain(repository.only_from.iter().map(|only| only.span))
}

/// The statements, with their places.
pub(super) fn statements(platform: &Platform, repository: &Repository) -> Vec<(Statement, Span)> {
    let denied = denials(repository).map(|denial| (deny(platform, denial), denial.unless.span));
    denied.chain(repository.only_from.iter().map(|only| (from_elsewhere(only), only.span))).collect()
}

/// What a denial of a verb denies: the actions that only this verb needs, so that the others still work. To download an image,
/// a caller needs its manifest and its layers, and some tools read the manifest to upload an image.
pub fn denied(verb: Verb) -> Vec<&'static Action> {
    let names: &[&'static str] = match verb {
        Verb::Pull => &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Verb::Push => &["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"],
        Verb::Delete => &["ecr:BatchDeleteImage"],
        Verb::Read | Verb::Create | Verb::Import => &[],
    };
    names.iter().map(|name| Action::named(name)).collect()
}

fn deny(platform: &Platform, Denial { verb, unless }: Denial) -> Statement {
    // More are an error.
    let names: HashSet<&str> = unless.unless.iter().take(MOST_EXCEPTIONS).map(|name| name.as_str()).collect();
    let is_excepted = |access: &&Access| names.contains(access.name.as_str());
    let excepted: Vec<&Access> = platform.access.iter().filter(is_excepted).collect();
    let roles = excepted.iter().flat_map(|access| roles(access).unwrap_or_default());
    let roles = [service_linked()].into_iter().chain(roles).collect::<BTreeSet<Text>>();
    let callers: Vec<Callers> = excepted.iter().filter_map(|access| callers(platform, access)).collect();
    let all = |part: fn(&Callers) -> &BTreeSet<String>| callers.iter().flat_map(part).map(String::as_str).collect();
    let statement = Statement::deny(denied(verb)).sid(sid(&sid_of(&format!("deny-{verb}")))).by(Principal::Everyone);
    let statement = spare_services(statement).when(ARN_NOT_LIKE, "aws:PrincipalArn", roles);
    let statement = all_but(statement, STRING_NOT_EQUALS, "aws:PrincipalAccount", all(|them| &them.accounts));
    let statement = all_but(statement, STRING_NOT_EQUALS, "aws:PrincipalOrgID", all(|them| &them.organizations));
    all_but(statement, Operator::NO_STRING_LIKE, "aws:PrincipalOrgPaths", all(|them| &them.organization_paths))
}

/// Denies the requests from other networks. One condition fails for each request that is allowed: those through a VPC endpoint
/// have no `aws:SourceIp`, and the others have neither `aws:SourceVpc` nor `aws:SourceVpce`.
fn from_elsewhere(only: &OnlyFrom) -> Statement {
    let actions = [Verb::Pull, Verb::Push, Verb::Delete].into_iter().flat_map(denied);
    let statement = Statement::deny(actions).sid(sid("DenyOtherNetworks")).by(Principal::Everyone);
    let statement = spare_services(statement).when(ARN_NOT_LIKE, "aws:PrincipalArn", [service_linked()]);
    let endpoints = only.vpc_endpoints.iter().flatten().map(|id| id.as_str());
    let vpcs = only.vpcs.iter().flatten().map(|id| id.as_str());
    let ranges = only.ip_ranges.iter().flatten().map(|range| range.as_str());
    let statement = all_but(statement, STRING_NOT_EQUALS, "aws:SourceVpce", endpoints.collect());
    let statement = all_but(statement, STRING_NOT_EQUALS, "aws:SourceVpc", vpcs.collect());
    all_but(statement, NOT_IP_ADDRESS, "aws:SourceIp", ranges.collect())
}

/// The patterns of the roles of an entry, as `aws:PrincipalArn` has them; `None` if they are only known during the apply. AWS chooses
/// the suffix of a permission set's role, and its path contains the region of the instance, except in us-east-1.
pub fn roles(access: &Access) -> Option<Vec<Text>> {
    let own = access.roles.iter().map(|role| own_role::reference(access, role).arn());
    let set = match access.principal.means() {
        Means::PermissionSet(set) => vec![arn::iam(&format!(
            "role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_{}_????????????????",
            set.name.as_str()
        ))],
        _ => Vec::new(),
    };
    let guests = access.guests.iter().map(|role| Text::from(guests::exactly(role.as_str())));
    let attached = access.attached.iter().map(|role| match &role.value {
        OrVariable::Reference(_) => None,
        role => Some(arns::of_existing_role(role)),
    });
    let attached = attached.collect::<Option<Vec<_>>>()?.into_iter().flatten();
    Some(own.chain(set).chain(guests).chain(attached).collect())
}

/// The roles that only AWS services can assume.
fn service_linked() -> Text {
    arn::iam("role/aws-service-role/*")
}

fn spare_services(statement: Statement) -> Statement {
    statement.when(BOOL, "aws:PrincipalIsAWSService", ["false"])
}

/// Leaves requests with one of these values out of a denial. Without values, a condition would always fail.
fn all_but(statement: Statement, operator: Operator, key: &str, values: BTreeSet<&str>) -> Statement {
    if values.is_empty() { statement } else { statement.when(operator, key, values) }
}
