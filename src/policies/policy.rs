//! A policy of the output, and where in the spec its statements come from.

use super::permission::asked_at;
use crate::iam::{Action, Bindings, Document, Part, PolicyKind, Symbol, Text, size};
use crate::platform::Access;
use crate::principals::ArnReference;
use crate::prose::few;
use crate::source::Span;

/// A policy of the output.
#[derive(Clone, Debug)]
pub struct Policy<'p> {
    /// What has it: the name of the policy or role in IAM, or of all repositories that share it.
    pub owners: Vec<String>,
    /// What it is attached to.
    pub kind: PolicyKind,
    /// The policy.
    pub document: Document,
    /// What each statement comes from.
    pub sources: Vec<Source<'p>>,
}

/// What a statement comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source<'p> {
    /// An access entry.
    Entry(&'p Access),
    /// Some other place in the spec.
    Place(Span),
}

impl<'p> Policy<'p> {
    /// A document that comes from one place as a whole.
    pub fn new(owner: impl Into<String>, kind: PolicyKind, document: Document, source: Source<'p>) -> Self {
        let sources = vec![source; document.statements.len()];
        Policy { owners: vec![owner.into()], kind, document, sources }
    }

    /// The line to look at for what a statement says of an action.
    pub fn place(&self, statement: usize, action: &Action) -> Span {
        match self.sources[statement] {
            Source::Place(span) => span,
            Source::Entry(access) => asked_at(access, action).unwrap_or(access.span),
        }
    }

    /// The line to look at for the policy as a whole; none for one without statements.
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

    /// How a statement is called: its Sid, or its number from 1.
    pub fn statement_name(&self, statement: usize) -> String {
        let sid = self.document.statements[statement].sid.as_ref();
        sid.map_or_else(|| format!("number {}", statement + 1), ToString::to_string)
    }

    /// What it is, in words.
    pub fn title(&self) -> String {
        let what = match self.kind {
            PolicyKind::Managed => "policy",
            PolicyKind::Trust => "trust policy of",
            PolicyKind::Repository => "repository policy of",
            PolicyKind::Registry => "registry policy of",
            PolicyKind::Key => "key policy of",
            PolicyKind::Bucket => "bucket policy of",
            PolicyKind::Logs => "log resource policy",
        };
        format!("{what} {}", few(self.owners.iter().map(String::as_str), 1))
    }

    /// Its characters as AWS counts them.
    pub fn characters(&self, bindings: &Bindings) -> usize {
        size::characters(&self.document, bindings)
    }

    /// Whether it holds a value of which only the apply knows the length: a variable, or a reference.
    pub fn is_estimate(&self) -> bool {
        let is_open = |text: &Text| {
            let open = |name: &String| {
                let thing = ArnReference::of_symbol(name);
                matches!(
                    thing,
                    Some(ArnReference::Variable(_) | ArnReference::RoleOfVariable(_) | ArnReference::Reference(_))
                )
            };
            text.parts().iter().any(|part| matches!(part, Part::Symbol(Symbol::Arn(name)) if open(name)))
        };
        self.document.statements.iter().any(|statement| {
            let resources = statement.resources.iter().flat_map(|resources| resources.listed());
            let principals = statement.principal.iter().flat_map(|principal| principal.listed().names());
            let values = statement.conditions.values().flat_map(|keys| keys.values().flatten());
            resources.chain(principals.map(|(_, name)| name)).chain(values).any(is_open)
        })
    }
}
