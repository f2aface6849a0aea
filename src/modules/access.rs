//! `access_<name>.tf`: a permission policy, and the roles that have it.

use super::expr::{Writer, given};
use super::file::Generated;
use super::place::Place;
use super::variables::apart;
use super::{Files, pod_identity};
use crate::access::{Grant, TrustedRole, boundary, grants};
use crate::platform::Platform;
use crate::spec::decode::Spanned;
use crate::spec::given::Given;
use crate::spec::text::RoleRef;
use crate::terraform::{Block, Expr, Name, Traversal};

/// A file an access entry.
pub fn files(platform: &Platform) -> Files<'_> {
    let writer = Writer { platform, place: Place::root(platform) };
    Box::new(grants(platform).map(move |grant| file(&writer, &grant)))
}

fn file(writer: &Writer, grant: &Grant) -> Generated {
    let label = Name::from(grant.access.label.as_str().to_owned());
    let mut blocks: Vec<Block> = grant.roles.iter().map(|role| self::role(writer, role)).collect();
    let policy = Block::resource("aws_iam_policy", label.clone())
        .attr("name", &grant.access.policy_name)
        .attr("path", &writer.platform.iam.path)
        .attr("description", format!("What the access entry {} can do", grant.access.name))
        .attr("policy", writer.policy(&grant.policy))
        .blank()
        .attr("tags", writer.place.tags())
        .origin(grant.access.span);
    blocks.push(policy);
    let arn = Traversal::new("aws_iam_policy").attr(label.clone()).attr("arn");
    for role in &grant.roles {
        let name = Name::from(role.role.label.as_str().to_owned());
        let role_name = Traversal::new("aws_iam_role").attr(name.clone()).attr("name");
        blocks.push(attachment(name, role_name.into(), &arn).origin(role.origin));
    }
    for (i, role) in grant.attached_to.iter().enumerate() {
        let name = if grant.attached_to.len() == 1 { label.clone() } else { numbered(&label, i, role) };
        blocks.push(attachment(name, role_name(role), &arn).origin(role.span));
    }
    blocks.extend(pod_identity::associations(writer, grant.access));
    writer.place.hcl(&format!("access_{}.tf", grant.access.label), apart(blocks), grant.access.span)
}

/// A role with its trust policy.
pub fn role(writer: &Writer, trusted: &TrustedRole) -> Block {
    let mut block = Block::resource("aws_iam_role", Name::from(trusted.role.label.as_str().to_owned()))
        .attr("name", &trusted.role.name)
        .attr("path", &writer.platform.iam.path)
        .attr("description", &trusted.description)
        .attr("assume_role_policy", writer.policy(&trusted.trust));
    if let Some(seconds) = trusted.role.max_session_duration {
        block = block.attr("max_session_duration", seconds);
    }
    if let Some(arn) = boundary::arn(writer.platform) {
        block = block.attr("permissions_boundary", writer.text(&arn));
    }
    block.blank().attr("tags", writer.place.tags()).origin(trusted.origin)
}

/// The policy on a role.
pub fn attachment(name: Name, role: Expr, policy_arn: &Traversal) -> Block {
    Block::resource("aws_iam_role_policy_attachment", name).attr("role", role).attr("policy_arn", policy_arn)
}

/// The name of a role that is there. People have names or ARNs, and a role's name is the last part of its ARN.
fn role_name(role: &Spanned<Given<RoleRef>>) -> Expr {
    match &role.value {
        Given::Literal(role) => role.name().into(),
        Given::Variable(_) => Expr::call("basename", [given(&role.value, |role| role.as_str().into())]),
        Given::Reference(_) => given(&role.value, |role| role.as_str().into()),
    }
}

/// Names for the attachments of an entry with several roles: by the role where its name is known.
fn numbered(label: &Name, index: usize, role: &Spanned<Given<RoleRef>>) -> Name {
    let what = match &role.value {
        Given::Literal(role) => role.name().to_owned(),
        // No role's name has a slash, so these never meet one.
        Given::Variable(variable) => format!("var/{}", variable.name.as_str()),
        Given::Reference(_) => format!("ref/{index}"),
    };
    Name::from(format!("{}__{}", label.as_str(), crate::platform::Label::of(&what)))
}
