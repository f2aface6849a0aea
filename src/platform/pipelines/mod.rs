//! Resolved pipelines.

pub mod checks;

use crate::diagnostic::Diagnostic;
use crate::language::Spec;
use crate::source::Span;

pub use checks::Checks;

/// A pipeline.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Its name.
    pub name: String,
    /// Where its name is written.
    pub span: Span,
    /// What it checks.
    pub checks: Checks,
}

/// Resolves the pipelines of a spec; those with errors are left out.
pub fn resolve(spec: &Spec, faults: &mut Vec<Diagnostic>) -> Vec<Pipeline> {
    let mut pipelines = Vec::new();
    for (name, written) in spec.pipelines.iter().flat_map(|map| &map.entries) {
        let path = format!("pipelines.{}", name.as_str());
        match checks::resolve(written, spec.workspace.is_some()) {
            Ok(checks) => pipelines.push(Pipeline { name: name.as_str().to_owned(), span: name.span, checks }),
            Err(found) => faults.extend(found.into_iter().map(|fault| {
                let path = if fault.path.is_empty() { path.clone() } else { format!("{path}.{}", fault.path) };
                fault.at(path)
            })),
        }
    }
    pipelines
}
