//! `repositories.tf`: the repositories without individual settings, declared as one resource with `for_each`.

use super::{encryption_configuration, lifecycle_policy, moved, settings};
use crate::generate::expression::{Writer, variable_reference};
use crate::generate::place::Place;
use crate::generate::{Files, none, one, spaced};
use crate::iam::Document;
use crate::platform::Repository;
use crate::platform::repositories::set::RepositorySet;
use crate::platform::root_module::form::SET;
use crate::policies::Policies;
use crate::terraform::{Block, Expr, Name, Object, Template, Traversal};

/// The file, if the spec asks for a set.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(set) = &platform.root.set else { return none() };
    let writer = Writer::new(policies, Place::root(platform));
    let members: Vec<&Repository> = set.keys.iter().filter_map(|key| platform.repository(key)).collect();
    let mut body = spaced(resources(&writer, set, &members)).blank();
    body = body.comment("The state of a repository that had a separate file follows it into the set.");
    body.lines.extend(spaced(members.iter().flat_map(|repository| moved::blocks(policies, repository))).lines);
    one(writer.place.hcl("repositories.tf", body, set.span))
}

fn resources(writer: &Writer, set: &RepositorySet, members: &[&Repository]) -> Vec<Block> {
    // They differ in their keys and names only.
    let typical = members[0];
    let keys = match &set.variable {
        Some(variable) => variable_reference(variable.as_str()).into(),
        None => Expr::call("toset", [set.keys.iter().collect::<Vec<_>>()]),
    };
    let block = Block::resource("aws_ecr_repository", SET)
        .attr("for_each", keys)
        .blank()
        .attr("name", name(set))
        .origin(set.span);
    let mut blocks = vec![settings(writer, typical, encryption_configuration(&typical.encryption), block)];
    if let Some(lifecycle) = &typical.lifecycle {
        let block = Block::resource("aws_ecr_lifecycle_policy", SET)
            .attr("for_each", Traversal::new("aws_ecr_repository").attr(SET))
            .blank()
            .attr("repository", Traversal::new("each.value.name"))
            .attr("policy", lifecycle_policy::expression(lifecycle));
        blocks.push(block.origin(lifecycle.span));
    }
    blocks.extend(repository_policy(writer, members).map(|block| block.origin(set.span)));
    blocks
}

/// The name in AWS, with `each.key` where the key of the repository is.
fn name(set: &RepositorySet) -> Template {
    let mut parts = set.name.iter();
    let first = Template::new().text(parts.next().map_or("", String::as_str));
    parts.fold(first, |name, part| name.code(Traversal::new("each.key")).text(part))
}

/// The repository policies: one document for all, or a document for each repository that has one.
fn repository_policy(writer: &Writer, members: &[&Repository]) -> Option<Block> {
    let documents = members.iter().map(|member| (member.key.as_str(), writer.policies.of_repository(&member.key)));
    let documents: Vec<(&str, &Document)> = documents.filter_map(|(key, document)| Some((key, document?))).collect();
    let (_, first) = documents.first()?;
    let block = Block::resource("aws_ecr_repository_policy", SET);
    let all = Traversal::new("aws_ecr_repository").attr(Name::from(SET));
    if documents.len() == members.len() && documents.iter().all(|(_, document)| document == first) {
        let block = block.attr("for_each", all).blank().attr("repository", Traversal::new("each.value.name"));
        return Some(block.attr("policy", writer.policy(first)));
    }
    let each: Object = documents.iter().map(|(key, document)| (*key, writer.policy(document))).collect();
    let name = all.at(Traversal::new("each.key")).attr("name");
    Some(block.attr("for_each", each).blank().attr("repository", name).attr("policy", Traversal::new("each.value")))
}
