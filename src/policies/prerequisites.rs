//! What must exist before the first apply of the root module, because the output uses it and does not create it.

use std::collections::BTreeSet;

use super::{Policies, encryption_key, provider};
use crate::iam::{Element, Part, Symbol, Text};
use crate::platform::access::iam::Boundary;
use crate::platform::access::issuers;
use crate::platform::monitoring::Publisher;
use crate::platform::{Encryption, Platform, replication};
use crate::principals::{OidcProvider, ProviderSource};
use crate::value::{OrCreate, OrVariable, StatementValue};

/// Something that must exist.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prerequisite {
    /// Its name, ARN or host, as the output has it.
    pub name: String,
    /// What it is, and how ecrgen can create it instead.
    pub what: String,
}

/// What the root module uses and does not create, each once. What hand-written files of a shared root module define is
/// not listed, because the same apply creates it.
pub fn prerequisites(policies: &Policies) -> Vec<Prerequisite> {
    let platform = policies.platform;
    let mut all = BTreeSet::new();
    all.extend(providers(platform));
    all.extend(values(platform));
    all.extend(principals(policies));
    all.extend(keys(platform));
    all.extend(secrets(platform));
    all.extend(upstreams(platform));
    all.extend(others(platform));
    all.extend(topics(platform));
    all.extend(around_terraform(platform));
    all.extend(destinations(platform));
    all.into_iter().collect()
}

/// The names of what the bootstrap module uses and does not create.
pub fn of_bootstrap(platform: &Platform) -> Vec<String> {
    let Some(workspace) = &platform.workspace else { return Vec::new() };
    let bucket = platform.root.backend.as_ref().map(|backend| backend.bucket.clone());
    let urls = workspace.notifications.values().map(|notification| &notification.url_variable);
    let urls = urls.map(|name| format!("value of the variable {}", name.as_str()));
    provider_of_runs(platform).into_iter().chain(bucket).chain(urls).collect()
}

/// The OIDC provider of HCP Terraform, if the bootstrap module does not create it.
pub fn provider_of_runs(platform: &Platform) -> Option<String> {
    match platform.setting().provider("hcp") {
        OidcProvider::Create => None,
        OidcProvider::Existing(ProviderSource::Arn(arn)) => Some(arn.as_str().to_owned()),
        OidcProvider::Existing(_) => provider::issuer(platform, "hcp"),
    }
}

fn prerequisite(name: impl Into<String>, what: impl Into<String>) -> Prerequisite {
    Prerequisite { name: name.into(), what: what.into() }
}

/// The OIDC providers that roles trust.
fn providers(platform: &Platform) -> Vec<Prerequisite> {
    let used: BTreeSet<(&str, String)> = platform.access.iter().filter_map(issuers::of).collect();
    let known = used.into_iter().filter_map(|(name, issuer)| provider_of(platform, name, issuer));
    let of_clusters = platform.access.iter().filter_map(|access| access.irsa()).filter_map(|pods| {
        let name = pods.cluster_name();
        let issuer = format!("issuer of the EKS cluster {name}");
        provider_of(platform, &name, issuer)
    });
    known.chain(of_clusters).collect()
}

fn provider_of(platform: &Platform, name: &str, issuer: String) -> Option<Prerequisite> {
    let what = "IAM OIDC provider";
    match platform.setting().provider(name) {
        OidcProvider::Create => None,
        // The bootstrap module creates the provider that the runs of the workspace use.
        _ if provider::made_in_bootstrap(platform).is_some_and(|made| made.name == name) => None,
        OidcProvider::Existing(ProviderSource::Arn(arn)) => Some(prerequisite(arn.as_str(), what)),
        OidcProvider::Existing(_) => {
            let create = format!("{what}; if the account has none, set oidc_providers.{name} to create in the spec");
            Some(prerequisite(issuer, create))
        }
    }
}

/// The roles, clusters and other resources that access entries name.
fn values(platform: &Platform) -> Vec<Prerequisite> {
    let values = platform.access.iter().flat_map(|access| access.principal.values());
    let in_statements = platform.all_repositories().flat_map(|repository| &repository.policy_statements);
    let in_statements = in_statements.flat_map(|statement| &statement.given);
    let principals = in_statements.filter(|given| given.form == StatementValue::Principal);
    let principals =
        principals.filter_map(|principal| given(&principal.value, "AWS account, role or user in a policy"));
    let named = values.filter_map(|value| match value.value {
        // Every account has a root.
        OrVariable::Literal(name) if name.ends_with(":root") || is_own_role(platform, name) => None,
        named => given(&named, value.description),
    });
    named.chain(principals).collect()
}

