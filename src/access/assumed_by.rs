//! Trust in principals by ARN.

use crate::access::permission::sid;
use crate::access::thing;
use crate::iam::{Action, Document, Principal, Statement};
use crate::spec::decode::Spanned;
use crate::spec::given::Given;
use crate::spec::text::PrincipalArn;

/// Who may assume the role.
pub fn trust(principals: &[Spanned<Given<PrincipalArn>>]) -> Document {
    let arns = principals.iter().map(|principal| thing::text(&principal.value));
    Document::new([Statement::allow([Action::named("sts:AssumeRole")]).sid(sid("Principals")).by(Principal::aws(arns))])
}
