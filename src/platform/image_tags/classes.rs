//! The classes of image tags of a platform, by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::decode::Map;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::image_tag::ImageTagClass;
use crate::platform::Scope;
use crate::platform::image_tags::class::Class;
use crate::source::{Span, Spanned};
use crate::value::ClassName;

/// The tags that cosign gives to signatures, attestations and SBOMs: `sha256-DIGEST.sig`, `.att` and `.sbom` (Sigstore
/// documentation, "Registry support"). Every platform has this class, unless it declares another one with this name.
pub static COSIGN: LazyLock<Class> = LazyLock::new(|| Class {
    name: "cosign".to_owned(),
    template: Spanned { value: "sha256-{any}".to_owned(), span: Span::default() },
    moving: None,
    branch: None,
    never_in: Vec::new(),
    span: Span::default(),
});

/// The most classes of a spec. Every rule of every repository is compared with each of them.
const MOST: usize = 100;

/// The classes of a platform.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    /// The classes that exist in this environment, in the order of the spec.
    pub here: Vec<Class>,
    /// Names of classes that exist only in other environments, or that have an error.
    elsewhere: Vec<String>,
    /// Whether the whole map has an error, so that no name can be reported as unknown.
    unknown: bool,
}

impl Classes {
    /// Resolves the classes of a spec. `broken` is true if `image_tags` itself could not be read.
    pub fn resolve(
        written: Option<&Map<ClassName, ImageTagClass>>,
        broken: bool,
        scope: &Scope,
        faults: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut classes = Classes { unknown: broken, ..Classes::default() };
        let Some(written) = written else { return classes };
        classes.elsewhere.clone_from(&written.broken);
        if let Some((name, _)) = written.entries.get(MOST) {
            let message =
                format!("the spec has {} classes of image tags, but at most {MOST} are allowed", written.entries.len());
            let fault = Diagnostic::new(&codes::TOO_LARGE, name.span, message).label("limit exceeded here");
            faults.push(fault.help("use `{service}` or `{any}` in a tag instead of many classes").at("image_tags"));
            classes.unknown = true;
            return classes;
        }
        for (name, class) in &written.entries {
            let path = format!("image_tags.{}", name.as_str());
            let taken = matches!(name.as_str(), "tagged" | "untagged" | "any" | "all");
            let taken = taken.then(|| {
                Diagnostic::new(
                    &codes::RESERVED_NAME,
                    name.span,
                    format!("`{}` is a reserved word and cannot be the name of a class", name.as_str()),
                )
                .help("choose another name: `tagged`, `untagged`, `any` and `all` have a fixed meaning in `retention`")
            });
            let fault = taken.or_else(|| Class::fault(&class.0));
            match Class::resolve(name, &class.0, scope) {
                Some(class) if fault.is_none() => classes.here.push(class),
                _ => classes.elsewhere.push(name.as_str().to_owned()),
            }
            faults.extend(fault.map(|fault| fault.at(path)));
        }
        faults.extend(classes.alike(scope));
        classes
    }

    /// The errors of classes with the same tags as an earlier one.
    fn alike(&self, scope: &Scope) -> Vec<Diagnostic> {
        let mut first = HashMap::new();
        let mut alike = Vec::new();
        for class in &self.here {
            let earlier: &Class = first.entry(class.any_service(scope)).or_insert(class);
            if earlier.name != class.name {
                let message = format!("classes `{}` and `{}` describe the same tags", earlier.name, class.name);
                let fault = Diagnostic::new(&codes::SAME_IMAGE_TAGS, class.template.span, message);
                let fault =
                    fault.and(earlier.template.span, "the other class").help("give one of them a prefix, or remove it");
                alike.push(fault.at(format!("image_tags.{}", class.name)));
            }
        }
        alike
    }

    /// The class with this name; `None` if it is known to be missing, because it belongs to other environments or has
    /// an error.
    ///
    /// # Errors
    /// The name is unknown.
    pub fn find(&self, name: &Spanned<ClassName>) -> Result<Option<&Class>, Diagnostic> {
        if let Some(class) = self.here.iter().find(|class| class.name == name.as_str()) {
            return Ok(Some(class));
        }
        if self.unknown || self.elsewhere.iter().any(|other| other == name.as_str()) {
            return Ok(None);
        }
        if name.as_str() == COSIGN.name {
            return Ok(Some(&COSIGN));
        }
        let names = self.here.iter().map(|class| class.name.as_str()).chain(["tagged", "untagged", "any"]);
        let message = format!("image tag class `{}` does not exist", name.as_str());
        let fault = Diagnostic::new(&codes::UNKNOWN_TAG_CLASS, name.span, message);
        Err(fault.did_you_mean(name.span, name.as_str(), names, "image tag classes"))
    }
}