/// Whether an ARN is that of a role that the output creates.
fn is_own_role(platform: &Platform, arn: &str) -> bool {
    let path = arn.split_once(":role").map(|(_, path)| path);
    let name = path.and_then(|path| path.strip_prefix(&*platform.iam.path));
    name.is_some_and(|name| platform.access.iter().flat_map(|access| &access.roles).any(|role| role.name == name))
}

/// What a value of the spec names, unless hand-written files define it.
fn given<T: AsRef<str>>(value: &OrVariable<T>, what: &str) -> Option<Prerequisite> {
    match value {
        OrVariable::Literal(name) => Some(prerequisite(name.as_ref(), what)),
        OrVariable::Variable(variable) => {
            Some(prerequisite(format!("value of the variable {}", variable.name.as_str()), what))
        }
        OrVariable::Reference(_) => None,
    }
}

/// The roles and users in trust policies and resource-based policies. IAM and ECR reject a policy with one that does not
/// exist (IAM user guide, "AWS JSON policy elements: Principal").
fn principals(policies: &Policies) -> Vec<Prerequisite> {
    let statements = policies.documents.iter().flat_map(|policy| &policy.document.statements);
    let listed = statements.filter_map(|statement| match &statement.principal {
        Some(Element::Only(listed) | Element::AllExcept(listed)) => Some(listed),
        None => None,
    });
    // The symbol for an ARN stands for a resource of the output, or for what a variable names.
    let is_written = |text: &&Text| {
        !text.is_given() && !text.parts().iter().any(|part| matches!(part, Part::Symbol(Symbol::Arn(_))))
    };
    let names = listed.flat_map(|listed| listed.names()).map(|(_, text)| text).filter(is_written);
    let names = names.map(|text| text.bind(&policies.bindings));
    let used: BTreeSet<String> = names.filter(|name| name.contains(":role/") || name.contains(":user/")).collect();
    let of_entries: Vec<Prerequisite> = values(policies.platform);
    // The bootstrap module creates it, and is applied first.
    let apply_role = policies.platform.workspace.as_ref().map(|_| encryption_key::apply_role(policies.platform));
    let apply_role = apply_role.map(|arn| arn.bind(&policies.bindings));
    let is_new =
        |name: &String| apply_role.as_ref() != Some(name) && of_entries.iter().all(|entry| entry.name != *name);
    used.into_iter().filter(is_new).map(|name| prerequisite(name, "IAM role or user in a policy")).collect()
}

/// The KMS keys of repositories.
fn keys(platform: &Platform) -> Vec<Prerequisite> {
    let what = "KMS key that encrypts images";
    let replicas = platform.repositories.iter().flat_map(|one| one.replicas()).map(|(_, managed)| &managed.encryption);
    let encryptions = platform.all_repositories().map(|repository| &repository.encryption).chain(replicas);
    let keys = encryptions.filter_map(|encryption| match &encryption.value {
        Encryption::KmsKey(key) => given(key, what),
        _ => None,
    });
    keys.collect()
}

/// The secrets of pull through cache rules.
fn secrets(platform: &Platform) -> Vec<Prerequisite> {
    let what = "Secrets Manager secret with the credentials of an upstream registry";
    platform.caches().iter().filter_map(|cache| given(cache.credential.as_ref()?, what)).collect()
}

/// The ECR registries of other accounts that images are imported from (ECR user guide, "Setting up permissions for cross-account ECR to
/// ECR PTC").
fn upstreams(platform: &Platform) -> Vec<Prerequisite> {
    let own = platform.scope.account.as_deref();
    let registries = platform.caches().iter().filter_map(|cache| cache.upstream_registry());
    let others = registries.filter(|(account, _)| Some(*account) != own);
    let what = "policies of its repositories that let the role for pull through caches pull images";
    others.map(|(account, region)| prerequisite(format!("registry of account {account} in {region}"), what)).collect()
}

