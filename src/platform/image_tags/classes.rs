//! The classes of image tags of a platform, by name.

use crate::decode::Map;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::image_tag::ImageTagClass;
use crate::platform::Scope;
use crate::platform::image_tags::class::Class;
use crate::source::Spanned;
use crate::value::ClassName;

/// Which classes there are.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    /// The classes that exist in this environment, in the order of the spec.
    pub here: Vec<Class>,
    /// Names that the spec writes but that have no class here: they exist in other environments only, or had a fault.
    elsewhere: Vec<String>,
    /// The whole map had a fault, so no name can be called unknown.
    unknown: bool,
}

impl Classes {
    /// The classes a spec writes; `broken` says that `image_tags` itself could not be read.
    pub fn resolve(
        written: Option<&Map<ClassName, ImageTagClass>>,
        broken: bool,
        scope: &Scope,
        faults: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut classes = Classes { unknown: broken, ..Classes::default() };
        let Some(written) = written else { return classes };
        classes.elsewhere.clone_from(&written.broken);
        for (name, class) in &written.entries {
            let path = format!("image_tags.{}", name.as_str());
            let taken = matches!(name.as_str(), "tagged" | "untagged" | "any" | "all");
            let taken = taken.then(|| {
                Diagnostic::new(
                    &codes::RESERVED_NAME,
                    name.span,
                    format!("`{}` is a word of the language and cannot name a class", name.as_str()),
                )
            });
            let fault = taken.or_else(|| Class::fault(&class.0));
            match Class::resolve(name, &class.0, scope) {
                Some(class) if fault.is_none() => classes.here.push(class),
                _ => classes.elsewhere.push(name.as_str().to_owned()),
            }
            faults.extend(fault.map(|fault| fault.at(path)));
        }
        classes
    }

    /// The class of a name that a rule mentions; `None` where it is not to be had here, with good reason.
    pub fn find(&self, name: &Spanned<ClassName>) -> Result<Option<&Class>, Diagnostic> {
        if let Some(class) = self.here.iter().find(|class| class.name == name.as_str()) {
            return Ok(Some(class));
        }
        if self.unknown || self.elsewhere.iter().any(|other| other == name.as_str()) {
            return Ok(None);
        }
        let names = self.here.iter().map(|class| class.name.as_str()).chain(["tagged", "untagged", "any"]);
        let message = format!("there is no class of image tags called `{}`", name.as_str());
        let fault = Diagnostic::new(&codes::UNKNOWN_TAG_CLASS, name.span, message);
        Err(fault.did_you_mean(name.span, name.as_str(), names, "classes here"))
    }
}
