//! Resolved pipelines.

pub mod backstage;
pub mod checks;
pub mod image;
mod misplaced;
pub mod refs;
mod secret;

use crate::diagnostic::{Diagnostic, codes};
use crate::language::Spec;
use crate::language::pipelines::Pipeline as Written;
use crate::platform::{Access, Classes, Scope, Template};
use crate::source::{Span, Spanned};
use crate::value::PipelineName;

pub use backstage::Backstage;
pub use checks::Checks;
pub use image::Image;
pub use refs::Refs;

/// A pipeline.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Its name.
    pub name: String,
    /// Where its name is written.
    pub span: Span,
    /// What it does.
    pub kind: Kind,
}

/// What a pipeline does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It checks pull requests of the infrastructure repository.
    Checks(Checks),
    /// It builds images and pushes them.
    Image(Box<Image>),
}

impl Pipeline {
    /// What it checks, if it does.
    pub fn checks(&self) -> Option<&Checks> {
        match &self.kind {
            Kind::Checks(checks) => Some(checks),
            Kind::Image(_) => None,
        }
    }
}

/// The parts of a platform that pipelines refer to.
pub struct Known<'k> {
    /// The spec.
    pub spec: &'k Spec,
    /// The access entries without errors.
    pub access: &'k [Access],
    /// The templates of repositories without errors.
    pub templates: &'k [Template],
    /// The classes of image tags.
    pub classes: &'k Classes,
    /// The values that names are built from.
    pub scope: &'k Scope,
}

impl Known<'_> {
    /// Whether a template of repositories has errors.
    fn has_broken_templates(&self) -> bool {
        let written = self.spec.repository_templates.iter().flat_map(|map| map.names());
        let is_resolved = |prefix: &str| self.templates.iter().any(|template| template.prefix() == prefix);
        self.scope.unreadable.templates || !written.into_iter().all(is_resolved)
    }
}

/// Resolves the pipelines of a spec; those with errors are left out.
pub fn resolve(known: &Known, faults: &mut Vec<Diagnostic>) -> Vec<Pipeline> {
    let mut pipelines = Vec::new();
    for (name, written) in known.spec.pipelines.iter().flat_map(|map| &map.entries) {
        let kind = match misplaced::keys(written) {
            misplaced if misplaced.is_empty() => kind(name, written, known),
            misplaced => Err(misplaced),
        };
        match kind {
            Ok(kind) => {
                pipelines.extend(kind.map(|kind| Pipeline { name: name.as_str().to_owned(), span: name.span, kind }))
            }
            Err(found) => faults.extend(found.into_iter().map(|fault| {
                let path = format!("pipelines.{}.{}", name.as_str(), fault.path);
                fault.at(path)
            })),
        }
    }
    pipelines
}

/// What a pipeline does; `None` if it refers to something that has errors.
fn kind(name: &Spanned<PipelineName>, written: &Written, known: &Known) -> Result<Option<Kind>, Vec<Diagnostic>> {
    match (&written.r#as, &written.checks) {
        (Some(access), _) => {
            image::resolve(name, written, access, known).map(|image| image.map(|image| Kind::Image(Box::new(image))))
        }
        (None, Some(what)) => {
            checks::resolve(written, what, known.spec.workspace.is_some()).map(|it| Some(Kind::Checks(it)))
        }
        (None, None) => unreachable!("the record has `as` or `checks`"),
    }
}

fn bad(span: Span, message: impl Into<String>, help: &str, path: &str) -> Diagnostic {
    Diagnostic::new(&codes::BAD_PIPELINE, span, message.into()).help(help).at(path)
}