/// The permissions boundary, the bucket of the audit trail, the agents of pods, and repositories outside of the spec.
fn others(platform: &Platform) -> Vec<Prerequisite> {
    let boundary = match &platform.iam.boundary {
        Some(Boundary::Existing(arn)) => given(arn, BOUNDARY),
        _ => None,
    };
    let bucket = platform.monitoring.audit_trail.as_ref().and_then(|trail| match &trail.bucket {
        OrCreate::Create => None,
        OrCreate::Existing(bucket) => given(bucket, BUCKET),
    });
    // EKS user guide, "Set up the Amazon EKS Pod Identity Agent": Auto Mode has it built in.
    let agents = platform.access.iter().filter_map(|access| access.associated());
    let agents = agents.map(|pods| prerequisite(format!("EKS Pod Identity Agent in {}", pods.cluster_name()), AGENT));
    let outside = platform.access.iter().flat_map(|access| &access.outside);
    let outside = outside.map(|arn| prerequisite(arn.as_str(), "ECR repository outside of this module"));
    boundary.into_iter().chain(bucket).chain(agents).chain(outside).collect()
}

/// The topics that alerts are sent to.
fn topics(platform: &Platform) -> Vec<Prerequisite> {
    let topics = platform.monitoring.alerts.iter().filter_map(|alert| match &alert.topic.value {
        OrCreate::Create => None,
        OrCreate::Existing(topic) => {
            let publishers: Vec<&str> = alert.publishers().map(Publisher::principal).collect();
            given(topic, &format!("{TOPIC}, allow {} to publish", publishers.join(" and ")))
        }
    });
    topics.collect()
}

/// What Terraform itself uses: the role of the provider, and the state. HCP Terraform keeps the state of a workspace.
fn around_terraform(platform: &Platform) -> Vec<Prerequisite> {
    let role = platform.root.assume_role.as_ref().and_then(|role| given(&role.value, PROVIDER_ROLE));
    let backend = platform.root.backend.iter().filter(|_| platform.workspace.is_none());
    let state = backend.flat_map(|backend| {
        let key = backend.kms_key.iter().map(|key| prerequisite(key.as_str(), "KMS key that encrypts the state"));
        let role = backend.assume_role.iter();
        let role = role.map(|role| prerequisite(role.as_str(), "IAM role that reads and writes the state"));
        [prerequisite(&*backend.bucket, "S3 bucket that holds the state")].into_iter().chain(key).chain(role)
    });
    role.into_iter().chain(state).collect()
}

/// The regions and registries that images are replicated to.
fn destinations(platform: &Platform) -> Vec<Prerequisite> {
    let mut all = Vec::new();
    for destination in replication::repositories(platform).flat_map(|repository| &repository.replicate_to) {
        let region = destination.region.as_str();
        if OPT_IN.contains(&region) {
            all.push(prerequisite(region, "AWS Region that must be enabled in the account"));
        }
        if let Some(account) = &destination.account {
            let account = account.as_str();
            let from = match replication::owner(platform, account, region) {
                Some(environment) => format!("of environment {environment}"),
                None => format!("as in {}", platform.root.directory_for(account)),
            };
            let what = format!("registry policy that lets this account replicate into it, {from}");
            all.push(prerequisite(format!("registry of account {account} in {region}"), what));
        }
    }
    if platform.root.shared && !platform.root.has_region_argument() {
        let regions = replication::managed_regions(platform).into_iter();
        let name = |region: &str| format!("provider configuration aws.{}", region.replace('-', "_"));
        all.extend(
            regions.map(|region| prerequisite(name(region), format!("AWS provider for {region}, in a file of yours"))),
        );
    }
    all
}

/// The Regions that an account has only after it enabled them (AWS Account Management reference guide, "Enable or disable AWS
/// Regions in your account").
const OPT_IN: [&str; 16] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
];

const PROVIDER_ROLE: &str = "IAM role that the AWS provider assumes";

const BOUNDARY: &str = "IAM policy that is the permissions boundary of the roles";

const AGENT: &str = "EKS add-on that gives the pods their credentials; EKS Auto Mode includes it";

const TOPIC: &str = "SNS topic whose policy, and that of its KMS key if it has one";

const BUCKET: &str = "S3 bucket whose policy allows CloudTrail to write the audit trail";
