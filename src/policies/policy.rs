//! A policy in the output, and the places in the spec that its statements come from.

use super::permission::required_at;
use crate::iam::{Action, Bindings, Document, Part, PolicyKind, Symbol, Text, size};
use crate::platform::Access;
use crate::principals::ArnReference;
use crate::prose::few;
use crate::source::Span;

/// A policy in the output.
#[derive(Clone, Debug)]
pub struct Policy<'p> {
    /// The owners: the name of the policy or role in IAM, or the names of all repositories that share the policy.
    pub owners: Vec<String>,
    /// The kind of the policy.
    pub kind: PolicyKind,
    /// The policy document.
    pub document: Document,
    /// The source of each statement.
    pub sources: Vec<Source<'p>>,
}

/// The source of a statement.
#[derive(Clone, Copy, Debug)]
pub enum Source<'p> {
    /// An access entry.
    Entry(&'p Access),
    /// Another place in the spec.
    Place(Span),
}

impl<'p> Policy<'p> {
    /// A policy whose statements all have the same source.
    pub fn new(owner: impl Into<String>, kind: PolicyKind, document: Document, source: Source<'p>) -> Self {
        let sources = vec![source; document.statements.len()];
        Policy { owners: vec![owner.into()], kind, document, sources }
    }

    /// The place in the spec that makes a statement mention an action.
    pub fn place(&self, statement: usize, action: &Action) -> Span {
        match self.sources[statement] {
            Source::Place(span) => span,
            Source::Entry(access) => required_at(access, action).unwrap_or(access.span),
        }
    }

    /// The place in the spec that the policy comes from, or `None` if it has no statements.
    pub fn origin(&self) -> Option<Span> {
        self.sources.first().map(|source| match source {
            Source::Place(span) => *span,
            Source::Entry(access) => access.span,
        })
    }

    /// The access entry that a statement comes from.
    pub fn entry(&self, statement: usize) -> Option<&'p Access> {
        match self.sources[statement] {
            Source::Entry(access) => Some(access),
            Source::Place(_) => None,
        }
    }

    /// The name of a statement: its Sid, or its number, starting at 1.
    pub fn statement_name(&self, statement: usize) -> String {
        let sid = self.document.statements[statement].sid.as_ref();
        sid.map_or_else(|| format!("number {}", statement + 1), ToString::to_string)
    }

    /// The title of the policy in messages and reports about all of its owners.
    pub fn title(&self) -> String {
        self.titled(&few(self.owners.iter().map(String::as_str), 1))
    }

    /// The title of the policy in messages and reports about this repository, which can be one of several owners.
    pub fn title_for(&self, repository: &str) -> String {
        match self.owners.iter().find(|owner| self.kind == PolicyKind::Repository && *owner == repository) {
            Some(owner) => self.titled(owner),
            None => self.title(),
        }
    }

    fn titled(&self, owner: &str) -> String {
        let what = match self.kind {
            PolicyKind::Managed => "policy",
            PolicyKind::Trust => "trust policy of",
            PolicyKind::Repository => "repository policy of",
            PolicyKind::Registry => "policy of",
            PolicyKind::Key => "key policy of",
            PolicyKind::Bucket => "bucket policy of",
            PolicyKind::Logs => "log resource policy",
            PolicyKind::Topic => "topic policy of",
        };
        format!("{what} {owner}")
    }

    /// The number of characters as AWS counts them.
    pub fn characters(&self, bindings: &Bindings) -> usize {
        size::characters(&self.document, bindings)
    }

    /// Whether the size is an estimate, because the policy contains a variable or a reference whose length is only
    /// known during the apply.
    pub fn is_estimate(&self) -> bool {
        let is_unknown = |text: &Text| {
            let unknown = |name: &String| {
                let reference = ArnReference::of_symbol(name);
                matches!(
                    reference,
                    Some(ArnReference::Variable(_) | ArnReference::RoleOfVariable(_) | ArnReference::Reference(_))
                )
            };
            text.is_given()
                || text.parts().iter().any(|part| matches!(part, Part::Symbol(Symbol::Arn(name)) if unknown(name)))
        };
        self.document.statements.iter().any(|statement| {
            let resources = statement.resources.iter().flat_map(|resources| resources.listed());
            let principals = statement.principal.iter().flat_map(|principal| principal.listed().names());
            let values = statement.conditions.values().flat_map(|keys| keys.values().flatten());
            resources.chain(principals.map(|(_, name)| name)).chain(values).any(is_unknown)
        })
    }
}
