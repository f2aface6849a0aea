//! `access_<name>.tf`: a permission policy and the roles it is attached to.

mod permission_set;
mod pod_identity;

use crate::generate::expression::{Writer, given};
use crate::generate::file::Generated;
use crate::generate::moved::with_moved;
use crate::generate::place::Place;
use crate::generate::{Files, spaced};
use crate::iam::Document;
use crate::platform::Label;
use crate::policies::{Grant, Policies, PolicyPart, TrustedRole, arns, boundary};
use crate::source::{Span, Spanned};
use crate::terraform::{Block, Expr, Name, Traversal};
use crate::value::{OrVariable, RoleRef};

/// One file per access entry.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let writer = Writer::new(policies, Place::root(policies.platform));
    Files::Made(policies.grants.iter().map(|grant| file(&writer, grant)).collect())
}

fn file(writer: &Writer, grant: &Grant) -> Generated {
    let entry = grant.access;
    let blocks = with_moved(writer, |writer| blocks(writer, grant));
    writer.place.hcl(&format!("access_{}.tf", entry.label), spaced(blocks), entry.span)
}

fn blocks(writer: &Writer, grant: &Grant) -> Vec<Block> {
    let entry = grant.access;
    let mut blocks: Vec<Block> = grant.roles.iter().map(|role| self::role(writer, role)).collect();
    if !entry.is_protected {
        blocks.extend(permission_policies(writer, grant, &writer.policies.platform.iam.path));
    }
    let mut attach = |role_label: &str, role: Expr, origin: Span| {
        let attachments = match entry.is_protected {
            true => protected_attachments(writer, role_label, role, &grant.parts),
            false => attachments(role_label, role, entry.label.as_str(), &grant.parts),
        };
        blocks.extend(attachments.into_iter().map(|block| block.origin(origin)));
    };
    for role in &grant.roles {
        let label = role.role.label.spelled(writer.spelling);
        let role_name = Traversal::new("aws_iam_role").attr(writer.name(&role.role.label)).attr("name");
        attach(label, role_name.into(), role.origin);
    }
    for (i, role) in grant.attached_to.iter().enumerate() {
        let label = entry.label.as_str();
        let label = match grant.attached_to {
            [_] => label.to_owned(),
            _ => format!("{label}__{}", attached_role(i, role).spelled(writer.spelling)),
        };
        attach(&label, role_name(role), role.span);
    }
    blocks.extend(pod_identity::associations(writer, entry));
    blocks.extend(permission_set::blocks(writer, grant));
    blocks
}

/// The permission policy of an entry, as managed policies on a path.
pub fn permission_policies(writer: &Writer, grant: &Grant, path: &str) -> Vec<Block> {
    let entry = grant.access;
    let description = format!("Permissions of the access entry {}", entry.name);
    let policies = grant.parts.iter().map(|part| {
        let label = part.label(entry.label.as_str());
        let document = &writer.policies.documents[part.policy];
        policy(writer, label, &document.owners[0], path, &description, &document.document).origin(entry.span)
    });
    policies.collect()
}

/// The parts of a permission policy of the bootstrap module, each attached to the role.
fn protected_attachments(writer: &Writer, role_label: &str, role: Expr, parts: &[PolicyPart]) -> Vec<Block> {
    let attachments = parts.iter().map(|part| {
        let arn =
            arns::of_protected_policy(writer.policies.platform, &writer.policies.documents[part.policy].owners[0]);
        Block::resource("aws_iam_role_policy_attachment", Name::from(part.label(role_label)))
            .attr("role", role.clone())
            .attr("policy_arn", writer.text(&arn))
    });
    attachments.collect()
}

/// A managed policy.
pub fn policy(writer: &Writer, label: String, name: &str, path: &str, description: &str, document: &Document) -> Block {
    Block::resource("aws_iam_policy", Name::from(label))
        .attr("name", name)
        .attr("path", path)
        .attr("description", description)
        .attr("policy", writer.policy(document))
        .blank()
        .attr("tags", writer.place.tags())
}

/// The parts of a permission policy, each attached to the role.
pub fn attachments(role_label: &str, role: Expr, policy_label: &str, parts: &[PolicyPart]) -> Vec<Block> {
    let attachments = parts.iter().map(|part| {
        let arn = Traversal::new("aws_iam_policy").attr(Name::from(part.label(policy_label))).attr("arn");
        Block::resource("aws_iam_role_policy_attachment", Name::from(part.label(role_label)))
            .attr("role", role.clone())
            .attr("policy_arn", arn)
    });
    attachments.collect()
}

/// A role with its trust policy.
pub fn role(writer: &Writer, trusted: &TrustedRole) -> Block {
    let mut block = Block::resource("aws_iam_role", writer.name(&trusted.role.label))
        .attr("name", &trusted.role.name)
        .attr("path", &writer.policies.platform.iam.path)
        .attr("description", &trusted.description)
        .attr("assume_role_policy", writer.policy(writer.policies.document(trusted.trust)));
    if let Some(seconds) = trusted.role.max_session_duration {
        block = block.attr("max_session_duration", seconds);
    }
    if let Some(arn) = boundary::arn(writer.policies.platform) {
        block = block.attr("permissions_boundary", writer.text(&arn));
    }
    block.blank().attr("tags", writer.place.tags()).origin(trusted.origin)
}

/// The name of an existing role. Specs give names or ARNs, and a role's name is the last part of its ARN.
fn role_name(role: &Spanned<OrVariable<RoleRef>>) -> Expr {
    match &role.value {
        OrVariable::Literal(role) => role.name().into(),
        OrVariable::Variable(_) | OrVariable::Reference(_) => {
            Expr::call("basename", [given(&role.value, |role| role.as_str().into())])
        }
    }
}

/// What distinguishes the attachments of an entry with several roles: the role's name if it is known.
fn attached_role(index: usize, role: &Spanned<OrVariable<RoleRef>>) -> Label {
    let what = match &role.value {
        OrVariable::Literal(role) => role.name().to_owned(),
        // Role names have no slashes, so these never equal one.
        OrVariable::Variable(variable) => format!("var/{}", variable.name.as_str()),
        OrVariable::Reference(_) => format!("ref/{index}"),
    };
    Label::of(&what)
}
