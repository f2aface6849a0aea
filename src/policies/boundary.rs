//! The permissions boundary: the most that the roles made here can ever do.
//!
//! Whoever may write policies and attach them may grant himself everything. The apply role of the workspace may, so
//! the roles it makes have a boundary that it cannot change (IAM user guide, "Permissions boundaries for IAM
//! entities"): whatever stands in their policies, they can do no more than this.

use std::collections::BTreeSet;

use super::arns;
use super::permission::{actions, granting};
use crate::iam::{Action, Bindings, Document, PolicyKind, Text, Verb, arn};
use crate::platform::Platform;
use crate::platform::access::iam::Boundary;
use crate::principals::text;

/// The boundary's ARN, if the roles made here have one.
pub fn arn(platform: &Platform) -> Option<Text> {
    Some(match platform.iam.boundary.as_ref()? {
        Boundary::Made(name) => arn::iam(&format!("policy{}{name}", platform.iam.bootstrap_path())),
        Boundary::Existing(arn) => text(arn),
    })
}

/// A boundary for this platform: what any verb, and each action that an entry names, can do on its repositories.
///
/// It does not depend on who holds which verb, so that an administrator has to apply it again only when repositories
/// come and go. A role has one boundary and that cannot be divided: where the repositories are too many for one policy,
/// the common beginning of their names stands for them.
pub(super) fn policy(platform: &Platform, bindings: &Bindings) -> Document {
    let exact = document(platform, arns::repositories(platform));
    if PolicyKind::Managed.fits(&exact, bindings) {
        return exact;
    }
    let names = platform.repositories.iter().map(|repository| repository.name.as_str());
    let beginning = names.reduce(common_beginning).unwrap_or_default();
    document(platform, vec![arns::repository(platform, &format!("{beginning}*"))])
}

fn document(platform: &Platform, repositories: Vec<Text>) -> Document {
    let verbs = Verb::ALL.into_iter().flat_map(Verb::actions);
    let named = platform.access.iter().filter(|access| !access.roles.is_empty()).flat_map(actions);
    let login = Action::named("ecr:GetAuthorizationToken");
    let all: BTreeSet<&'static Action> = verbs.chain(named).chain([login]).collect();
    granting(all, repositories)
}

fn common_beginning<'n>(one: &'n str, other: &str) -> &'n str {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    &one[..same]
}
