//! Resolved pipelines.

pub mod checks;
pub mod image;
mod misplaced;

use crate::diagnostic::Diagnostic;
use crate::language::Spec;
use crate::language::pipelines::Pipeline as Written;
use crate::platform::{Access, Scope};
use crate::source::Span;

pub use checks::Checks;
pub use image::Image;

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
    Image(Image),
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

/// Resolves the pipelines of a spec; those with errors are left out.
pub fn resolve(spec: &Spec, access: &[Access], scope: &Scope, faults: &mut Vec<Diagnostic>) -> Vec<Pipeline> {
    let known = image::Known { spec, access, scope };
    let mut pipelines = Vec::new();
    for (name, written) in spec.pipelines.iter().flat_map(|map| &map.entries) {
        let kind = match misplaced::keys(written) {
            misplaced if misplaced.is_empty() => kind(written, &known),
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
fn kind(written: &Written, known: &image::Known) -> Result<Option<Kind>, Vec<Diagnostic>> {
    match (&written.r#as, &written.checks) {
        (Some(name), _) => image::resolve(written, name, known).map(|image| image.map(Kind::Image)),
        (None, Some(what)) => {
            checks::resolve(written, what, known.spec.workspace.is_some()).map(|it| Some(Kind::Checks(it)))
        }
        (None, None) => unreachable!("the record has `as` or `checks`"),
    }
}
