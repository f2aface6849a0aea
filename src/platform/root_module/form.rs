//! How the output declares a repository, now and earlier, and the Terraform addresses that follow from it.

use super::RootModule;
use crate::language::terraform::{LabelSpelling, RepositoryForm};
use crate::platform::naming::label::{Label, Spelling};
use crate::source::Span;

/// How the output declares a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its name in Terraform.
    pub label: String,
    /// Whether it is a `module` block.
    pub in_module: bool,
}

impl Form {
    /// The address of a resource of the repository. terraform-aws-modules/ecr/aws creates each with `count`, under the
    /// label `this`.
    pub fn address(&self, kind: &str) -> String {
        let label = &self.label;
        match self.in_module {
            true => format!("module.{label}.{kind}.this[0]"),
            false => format!("{kind}.{label}"),
        }
    }
}

impl RootModule {
    /// How the output declares a repository with this label.
    pub fn form(&self, label: &Label) -> Form {
        Form { label: label.as_str().to_owned(), in_module: self.ecr_module.is_some() }
    }

    /// How the output declared a repository with this label before the changes that `ecr_module_was` and `labels_were`
    /// state.
    pub fn earlier_form(&self, label: &Label) -> Form {
        let was_in_module = self.ecr_module_was.as_ref().map(|form| form.value == RepositoryForm::Module);
        Form {
            label: label.spelled(self.earlier_spelling()).to_owned(),
            in_module: was_in_module.unwrap_or(self.ecr_module.is_some()),
        }
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
        module.or(self.labels_were.as_ref().map(|spelling| spelling.span))
    }
}
