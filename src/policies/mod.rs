//! Who may do what on which repositories, as IAM documents: trust policies, permission policies, and the policies of
//! repositories, of the registry and of the key.
//!
//! Here intent becomes IAM. The documents hold symbols for what only the apply knows; `modules` turns
//! those into references.

pub mod accounts;
pub mod arns;
pub mod assumed_by;
pub mod bindings;
pub mod boundary;
pub mod encryption_key;
pub mod github;
pub mod gitlab;
pub mod hcp;
pub mod irsa;
pub mod lambda;
pub mod permission;
pub mod pod_identity;
pub mod provider;
pub mod raw_statement;
pub mod reference;
pub mod registry_policy;
pub mod repository_policy;
pub mod run_permissions;
pub mod split;

use crate::iam::{Bindings, Document};
use crate::platform::Platform;
use crate::platform::access::{Access, Principal, Role};
use crate::source::{Span, Spanned};
use crate::value::{OrVariable, RoleRef, ServiceAccount};

pub use reference::Thing;
pub use split::Part;

/// What one access entry becomes.
#[derive(Clone, Debug)]
pub struct Grant<'p> {
    /// The entry.
    pub access: &'p Access,
    /// What may be done.
    pub policy: Document,
    /// The same in as many policies as IAM needs for it.
    pub parts: Vec<Part>,
    /// Who may do it, through roles made here.
    pub roles: Vec<TrustedRole<'p>>,
    /// Who may do it, through roles that are there.
    pub attached_to: &'p [Spanned<OrVariable<RoleRef>>],
}

/// A role made here and who may assume it.
#[derive(Clone, Debug)]
pub struct TrustedRole<'p> {
    /// The role.
    pub role: &'p Role,
    /// Who may assume it.
    pub trust: Document,
    /// In a sentence, who that is.
    pub description: String,
    /// What in the spec asked for it.
    pub origin: Span,
}

/// The grants of a platform that are roles and policies of this account, in the order of the spec.
pub fn grants(platform: &Platform) -> impl Iterator<Item = Grant<'_>> {
    let bindings = bindings::when_asked(platform);
    let with_policy = platform.access.iter().filter(|access| access.policy().is_some());
    with_policy.filter_map(move |access| grant(platform, access, &bindings))
}

fn grant<'p>(platform: &'p Platform, access: &'p Access, bindings: &Bindings) -> Option<Grant<'p>> {
    let trusted = |role, trust, description: String, origin| TrustedRole { role, trust, description, origin };
    let (roles, attached_to): (Vec<_>, &[_]) = match &access.principal {
        Principal::Github(role, github) => {
            let who = format!("GitHub Actions of {}", github::whose(github));
            (vec![trusted(role, github::trust(platform, github), who, access.span)], &[])
        }
        Principal::Gitlab(role, gitlab) => {
            let who = format!("GitLab CI of {}", gitlab.project.as_str());
            (vec![trusted(role, gitlab::trust(platform, gitlab), who, access.span)], &[])
        }
        Principal::Hcp(role, hcp) => {
            let who = format!("HCP Terraform runs of {}/{}", hcp.organization.as_str(), hcp.workspace.as_str());
            (vec![trusted(role, hcp::trust_of_entry(platform, hcp), who, access.span)], &[])
        }
        Principal::Irsa(irsa, roles) => {
            let trusted = |(role, account): &'p (Role, Spanned<ServiceAccount>)| {
                let who = format!("Pods of the service account {}", account.as_str());
                trusted(role, irsa::trust(platform, irsa, account), who, account.span)
            };
            (roles.iter().map(trusted).collect(), &[])
        }
        Principal::PodIdentity(pods, roles) => {
            let trusted = |(role, account): &'p (Role, Spanned<ServiceAccount>)| {
                let who = format!("Pods of the service account {}, by EKS Pod Identity", account.as_str());
                trusted(role, pod_identity::trust(platform, pods, account), who, account.span)
            };
            (roles.iter().map(trusted).collect(), &[])
        }
        Principal::AssumedBy(role, principals) => {
            let who = format!("Assumed by the principals of the access entry {}", access.name);
            (vec![trusted(role, assumed_by::trust(principals), who, access.span)], &[])
        }
        Principal::NodeRoles(roles) | Principal::Roles(roles) => (Vec::new(), roles),
        // Whoever is given the set gets the policy by a role that IAM Identity Center makes.
        Principal::PermissionSet(..) => (Vec::new(), &[]),
        Principal::Accounts(_) | Principal::Lambda(_) => return None,
    };
    let policy = permission::policy(access);
    let parts = split::parts(&policy, bindings);
    Some(Grant { access, policy, parts, roles, attached_to })
}
