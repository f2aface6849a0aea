//! A class of image tags, and the patterns by which AWS knows its tags.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::image_tag::ImageTag;
use crate::platform::Scope;
use crate::platform::naming::template::{Piece, pieces};
use crate::source::{Span, Spanned};
use crate::value::ClassName;

/// A class of image tags that exists in this environment.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// What its tags look like.
    pub template: String,
    /// Whether its tags may move, where that differs from the repository.
    pub moving: Option<Spanned<bool>>,
    /// Where its name is written.
    pub span: Span,
}

/// What stands for `{service}` in a pattern.
#[derive(Clone, Copy, Debug)]
pub enum Services<'s> {
    /// This service, by name.
    One(&'s str),
    /// Any of them: a wildcard.
    Any,
}

impl Class {
    /// A class as the spec writes it; `None` where it does not exist in this environment.
    pub fn resolve(name: &Spanned<ClassName>, written: &ImageTag, scope: &Scope) -> Option<Self> {
        let never_here = written.never_in.iter().flatten().any(|environment| environment.as_str() == scope.environment);
        (!never_here).then(|| Class {
            name: name.as_str().to_owned(),
            template: written.tag.as_str().to_owned(),
            moving: written.moving.clone(),
            span: name.span,
        })
    }

    /// The pattern of ECR that matches every tag of the class, and sometimes more: each placeholder
    /// whose value differs from image to image becomes one `*`, neighbors merge.
    pub fn pattern(&self, services: Services, scope: &Scope) -> String {
        let mut pattern = String::new();
        for piece in pieces(&self.template) {
            match (piece, services) {
                (Piece::Literal(text), _) => pattern.push_str(text),
                (Piece::Placeholder("environment"), _) => pattern.push_str(&scope.environment),
                (Piece::Placeholder("service"), Services::One(service)) => pattern.push_str(service),
                (Piece::Placeholder(_), _) if pattern.ends_with('*') => {}
                (Piece::Placeholder(_), _) => pattern.push('*'),
            }
        }
        pattern
    }

    /// Whether every tag of the class begins with its service and a hyphen.
    pub fn begins_with_service(&self) -> bool {
        self.template.starts_with("{service}-")
    }

    /// Faults of the tag's form (OCI distribution spec, "Pulling manifests": a tag begins with a letter,
    /// a digit or `_`, and has 128 characters at most).
    pub fn fault(written: &ImageTag) -> Option<Diagnostic> {
        let template = written.tag.as_str();
        let fault = |message: String| Diagnostic::new(&codes::BAD_IMAGE_TAG, written.tag.span, message);
        if template.starts_with(['.', '-']) {
            return Some(
                fault(format!("a tag cannot begin with `{}`", &template[..1]))
                    .help("begin with a letter, a digit or `_`"),
            );
        }
        let fixed: usize =
            pieces(template).map(|piece| if let Piece::Literal(text) = piece { text.len() } else { 0 }).sum();
        (fixed > 128)
            .then(|| fault(format!("a tag has 128 characters at most, and the fixed part of this one has {fixed}")))
    }
}
