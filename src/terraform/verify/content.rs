//! Checks the content of a block.

use super::place::Place;
use super::{Check, did_you_mean, fit, newer};
use crate::diagnostic::abbreviated_or_nearest;
use crate::terraform::body::{Attribute, Block, Statement};
use crate::terraform::schema::{Content, Field, Form, Required};

/// The fields that a block may have, and the provider (or `terraform`) whose version determines them.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub owner: &'a str,
    pub content: &'a Content,
}

/// The fields of an unknown block.
pub(super) static ANYTHING: Source<'static> =
    Source { owner: "", content: &Content { open: true, fields: Vec::new() } };

impl Check<'_> {
    /// Checks a block whose fields come from several sources. The first source that has a field wins.
    pub(super) fn content(&mut self, place: &Place<'_>, sources: &[Source<'_>]) {
        let mut written: Vec<Vec<usize>> = sources.iter().map(|source| vec![0; source.content.fields.len()]).collect();
        for statement in place.block.body.statements() {
            let found = sources.iter().enumerate().find_map(|(at, source)| {
                let (index, field) = source.content.find(statement.name())?;
                written[at][index] += 1;
                Some((source, field))
            });
            if let Statement::Attribute(attribute) = statement {
                self.functions(&place.argument(attribute), attribute);
            }
            match (found, statement) {
                (Some((source, field)), Statement::Attribute(attribute)) => {
                    self.argument(&place.argument(attribute), attribute, source.owner, field);
                }
                (Some((source, field)), Statement::Block(block)) => {
                    self.nested(&place.nested(block), block, source.owner, field);
                }
                (None, _) if sources.iter().any(|source| source.content.open) => {}
                (None, Statement::Attribute(attribute)) => {
                    self.unknown(&place.argument(attribute), statement.name(), sources);
                }
                (None, Statement::Block(_)) => self.unknown(place, statement.name(), sources),
            }
        }
        for (source, counts) in sources.iter().zip(&written) {
            for (field, &count) in source.content.fields.iter().zip(counts) {
                self.count(place, source.owner, field, count);
            }
        }
    }

    fn argument(&mut self, place: &Place<'_>, attribute: &Attribute, owner: &str, field: &Field) {
        let name = field.name;
        self.since(place, &format_args!("`{name}`"), owner, field.since.as_ref());
        match &field.form {
            Form::Argument { type_, .. } => {
                if let Some(misfit) = fit::misfit(&attribute.value, type_) {
                    self.fault(place, format!("`{name}{}` of `{place}` {}", misfit.path, misfit.what), None);
                }
            }
            Form::Block { .. } => {
                let help = format!("write `{name} {{ … }}`");
                self.fault(place, format!("`{name}` of `{place}` is a block, not an argument"), Some(help));
            }
            Form::Computed => self.computed(place, name),
        }
        if place.is_top_level() && place.block.kind.as_str() == "resource" {
            let resource = place.block.labels[0].as_str();
            for (value, since) in newer::values(resource, name, &attribute.value) {
                self.since(place, &format_args!("`{name}` {value}"), owner, Some(since));
            }
        }
    }

    fn nested(&mut self, place: &Place<'_>, block: &Block, owner: &str, field: &Field) {
        let name = field.name;
        self.since(place, &format_args!("block `{name}`"), owner, field.since.as_ref());
        match &field.form {
            Form::Block { content, .. } => self.content(place, &[Source { owner, content }]),
            Form::Argument { .. } => {
                let help = format!("write `{name} = …`");
                self.fault(place, format!("`{place}` is an argument, not a block"), Some(help));
            }
            Form::Computed => self.computed(place, block.kind.as_str()),
        }
    }

    fn computed(&mut self, place: &Place<'_>, name: &str) {
        self.fault(place, format!("`{name}` of `{place}` is computed by the provider and cannot be set"), None);
    }

    fn functions(&mut self, place: &Place<'_>, attribute: &Attribute) {
        let Some(pin) = self.pins.get("terraform") else { return };
        for (function, since) in newer::functions(&attribute.value, pin) {
            self.since(place, &format_args!("function `{function}`"), "terraform", Some(since));
        }
    }

    /// Reports fields that are missing or appear too often.
    fn count(&mut self, place: &Place<'_>, owner: &str, field: &Field, count: usize) {
        let name = field.name;
        let fault = match &field.form {
            Form::Argument { required, .. } if count == 0 && self.is_required(required, owner) => {
                format!("`{place}` is missing the required argument `{name}`")
            }
            Form::Argument { .. } if count > 1 => format!("`{place}` sets `{name}` {count} times"),
            Form::Block { least, .. } if count < *least => {
                format!("`{place}` has too few `{name}` blocks: {count} instead of at least {least}")
            }
            Form::Block { most, .. } if count > *most && *most > 0 => {
                format!("`{place}` has too many `{name}` blocks: {count} instead of at most {most}")
            }
            _ => return,
        };
        self.fault(place, fault, None);
    }

    fn is_required(&self, required: &Required, owner: &str) -> bool {
        match required {
            Required::Always => true,
            Required::Until(version) => self.pins.get(owner).is_some_and(|pin| pin < version),
            Required::Never => false,
        }
    }

    pub(super) fn unknown(&mut self, place: &Place<'_>, name: &str, sources: &[Source<'_>]) {
        let fields = sources.iter().flat_map(|source| source.content.fields.iter().map(|field| field.name));
        let help = abbreviated_or_nearest(name, fields).map(did_you_mean);
        self.fault(place, format!("`{place}` has no argument or block `{name}`"), help);
    }
}
