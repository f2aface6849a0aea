//! `role_plan.tf` and `role_apply.tf`: the roles of the workspace's runs.

use std::collections::BTreeSet;

use crate::generate::expression::{Writer, given};
use crate::generate::file::Generated;
use crate::generate::place::Place;
use crate::generate::{Files, none, root, spaced};
use crate::platform::{Label, Workspace};
use crate::policies::{Phase, Policies, Run};
use crate::terraform::{Block, Name, Traversal};
use crate::value::OrVariable;

/// One file per phase.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let Some(workspace) = &policies.platform.workspace else { return none() };
    let writer = Writer::new(policies, Place::workspace(policies.platform));
    Files::Made(policies.runs.iter().map(|run| file(&writer, workspace, run)).collect())
}

/// The role of a phase. Its path is outside the path it manages, so no run can change its own permissions.
fn file(writer: &Writer, workspace: &Workspace, run: &Run) -> Generated {
    let policies = writer.policies;
    let label = run.phase.as_str();
    let path = policies.platform.iam.bootstrap_path();
    let purpose = match run.phase {
        Phase::Plan => "Read the resources that the workspace manages",
        Phase::Apply => "Manage the resources of the workspace",
    };
    let role = Block::resource("aws_iam_role", label)
        .attr("name", &run.name)
        .attr("path", &path)
        .attr("description", format!("Role for {label} runs of the HCP Terraform workspace {}", workspace.name))
        .attr("assume_role_policy", writer.policy(policies.document(run.trust)))
        .blank()
        .attr("tags", writer.place.tags());
    let mut blocks = vec![role];
    blocks.extend(run.parts.iter().map(|part| {
        let policy = &policies.documents[part.policy];
        root::policy(writer, part.label(label), &policy.owners[0], &path, purpose, &policy.document)
    }));
    let role_name = Traversal::new("aws_iam_role").attr(label).attr("name");
    blocks.extend(root::attachments(label, role_name.into(), label, &run.parts));
    blocks.extend(existing(run));
    let blocks = blocks.into_iter().map(|block| block.origin(workspace.span));
    writer.place.hcl(&format!("role_{label}.tf"), spaced(blocks), workspace.span)
}

/// The attachments of the existing policies that the spec names. Their labels come from the names, so that another order in the
/// spec detaches nothing.
fn existing(run: &Run) -> Vec<Block> {
    let phase = run.phase.as_str();
    let mut labels = BTreeSet::new();
    let attachments = run.existing.iter().map(|policy| {
        let name = match &policy.value {
            OrVariable::Literal(arn) => arn.name(),
            OrVariable::Variable(variable) => variable.name.as_str(),
            OrVariable::Reference(reference) => reference.as_str(),
        };
        let label = format!("{phase}_{}", Label::of(name));
        let numbered = (2..).map(|number| format!("{label}-{number}"));
        let mut candidates = std::iter::once(label.clone()).chain(numbered);
        let label = candidates.find(|label| labels.insert(label.clone())).expect("there are more numbers than labels");
        Block::resource("aws_iam_role_policy_attachment", Name::from(label))
            .attr("role", Traversal::new("aws_iam_role").attr(phase).attr("name"))
            .attr("policy_arn", given(&policy.value, |arn| arn.as_str().into()))
    });
    attachments.collect()
}
