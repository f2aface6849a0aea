//! A class of image tags, and the patterns that match its tags in AWS.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::image_tag::ImageTag;
use crate::platform::Scope;
use crate::platform::naming::template::{Piece, pieces};
use crate::source::{Span, Spanned};
use crate::value::{ClassName, GitRef};

/// A class of image tags that exists in this environment.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// The template of its tags.
    pub template: Spanned<String>,
    /// Whether its tags can be moved, if this differs from the repository.
    pub moving: Option<Spanned<bool>>,
    /// The branches whose builds get its tags: a pattern with `*` and `?`.
    pub branch: Option<Spanned<GitRef>>,
    /// The environments in which it does not exist, also those that the spec does not have.
    pub never_in: Vec<String>,
    /// Where its name is written.
    pub span: Span,
}

/// The value of `{service}` in a pattern.
#[derive(Clone, Copy, Debug)]
pub enum Services<'s> {
    /// The service with this name.
    One(&'s str),
    /// Any service: a wildcard.
    Any,
}

impl Class {
    /// Resolves a class; `None` if it does not exist in this environment.
    pub fn resolve(name: &Spanned<ClassName>, written: &ImageTag, scope: &Scope) -> Option<Self> {
        let never_in = written.never_in.iter().flatten().map(|environment| environment.as_str().to_owned());
        let never_in: Vec<String> = never_in.collect();
        (!never_in.contains(&scope.environment)).then(|| Class {
            name: name.as_str().to_owned(),
            template: Spanned { value: written.tag.as_str().to_owned(), span: written.tag.span },
            moving: written.moving.clone(),
            branch: written.branch.clone(),
            never_in,
            span: name.span,
        })
    }

    /// The ECR pattern that matches every tag of the class, and possibly others. Each placeholder whose value differs
    /// from image to image becomes one `*`; adjacent ones are merged.
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

    /// Whether the tags of the class contain their service.
    pub fn names_service(&self) -> bool {
        pieces(&self.template).any(|piece| matches!(piece, Piece::Placeholder("service")))
    }

    /// Whether all images of a service have the same tag.
    pub fn is_constant(&self) -> bool {
        !pieces(&self.template)
            .any(|piece| matches!(piece, Piece::Placeholder(name) if name != "service" && name != "environment"))
    }

    /// Whether every tag of the class begins with its service and a hyphen.
    pub fn begins_with_service(&self) -> bool {
        self.template.starts_with("{service}-")
    }

    /// The error in the form of the tag, if any (OCI distribution spec, "Pulling manifests": a tag begins with
    /// a letter, a digit or `_`, and has at most 128 characters).
    pub fn fault(written: &ImageTag) -> Option<Diagnostic> {
        let template = written.tag.as_str();
        let fault = |message: String| Diagnostic::new(&codes::BAD_IMAGE_TAG, written.tag.span, message);
        if template.starts_with(['.', '-']) {
            return Some(
                fault(format!("an image tag cannot begin with `{}`", &template[..1]))
                    .help("write a letter, a digit or `_` as the first character"),
            );
        }
        let fixed: usize =
            pieces(template).map(|piece| if let Piece::Literal(text) = piece { text.len() } else { 0 }).sum();
        (fixed > 128).then(|| {
            fault(format!(
                "this image tag is too long: its fixed part has {fixed} characters, but a tag can have at most 128"
            ))
        })
    }
}
