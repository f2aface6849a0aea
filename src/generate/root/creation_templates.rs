//! `creation_templates.tf`: the settings of repositories that ECR creates itself, and the role that it creates them with.

use super::access;
use super::repository::{encryption_configuration, exclusion_filters, lifecycle_policy, tags};
use crate::generate::expression::Writer;
use crate::generate::moved::with_moved;
use crate::generate::place::Place;
use crate::generate::{Files, none, one, spaced};
use crate::platform::Template;
use crate::policies::{Policies, ServiceGrant, TrustedRole};
use crate::terraform::{Block, List, Name, Traversal};

/// The file, if the spec has templates.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(first) = platform.templates.first() else { return none() };
    let writer = Writer::new(policies, Place::root(platform));
    let blocks = with_moved(&writer, |writer| {
        let templates = platform.templates.iter().map(|template| self::template(writer, template));
        let role = policies.template_role.iter().flat_map(|grant| {
            let description = "Lets ECR create repositories with tags or KMS keys, from creation templates";
            service_role(writer, grant, description)
        });
        templates.chain(role).collect()
    });
    one(writer.place.hcl("creation_templates.tf", spaced(blocks), first.created.span))
}

fn template(writer: &Writer, template: &Template) -> Block {
    let platform = writer.policies.platform;
    let created = &template.created;
    let occasions: List = template.created_by.iter().map(|occasion| occasion.value.applied_for()).collect();
    let mut block = Block::resource("aws_ecr_repository_creation_template", writer.name(&created.label))
        .origin(created.span)
        .attr("prefix", template.prefix())
        .attr("applied_for", occasions)
        .attr("image_tag_mutability", created.mutability.as_str());
    let role = writer.policies.template_role.as_ref().filter(|_| template.needs_role(&platform.resource_tags));
    if let Some(grant) = role {
        block = block.attr("custom_role_arn", role_attribute(writer, grant, "arn"));
    }
    block = exclusion_filters(&created.mutability, block);
    if let Some(configuration) = encryption_configuration(&created.encryption) {
        block = block.blank().block(configuration);
    }
    if let Some(lifecycle) = &created.lifecycle {
        let policy = lifecycle_policy::expression(lifecycle);
        block = block.blank().attr_from(lifecycle.span, "lifecycle_policy", policy);
    }
    if let Some(document) = writer.policies.of_repository(&created.key) {
        block = block.blank().attr("repository_policy", writer.policy(document));
    }
    if !platform.resource_tags.is_empty() || !created.resource_tags.value.is_empty() {
        let tags = tags(writer, &created.resource_tags.value);
        block = block.blank().attr_from(created.resource_tags.span, "resource_tags", tags);
    }
    block
}

/// A role that ECR assumes, with its policies.
pub(super) fn service_role(writer: &Writer, grant: &ServiceGrant, description: &str) -> Vec<Block> {
    let ServiceGrant { role, trust, parts } = grant;
    let label = role.role.label.spelled(writer.spelling);
    let trusted =
        TrustedRole { role: &role.role, trust: *trust, description: description.to_owned(), origin: role.span };
    let mut blocks = vec![access::role(writer, &trusted)];
    let path = &writer.policies.platform.iam.path;
    blocks.extend(parts.iter().map(|part| {
        let name = &writer.policies.documents[part.policy].owners[0];
        access::policy(writer, part.label(label), name, path, description, writer.policies.document(part.policy))
    }));
    blocks.extend(access::attachments(label, role_attribute(writer, grant, "name").into(), label, parts));
    blocks.into_iter().map(|block| block.origin(role.span)).collect()
}

/// An attribute of a role that ECR assumes.
pub(super) fn role_attribute(writer: &Writer, grant: &ServiceGrant, attribute: &'static str) -> Traversal {
    let name: Name = writer.name(&grant.role.role.label);
    Traversal::new("aws_iam_role").attr(name).attr(attribute)
}
