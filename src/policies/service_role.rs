//! The roles that ECR itself assumes, and what they can do.
//!
//! ECR assumes them on behalf of whoever pushes or pulls, so `access` does not list them as principals, as it does not list the
//! service-linked roles of ECR.

use std::collections::BTreeSet;

use super::policy::{Policy, Source};
use super::{Policies, PolicyPart, arns, encryption_key};
use crate::iam::{Action, Document, Operator, PolicyKind, Principal, Statement, Text, arn};
use crate::platform::repositories::prefix::names_below;
use crate::platform::{Occasion, Platform, ServiceRole, Template};
use crate::principals::sid;

/// A role that ECR assumes, with its policies.
#[derive(Clone, Debug)]
pub struct ServiceGrant<'p> {
    /// The role.
    pub role: &'p ServiceRole,
    /// The trust policy, as an index into the documents.
    pub trust: usize,
    /// The permission policy, split into as many policies as IAM requires.
    pub parts: Vec<PolicyPart>,
}

impl<'p> Policies<'p> {
    /// Adds the documents of the role that ECR creates repositories with.
    pub(super) fn add_template_role(&mut self) {
        let platform = self.platform;
        self.template_role = platform
            .template_role
            .as_ref()
            .map(|role| self.service_grant(role, "ecr.amazonaws.com", &creating(platform)));
    }

    /// Adds the documents of the role that ECR pulls from other accounts with.
    pub(super) fn add_cache_role(&mut self) {
        let platform = self.platform;
        let role = platform.cache_role.as_ref().zip(pulling(platform));
        self.cache_role =
            role.map(|(role, pulling)| self.service_grant(role, "pullthroughcache.ecr.amazonaws.com", &pulling));
    }

    fn service_grant(&mut self, role: &'p ServiceRole, service: &str, whole: &Document) -> ServiceGrant<'p> {
        let source = Source::Place(role.span);
        let trust = Policy::new(&role.role.name, PolicyKind::Trust, trust(service), source);
        let trust = self.add(trust);
        let parts = self.add_parts(whole, &role.policy_name, source);
        ServiceGrant { role, trust, parts }
    }
}

/// The templates that ECR uses the role for.
pub fn templates_with_role(platform: &Platform) -> impl Iterator<Item = &Template> {
    platform.templates.iter().filter(|template| template.needs_role(&platform.resource_tags))
}

/// The permissions to create repositories from templates: `ecr:ReplicateImage` is only for replication, and KMS also asks for the
/// permission to create grants on a key of the account (ECR user guide, "Create a custom policy for repository creation templates").
fn creating(platform: &Platform) -> Document {
    let below = |is: &dyn Fn(&Template) -> bool| {
        let templates = templates_with_role(platform).filter(|template| is(template));
        templates.map(|template| arns::repository(platform, &template.created.name)).collect::<Vec<Text>>()
    };
    let creates = ["ecr:CreateRepository", "ecr:TagResource"].map(Action::named);
    let creates = Statement::allow(creates).sid(sid("Repositories")).on(below(&|_| true));
    let replicated = below(&|template| template.is_for(Occasion::Replication));
    let replicates = Statement::allow([Action::named("ecr:ReplicateImage")]).sid(sid("Replication"));
    let replicates = (!replicated.is_empty()).then(|| replicates.on(replicated));
    Document::new([creates].into_iter().chain(replicates).chain(keys(platform)))
}

/// The permissions to pull from the registries of other accounts, if a rule needs them. ECR documents them on `*`; here they are on
/// the upstream registries, and on what the rules import into (ECR user guide, "Setting up permissions for cross-account ECR to ECR
/// PTC").
pub(super) fn pulling(platform: &Platform) -> Option<Document> {
    const ACTIONS: [&str; 8] = [
        "ecr:BatchGetImage",
        "ecr:BatchImportUpstreamImage",
        "ecr:CompleteLayerUpload",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetImageCopyStatus",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
    ];
    platform.cache_role.as_ref()?;
    let own = platform.scope.account.as_deref();
    let caches = platform.caches().iter().filter(|cache| cache.needs_role(own));
    let arns: BTreeSet<Text> = caches
        .flat_map(|cache| {
            let upstream = cache.upstream_registry().map(|(account, region)| {
                arn::regional("ecr", &Text::from(region), &Text::from(account), "repository/*")
            });
            upstream.into_iter().chain([arns::repository(platform, &names_below(&cache.prefix))])
        })
        .collect();
    let pulls = Statement::allow(ACTIONS.map(Action::named)).sid(sid("Cache")).on(arns);
    let login = Statement::allow([Action::named("ecr:GetAuthorizationToken")]).sid(sid("Login"));
    Some(Document::new([pulls, login.on([Text::from("*")])]))
}

/// The statement about the KMS keys of templates.
pub(super) fn keys(platform: &Platform) -> Option<Statement> {
    let keys = arns::keys_of_created(platform);
    let statement = Statement::allow(encryption_key::USE.map(Action::named)).sid(sid("Keys")).on(keys.clone());
    let statement =
        statement.when(Operator::STRING_LIKE, "kms:ViaService", [encryption_key::via_ecr(&platform.region)]);
    (!keys.is_empty()).then_some(statement)
}

/// The trust policy of a role that a service assumes.
fn trust(service: &str) -> Document {
    let statement = Statement::allow([Action::named("sts:AssumeRole")]).sid(sid("Ecr"));
    Document::new([statement.by(Principal::service([service]))])
}
