//! The kinds of policy: which elements and how many characters AWS admits in each.

use super::Document;
use super::bindings::Bindings;
use super::element::Element;
use super::fault::{Fault, Problem, Step};
use super::size;
use super::statement::Statement;

/// What a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyKind {
    /// A customer managed policy.
    Managed,
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
    /// quotas"; ECR API Reference, `RepositoryPolicyText`, `RegistryPolicyText`; KMS API Reference, PutKeyPolicy,
    /// `Policy`; S3 User Guide, "Bucket policies"; CloudWatch Logs API Reference, PutResourcePolicy,
    /// `policyDocument`). For [`PolicyKind::Trust`] it is the default, which AWS raises on request.
    pub fn limit(self) -> usize {
        match self {
            PolicyKind::Managed => 6_144,
            PolicyKind::Repository | PolicyKind::Registry => 10_240,
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

    /// What the statement has and this kind of policy must not have, and the other way round; places are counted from the
    /// statement.
    pub fn statement_faults(self, statement: &Statement) -> Vec<Fault> {
        let principal = element_fault("Principal", statement.principal.as_ref(), self.names_principals());
        let resource = element_fault("Resource", statement.resources.as_ref(), self.names_resources());
        principal.into_iter().chain(resource).collect()
    }

    /// Identity policies speak of whoever they are attached to.
    fn names_principals(self) -> bool {
        self != PolicyKind::Managed
    }

    /// Trust and repository policies speak of the role or repository they belong to. ECR refuses a repository policy
    /// with a `Resource` ("Invalid repository policy provided"), though one sample in AWS's Lambda guide has it.
    fn names_resources(self) -> bool {
        !matches!(self, PolicyKind::Trust | PolicyKind::Repository)
    }
}

fn element_fault<T>(name: &'static str, element: Option<&Element<T>>, is_needed: bool) -> Option<Fault> {
    match (element, is_needed) {
        (None, true) => Some(Fault { at: Vec::new(), problem: Problem::MissingKey(name) }),
        (Some(element), false) => {
            Some(Fault { at: vec![Step::Key(element.key(name))], problem: Problem::MisplacedKey })
        }
        _ => None,
    }
}
