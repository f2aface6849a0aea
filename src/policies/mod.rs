//! Creates every policy document of the output exactly once: trust policies, permission policies, the permissions
//! boundary, and the policies of the repositories, the registry, the KMS keys, the bucket of the audit trail, the log group
//! and the topics of alerts.
//!
//! This room turns the intent of the spec into IAM. The documents use symbols for values that are only known during the
//! apply. `generate` prints them, `permissions` evaluates them, and the rules check them.

mod alert_topic;
pub mod arns;
pub mod bindings;
pub mod boundary;
pub mod encryption_key;
mod event_log;
mod grant;
pub mod guard_rails;
mod guests;
pub mod own_role;
pub mod permission;
pub mod phase;
mod policy;
pub mod prerequisites;
pub mod provider;
pub mod raw_statement;
mod registry;
mod replicas;
pub mod replication;
mod repository;
pub mod resource_types;
pub mod run_permissions;
pub mod scope;
pub mod service_role;
pub mod split;
mod trail_bucket;

use std::collections::{BTreeMap, BTreeSet};

pub use grant::{Grant, PolicyPart, Run, TrustedRole};
pub use phase::Phase;
pub use policy::{Policy, Source};
pub use service_role::ServiceGrant;

use crate::iam::{Bindings, Document, PolicyKind};
use crate::platform::access::iam::Boundary;
use crate::platform::monitoring::Alert;
use crate::platform::{Platform, Repository, Workspace};
use crate::source::Span;
use crate::value::OrCreate;

/// Every policy document in the output of a platform.
#[derive(Debug)]
pub struct Policies<'p> {
    /// The platform.
    pub platform: &'p Platform,
    /// The documents. The other fields refer to them by index.
    pub documents: Vec<Policy<'p>>,
    /// The values of the symbols.
    pub bindings: Bindings,
    /// The grants of the access entries that use roles, policies or permission sets, in the order of the spec.
    pub grants: Vec<Grant<'p>>,
    /// The role that ECR creates repositories with.
    pub template_role: Option<ServiceGrant<'p>>,
    /// The role that ECR pulls from other accounts with.
    pub cache_role: Option<ServiceGrant<'p>>,
    /// The boundary that the bootstrap module creates.
    pub boundary: Option<usize>,
    /// The roles of the workspace's runs.
    pub runs: Vec<Run<'p>>,
    /// The repository policies, by the key of the repository, or the prefix of those that ECR creates. Repositories with the same policy share one document.
    pub repositories: BTreeMap<&'p str, usize>,
    /// The repository policies of the replicas, by the key of the repository and the region.
    pub replicas: BTreeMap<(&'p str, &'p str), usize>,
    /// The registry policy.
    pub registry: Option<usize>,
    /// The policy of the KMS key that the output creates.
    pub encryption_key: Option<usize>,
    /// The policies of the KMS keys that the output creates for replicas, by region.
    pub replica_keys: BTreeMap<&'p str, usize>,
    /// The policy of the bucket that the output creates for the audit trail.
    pub trail_bucket: Option<usize>,
    /// The resource policy of the log group for the registry's events.
    pub event_log: Option<usize>,
    /// The policies of the topics that the output creates, by the name of the alert.
    pub alert_topics: BTreeMap<&'p str, usize>,
    /// The policy of the KMS key that encrypts these topics.
    pub alert_key: Option<usize>,
    /// The waivers of the platform that cover a finding, by the places of their codes. Empty until the rules have run.
    pub used_waivers: BTreeSet<Span>,
}

/// Every policy document in the output of a platform.
pub fn emit(platform: &Platform) -> Policies<'_> {
    let mut policies = Policies::without_documents(platform);
    policies.add_boundary();
    policies.add_grants();
    policies.add_template_role();
    policies.add_cache_role();
    policies.add_runs();
    policies.add_repositories();
    policies.add_replicas();
    policies.add_registry();
    policies.add_encryption_key();
    policies.add_monitoring();
    policies
}

impl<'p> Policies<'p> {
    /// The document at this index.
    pub fn document(&self, at: usize) -> &Document {
        &self.documents[at].document
    }

    /// The repository policy of a repository, if it has one.
    pub fn of_repository(&self, key: &str) -> Option<&Document> {
        self.repositories.get(key).map(|at| self.document(*at))
    }

    fn without_documents(platform: &'p Platform) -> Self {
        Policies {
            platform,
            documents: Vec::new(),
            bindings: bindings::bindings(platform),
            grants: Vec::new(),
            template_role: None,
            cache_role: None,
            boundary: None,
            runs: Vec::new(),
            repositories: BTreeMap::new(),
            replicas: BTreeMap::new(),
            registry: None,
            encryption_key: None,
            replica_keys: BTreeMap::new(),
            trail_bucket: None,
            event_log: None,
            alert_topics: BTreeMap::new(),
            alert_key: None,
            used_waivers: BTreeSet::new(),
        }
    }

    fn add(&mut self, policy: Policy<'p>) -> usize {
        self.documents.push(policy);
        self.documents.len() - 1
    }

    /// Adds the boundary if there is a workspace, so that its runs can create roles at any time, and if the boundary does not
    /// come from elsewhere.
    fn add_boundary(&mut self) {
        let (Some(Boundary::Made(name)), Some(workspace)) = (&self.platform.iam.boundary, &self.platform.workspace)
        else {
            return;
        };
        // A policy without resources is not valid, and there is nothing that a role could have access to.
        let has_repositories = !arns::managed_names(self.platform).is_empty();
        if has_repositories || boundary::others(self.platform).next().is_some() {
            let document = boundary::policy(self.platform, &self.bindings);
            self.boundary = Some(self.add(from_one_place(name, PolicyKind::Managed, document, workspace.span)));
        }
    }

