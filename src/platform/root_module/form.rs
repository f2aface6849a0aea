//! How the output declares a repository, now and earlier, and the Terraform addresses that follow from it.

use super::RootModule;
use crate::language::terraform::{LabelSpelling, RepositoryForm};
use crate::platform::naming::label::{Label, Spelling};
use crate::source::Span;

/// The name in Terraform of the resources that declare several repositories.
pub const SET: &str = "this";

/// How the output declares a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a resource with this label.
    Resource(String),
    /// As a `module` block with this label.
    Module(String),
    /// As the instance with this key of a resource with `for_each`.
    InSet(String),
}

impl Form {
    /// The address of a resource of the repository. terraform-aws-modules/ecr/aws creates each with `count`, under the
    /// label `this`.
    pub fn address(&self, kind: &str) -> String {
        match self {
            Form::Resource(label) => format!("{kind}.{label}"),
            Form::Module(label) => format!("module.{label}.{kind}.this[0]"),
            Form::InSet(key) => format!("{kind}.{SET}[\"{key}\"]"),
        }
    }

    /// Whether it is a `module` block.
    pub fn is_module(&self) -> bool {
        matches!(self, Form::Module(_))
    }

    /// As a `module` block, or as a resource.
    pub fn of(label: String, in_module: bool) -> Self {
        if in_module { Form::Module(label) } else { Form::Resource(label) }
    }
}

impl RootModule {
    /// How the output declares the repository with this key.
    pub fn form(&self, key: &str) -> Form {
        match &self.set {
            Some(set) if set.keys.contains(key) => Form::InSet(key.to_owned()),
            _ => self.single_form(key),
        }
    }

    /// How the output declares a repository that is not in the set.
    pub fn single_form(&self, key: &str) -> Form {
        Form::of(Label::text_of(key), self.ecr_module.is_some())
    }

    /// How the output declared a repository with this key, outside the set, before the changes that `ecr_module_was` and
    /// `labels_were` state.
    pub fn earlier_form(&self, key: &str) -> Form {
        let was_in_module = self.ecr_module_was.as_ref().map(|form| form.value == RepositoryForm::Module);
        let label = Label::of(key).spelled(self.earlier_spelling()).to_owned();
        Form::of(label, was_in_module.unwrap_or(self.ecr_module.is_some()))
    }

    /// How the output may have declared a repository, from the earliest to the present form: `was` is its earlier key. The
    /// state moves through all of them, because two `moved` blocks cannot have the same target. As long as there is a set, or
    /// the spec states that there was one, a repository can have been in it or not: a change of its settings decides that.
    pub fn forms(&self, key: &str, was: Option<&str>) -> Vec<Form> {
        let (now, earlier) = (self.form(key), was.unwrap_or(key));
        let is_in_set = matches!(now, Form::InSet(_));
        let mut forms: Vec<Form> = Vec::new();
        // The present form is the last one: the other one of the set comes before it, and after the earlier one.
        for (key, single, is_first) in
            [(earlier, self.earlier_form(earlier), is_in_set), (key, self.single_form(key), !is_in_set)]
        {
            let member = (self.set_span.is_some() && !single.is_module()).then(|| Form::InSet(key.to_owned()));
            let pair = if is_first { [member, Some(single)] } else { [Some(single), member] };
            forms.extend(pair.into_iter().flatten());
        }
        let last_place = |at: usize| !forms[at + 1..].contains(&forms[at]);
        (0..forms.len()).filter(|at| last_place(*at)).map(|at| forms[at].clone()).collect()
    }

    /// How labels were spelled before.
    pub fn earlier_spelling(&self) -> Spelling {
        match self.labels_were.as_ref().map(|spelling| spelling.value) {
            Some(LabelSpelling::Escaped) => Spelling::Escaped,
            None => Spelling::Plain,
        }
    }

    /// Where the spec states that repositories were declared in another way.
    pub fn earlier_span(&self) -> Option<Span> {
        let module = self.ecr_module_was.as_ref().map(|form| form.span);
        module.or(self.labels_were.as_ref().map(|spelling| spelling.span)).or(self.set_span)
    }
}
