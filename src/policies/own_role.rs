//! Roles that the output creates, as ARNs that the spec writes out.
//!
//! AWS rejects a policy whose principal does not exist yet, so a principal that is a role of this output becomes a reference:
//! Terraform then creates the role first.

use super::Phase;
use super::bindings::partition;
use crate::iam::{Element, Principal, Statement, Text};
use crate::platform::access::Role;
use crate::platform::{Access, Platform};
use crate::principals::ArnReference;

/// The reference to a role that the output creates.
pub fn reference(access: &Access, role: &Role) -> ArnReference {
    let account = role.account.as_ref().map(|account| format!("/{}", account.as_str()));
    ArnReference::Role(access.name.clone() + &account.unwrap_or_default())
}

/// Replaces the ARNs of roles that the output creates with references, among the principals of a statement. `is_allowed` leaves
/// out the roles of entries that refer to other roles themselves, where Terraform would find a cycle. Returns the references to
/// roles of EKS Pod Identity.
pub(super) fn refer(platform: &Platform, statement: &mut Statement, is_allowed: impl Fn(&Access) -> bool) -> Vec<Text> {
    let mut pods = Vec::new();
    let Some(start) = start(platform) else { return pods };
    let Some(Element::Only(Principal::Listed(lists)) | Element::AllExcept(Principal::Listed(lists))) =
        &mut statement.principal
    else {
        return pods;
    };
    let start = start + &platform.iam.path;
    for name in lists.values_mut().flatten() {
        let role = name.as_literal().and_then(|arn| arn.strip_prefix(&start)).and_then(|role| named(platform, role));
        if let Some((access, role)) = role.filter(|(access, _)| is_allowed(access)) {
            *name = reference(access, role).arn();
            pods.extend(access.associated().map(|_| name.clone()));
        }
    }
    pods
}

/// The ARN of the role of this platform that the text names with a wrong path or in the wrong case.
pub fn misplaced(platform: &Platform, text: &str) -> Option<String> {
    let start = start(platform)?;
    let resource = text.strip_prefix(&start).filter(|path| !path.contains(['*', '?', '$']))?;
    let (_, written) = resource.rsplit_once('/')?;
    let of_entry = platform.access.iter().flat_map(|access| &access.roles).map(|role| role.name.as_str());
    let of_entry = of_entry.map(|name| (platform.iam.path.clone(), name.to_owned()));
    let phases = platform.workspace.iter().flat_map(|_| Phase::ALL);
    let runs = phases.map(|phase| (platform.iam.bootstrap_path(), platform.scope.run_name(phase.as_str())));
    let (path, name) = of_entry.chain(runs).find(|(_, name)| name.eq_ignore_ascii_case(written))?;
    let right = format!("{start}{path}{name}");
    (right != text).then_some(right)
}

/// The beginning of the ARNs of all roles of the account, if the spec names it.
fn start(platform: &Platform) -> Option<String> {
    let account = platform.scope.account.as_deref()?;
    Some(format!("arn:{}:iam::{account}:role", partition(&platform.region).0))
}

fn named<'p>(platform: &'p Platform, name: &str) -> Option<(&'p Access, &'p Role)> {
    let roles = platform.access.iter().flat_map(|access| access.roles.iter().map(move |role| (access, role)));
    roles.into_iter().find(|(_, role)| role.name == name)
}