    fn add_grants(&mut self) {
        for access in self.platform.access.iter().filter(|access| access.policy().is_some()) {
            let grant = self.grant(access);
            self.grants.push(grant);
        }
    }

    fn add_runs(&mut self) {
        let Some(workspace) = &self.platform.workspace else { return };
        for phase in Phase::ALL {
            let run = self.run(workspace, phase);
            self.runs.push(run);
        }
    }

    fn run(&mut self, workspace: &'p Workspace, phase: Phase) -> Run<'p> {
        let name = self.platform.scope.run_name(phase.as_str());
        let whole = run_permissions::policy(self.platform, phase);
        let parts = self.add_parts(&whole, &name, Source::Place(workspace.span));
        let trust = phase.trust(self.platform, workspace);
        let trust = self.add(from_one_place(&name, PolicyKind::Trust, trust, workspace.span));
        Run { phase, name, parts, trust, existing: phase.existing_policies(workspace) }
    }

    /// Adds the repository policies, also of repositories that ECR creates. Repositories with the same entries, guard rails and raw
    /// statements share a policy.
    fn add_repositories(&mut self) {
        let mut known: BTreeMap<(Vec<&str>, Vec<Span>), usize> = BTreeMap::new();
        let mut same: BTreeMap<Document, usize> = BTreeMap::new();
        let entries = repository::entries(self.platform);
        // What a pull through cache rule creates has the policy of the template that ECR uses.
        let has_own =
            |repository: &&Repository| !repository.is_created() || self.platform.template(&repository.key).is_some();
        let repositories: Vec<&Repository> = self.platform.all_repositories().filter(has_own).collect();
        for repository in repositories {
            let entries = entries.get(repository.key.as_str()).map_or(&[][..], Vec::as_slice);
            let names = entries.iter().map(|access| access.name.as_str());
            let written = repository.policy_statements.iter().map(|statement| statement.span());
            let written = written.chain(guard_rails::places(repository));
            let key = (names.collect::<Vec<_>>(), written.collect::<Vec<_>>());
            if key.0.is_empty() && key.1.is_empty() {
                continue;
            }
            let at = match known.get(&key) {
                Some(at) => *at,
                None => {
                    let (statements, sources) =
                        repository::statements(self.platform, repository, &self.platform.region, entries);
                    if statements.is_empty() {
                        continue;
                    }
                    let document = Document::new(statements);
                    let at = self.add_once(&mut same, document, sources);
                    known.insert(key, at);
                    at
                }
            };
            self.documents[at].owners.push(repository.name.clone());
            self.repositories.insert(&repository.key, at);
        }
        for cache in self.platform.caches().iter().filter(|cache| cache.created.is_some()) {
            if let Some(at) = cache.template.as_deref().and_then(|template| self.repositories.get(template).copied()) {
                self.repositories.insert(&cache.prefix, at);
            }
        }
    }

    /// Adds a repository policy, still without owners, or returns the one with the same document.
    fn add_once(
        &mut self,
        same: &mut BTreeMap<Document, usize>,
        document: Document,
        sources: Vec<Source<'p>>,
    ) -> usize {
        *same.entry(document).or_insert_with_key(|document| {
            let (owners, document) = (Vec::new(), document.clone());
            self.add(Policy { owners, kind: PolicyKind::Repository, document, sources })
        })
    }

    fn add_registry(&mut self) {
        self.registry = registry::policy(self.platform).map(|policy| self.add(policy));
    }

    fn add_encryption_key(&mut self) {
        self.encryption_key = self.platform.encryption_key.as_ref().map(|key| {
            let document = encryption_key::policy(self.platform, &self.platform.region);
            self.add(from_one_place(&key.alias, PolicyKind::Key, document, key.span))
        });
        for (region, key) in &self.platform.replica_keys {
            let document = encryption_key::policy(self.platform, region);
            let owner = format!("{} in {region}", key.alias);
            let at = self.add(from_one_place(owner, PolicyKind::Key, document, key.span));
            self.replica_keys.insert(region, at);
        }
    }

    fn add_monitoring(&mut self) {
        let monitoring = &self.platform.monitoring;
        let trail = monitoring.audit_trail.as_ref().filter(|trail| trail.bucket == OrCreate::Create);
        self.trail_bucket = trail.map(|trail| {
            let document = trail_bucket::policy(self.platform);
            self.add(from_one_place("the audit trail", PolicyKind::Bucket, document, trail.span))
        });
        self.event_log = monitoring.event_log.as_ref().map(|log| {
            let (name, document) = (self.platform.scope.base_name(), event_log::policy(self.platform));
            self.add(from_one_place(name, PolicyKind::Logs, document, log.span))
        });
        let created: Vec<&Alert> = monitoring.alerts.iter().filter(|alert| alert.creates_topic()).collect();
        for alert in &created {
            let document = alert_topic::policy(self.platform, alert);
            let topic = self.platform.scope.topic(&alert.name);
            let at = self.add(from_one_place(topic, PolicyKind::Topic, document, alert.span));
            self.alert_topics.insert(&alert.name, at);
        }
        self.alert_key = created.iter().find(|alert| alert.is_encrypted).map(|alert| {
            self.add(from_one_place("the alerts", PolicyKind::Key, alert_topic::key(self.platform), alert.span))
        });
    }
}

/// A policy whose statements all come from one place in the spec.
fn from_one_place<'p>(owner: impl Into<String>, kind: PolicyKind, document: Document, span: Span) -> Policy<'p> {
    Policy::new(owner, kind, document, Source::Place(span))
}
