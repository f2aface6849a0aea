//! The kinds of policy: the elements and the number of characters that AWS allows in each.

use super::Document;
use super::bindings::Bindings;
use super::element::Element;
use super::fault::{Fault, Problem, Step};
use super::size;
use super::statement::Statement;

/// The kind of a policy, by what it is attached to.
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
    /// The policy of an SNS topic.
    Topic,
}

impl PolicyKind {
    /// The maximum number of characters, as [`size::characters`] counts them (IAM User Guide, "IAM and AWS STS
    /// quotas"; ECR API Reference, `RepositoryPolicyText`, `RegistryPolicyText`; KMS API Reference, PutKeyPolicy,
    /// `Policy`; S3 User Guide, "Bucket policies"; CloudWatch Logs API Reference, PutResourcePolicy,
    /// `policyDocument`; SNS, "Amazon SNS endpoints and quotas", 30 KB). For [`PolicyKind::Trust`], it is the default quota, which AWS raises on request.
    pub fn limit(self) -> usize {
        match self {
            PolicyKind::Managed => 6_144,
            PolicyKind::Repository | PolicyKind::Registry => 10_240,
            PolicyKind::Trust => 2_048,
            PolicyKind::Key => 32_768,
            PolicyKind::Bucket => 20_480,
            PolicyKind::Logs => 5_120,
            PolicyKind::Topic => 30_720,
        }
    }

    /// Whether the document is within the limit.
    pub fn fits(self, document: &Document, bindings: &Bindings) -> bool {
        size::characters(document, bindings) <= self.limit()
    }

    /// The elements that the statement has but this kind of policy must not have, and those that it lacks. Places are
    /// relative to the statement.
    pub fn statement_faults(self, statement: &Statement) -> Vec<Fault> {
        let principal = element_fault("Principal", statement.principal.as_ref(), self.names_principals());
        let resource = element_fault("Resource", statement.resources.as_ref(), self.names_resources());
        let sid = statement.sid.as_ref().filter(|sid| self != PolicyKind::Repository && !sid.is_plain());
        let sid = sid.map(|_| Fault { at: vec![Step::Key("Sid".to_owned())], problem: Problem::InvalidSid });
        principal.into_iter().chain(resource).chain(sid).collect()
    }

    /// An identity policy has no principal: it applies to the identity that it is attached to.
    fn names_principals(self) -> bool {
        self != PolicyKind::Managed
    }

    /// Trust and repository policies have no resource: they apply to the role or repository that they belong to. ECR
    /// rejects a repository policy with a `Resource` ("Invalid repository policy provided"), although one sample in
    /// AWS's Lambda guide has one.
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
