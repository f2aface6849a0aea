//! Trust in principals by ARN.

use crate::access::Thing;
use crate::access::permission::sid;
use crate::iam::{Action, Document, Principal, Statement, Text};
use crate::spec::decode::Spanned;
use crate::spec::given::Given;
use crate::spec::text::PrincipalArn;

/// Who may assume the role.
pub fn trust(principals: &[Spanned<Given<PrincipalArn>>]) -> Document {
    let arns = principals.iter().map(|principal| match &principal.value {
        Given::Literal(arn) => Text::from(arn.as_str()),
        Given::Variable(variable) => Thing::Variable(variable.name.as_str().to_owned()).arn(),
        Given::Reference(reference) => Thing::Reference(reference.as_str().to_owned()).arn(),
    });
    Document::new([Statement::allow([Action::named("sts:AssumeRole")]).sid(sid("Principals")).by(Principal::aws(arns))])
}
