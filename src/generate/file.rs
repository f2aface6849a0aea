//! A file before it is printed.

use std::collections::BTreeSet;

use crate::source::Span;
use crate::terraform::Body;
use crate::tree::RelPath;

/// A file of the output.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Its path below the output folder.
    pub path: RelPath,
    /// Its content.
    pub content: Content,
    /// The part of the spec that it is generated from.
    pub origin: Span,
}

/// The content of a file, without the header that every file gets.
#[derive(Clone, Debug)]
pub enum Content {
    /// Terraform.
    Hcl(Body),
    /// Anything else, from a template.
    Text(String),
}

impl Generated {
    /// The resource types in the file, data sources as `data.TYPE`. The registry module counts as the
    /// resources that it creates.
    pub fn resource_types(&self) -> BTreeSet<String> {
        let Content::Hcl(body) = &self.content else { return BTreeSet::new() };
        let mut types = BTreeSet::new();
        for block in body.blocks() {
            match (block.kind.as_str(), block.labels.first()) {
                ("resource", Some(kind)) => types.extend([kind.as_str().to_owned()]),
                ("data", Some(kind)) => types.extend([format!("data.{}", kind.as_str())]),
                ("module", _) => types.extend(MODULE_RESOURCES.map(str::to_owned)),
                _ => {}
            }
        }
        types
    }
}

/// The resources that terraform-aws-modules/ecr/aws creates from the inputs that ecrgen sets.
const MODULE_RESOURCES: [&str; 3] = ["aws_ecr_repository", "aws_ecr_lifecycle_policy", "aws_ecr_repository_policy"];
