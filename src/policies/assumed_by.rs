//! Trust in principals by ARN.

use crate::iam::{Action, Document, Principal, Statement};
use crate::policies::permission::sid;
use crate::policies::reference;
use crate::source::Spanned;
use crate::value::{OrVariable, PrincipalArn};

/// Who may assume the role.
pub fn trust(principals: &[Spanned<OrVariable<PrincipalArn>>]) -> Document {
    let arns = principals.iter().map(|principal| reference::text(&principal.value));
    Document::new([Statement::allow([Action::named("sts:AssumeRole")]).sid(sid("Principals")).by(Principal::aws(arns))])
}
