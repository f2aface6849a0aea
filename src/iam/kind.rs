//! The kinds of policy: which elements and how many characters AWS admits in each.

use crate::iam::bindings::Bindings;
use crate::iam::document::Document;
use crate::iam::fault::{Fault, Problem, Step};
use crate::iam::size;
use crate::iam::statement::{Scope, Statement};

/// What a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyKind {
    /// A customer managed policy.
    Managed,
    /// A policy inside a role.
    Inline,
    /// A role's trust policy.
    Trust,
    /// An ECR repository policy.
    Repository,
    /// The ECR registry policy.
    Registry,
    /// The policy of a KMS key.
    Key,
    /// The policy of an S3 bucket.
    Bucket,
    /// A resource policy of CloudWatch Logs.
    Logs,
}

impl PolicyKind {
    /// The most characters that AWS accepts, as [`size::characters`] counts them (IAM User Guide, "IAM and AWS STS
    /// quotas"; ECR API Reference, `RepositoryPolicyText`, `RegistryPolicyText`; KMS API Reference, PutKeyPolicy, `Policy`; S3 User Guide, "Bucket policies";
    /// CloudWatch Logs API Reference, PutResourcePolicy, `policyDocument`). For [`PolicyKind::Inline`] all
    /// inline policies of a role together; for [`PolicyKind::Trust`] the default, which AWS raises on request.
    pub fn limit(self) -> usize {
        match self {
            PolicyKind::Managed => 6_144,
            PolicyKind::Inline | PolicyKind::Repository | PolicyKind::Registry => 10_240,
            PolicyKind::Trust => 2_048,
            PolicyKind::Key => 32_768,
            PolicyKind::Bucket => 20_480,
            PolicyKind::Logs => 5_120,
        }
    }

    /// Whether the document is within the limit.
    pub fn fits(self, document: &Document, bindings: &Bindings) -> bool {
        size::characters(document, bindings) <= self.limit()
    }

    /// What the document has and this kind must not have, and the other way round.
    pub fn faults(self, document: &Document) -> Vec<Fault> {
        let id = (document.id.is_some() && !self.names_principals())
            .then(|| Fault { at: vec![Step::Key("Id".into())], problem: Problem::MisplacedKey });
        let statements = document.statements.iter().enumerate().flat_map(|(index, statement)| {
            let place = [Step::Key("Statement".into()), Step::Item(index)];
            self.statement_faults(statement)
                .into_iter()
                .map(move |fault| Fault { at: place.iter().cloned().chain(fault.at).collect(), problem: fault.problem })
        });
        id.into_iter().chain(statements).collect()
    }

    /// The same for a single statement, with places counted from the statement.
    pub fn statement_faults(self, statement: &Statement) -> Vec<Fault> {
        let principal = element_fault("Principal", statement.principal.as_ref(), self.names_principals());
        let resource = element_fault("Resource", statement.resources.as_ref(), self.names_resources());
        principal.into_iter().chain(resource).collect()
    }

    /// Identity policies speak of whoever they are attached to.
    fn names_principals(self) -> bool {
        !matches!(self, PolicyKind::Managed | PolicyKind::Inline)
    }

    /// Trust and repository policies speak of the role or repository they belong to. ECR refuses a repository policy
    /// with a `Resource` ("Invalid repository policy provided"), though one sample in AWS's Lambda guide has it.
    fn names_resources(self) -> bool {
        !matches!(self, PolicyKind::Trust | PolicyKind::Repository)
    }
}

fn element_fault<T>(name: &'static str, element: Option<&Scope<T>>, is_needed: bool) -> Option<Fault> {
    match (element, is_needed) {
        (None, true) => Some(Fault { at: Vec::new(), problem: Problem::MissingKey(name) }),
        (Some(element), false) => {
            Some(Fault { at: vec![Step::Key(element.element(name))], problem: Problem::MisplacedKey })
        }
        _ => None,
    }
}
