//! The values of the symbols in a platform's documents, as far as they can be known or must be assumed before the
//! apply.

use super::{boundary, own_role, provider};
use crate::iam::{Bindings, Part, Symbol, Text};
use crate::platform::access::issuers;
use crate::platform::{Platform, Repository};
use crate::principals::{ArnReference, ProviderSource, StandIn, Value};
use crate::value::OrCreate;

/// Values for every symbol: those from the spec if it has them, and otherwise placeholders of the usual length.
pub fn bindings(platform: &Platform) -> Bindings {
    let account = platform.scope.account.as_deref().unwrap_or("123456789012");
    let (partition, suffix) = partition(&platform.region);
    let mut bindings = Bindings::commercial(&platform.region, account);
    if platform.scope.account.is_none() {
        bindings.shown_account = "ACCOUNT_ID".into();
    }
    bindings.partition = partition.into();
    bindings.dns_suffix = suffix.into();
    let arn = |service: &str, region: &str, resource: &str| {
        format!("arn:{partition}:{service}:{region}:{account}:{resource}")
    };
    for repository in platform.all_repositories() {
        let name = ArnReference::Repository(repository.key.clone()).symbol_name();
        bindings = bindings.arn(name, arn("ecr", &platform.region, &format!("repository/{}", repository.name)));
    }
    let boundary = boundary::arn(platform);
    let longest = arn("iam", "", &format!("policy/{}", "x".repeat(128)));
    bindings = named(boundary.iter()).fold(bindings, |bindings, name| bindings.arn(name, longest.clone()));
    for name in issuers::names(&platform.access) {
        let issuer =
            provider::issuer(platform, &name).expect("a name belongs to an entry, or to a kind with a default");
        let provider = ArnReference::OidcProvider(name).symbol_name();
        bindings = bindings.arn(provider, arn("iam", "", &format!("oidc-provider/{issuer}")));
    }
    for access in &platform.access {
        for role in &access.roles {
            let resource = format!("role{}{}", platform.iam.path, role.name);
            bindings = bindings.arn(own_role::reference(access, role).symbol_name(), arn("iam", "", &resource));
        }
        for value in access.principal.values() {
            bindings = bind_placeholder(bindings, &value, &arn);
        }
        if let Some(pods) = access.irsa() {
            let cluster = pods.cluster_name();
            let issuer = match (platform.setting().provider(&cluster), bindings.issuers.get(&cluster)) {
                (_, Some(issuer)) => issuer.clone(),
                (OrCreate::Existing(ProviderSource::Arn(arn)), _) => arn.issuer().to_owned(),
                // EKS issuers end in 32 hexadecimal digits. Each cluster has its own issuer.
                _ => format!("oidc.eks.{}.{suffix}/id/{:032X}", platform.region, bindings.issuers.len()),
            };
            let provider = ArnReference::OidcProvider(cluster.clone()).symbol_name();
            bindings = bindings.arn(provider, arn("iam", "", &format!("oidc-provider/{issuer}")));
            bindings = bindings.issuer(cluster, issuer);
        }
    }
    bindings
}

/// The names of the references in the texts.
fn named<'t>(texts: impl Iterator<Item = &'t Text>) -> impl Iterator<Item = &'t String> {
    texts.flat_map(Text::parts).filter_map(|part| match part {
        Part::Symbol(Symbol::Arn(name)) => Some(name),
        _ => None,
    })
}

/// Binds a placeholder for a value that is only known during the apply.
fn bind_placeholder(bindings: Bindings, value: &Value, arn: &impl Fn(&str, &str, &str) -> String) -> Bindings {
    let Ok(reference) = ArnReference::of(&value.value) else { return bindings };
    match (value.stand_in, reference) {
        (StandIn::RoleName, ArnReference::Variable(name)) => {
            bindings.arn(ArnReference::RoleOfVariable(name).symbol_name(), "x".repeat(64))
        }
        (StandIn::RoleName, reference) => bindings.arn(reference.symbol_name(), "x".repeat(64)),
        (StandIn::RoleArn, reference) => {
            bindings.arn(reference.symbol_name(), arn("iam", "", &format!("role/{}", "x".repeat(32))))
        }
        // The maximum length of a cluster name (EKS API reference, CreateCluster).
        (StandIn::ClusterName, reference) => bindings.arn(reference.symbol_name(), "x".repeat(100)),
        (StandIn::Unneeded, _) => bindings,
    }
}

/// The ARN of a repository; `None` if the spec does not give the account.
pub fn repository_arn(platform: &Platform, repository: &Repository) -> Option<String> {
    let account = platform.scope.account.as_deref()?;
    let (partition, _) = partition(&platform.region);
    Some(format!("arn:{partition}:ecr:{}:{account}:repository/{}", platform.region, repository.name))
}

/// The partition and the DNS suffix of a region (partition table of botocore).
pub fn partition(region: &str) -> (&'static str, &'static str) {
    const PARTITIONS: [(&str, &str, &str); 7] = [
        ("cn-", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-", "aws-us-gov", "amazonaws.com"),
        ("eusc-", "aws-eusc", "amazonaws.eu"),
        ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
        ("us-isof-", "aws-iso-f", "csp.hci.ic.gov"),
        ("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"),
        ("us-iso-", "aws-iso", "c2s.ic.gov"),
    ];
    let found = PARTITIONS.iter().find(|(prefix, ..)| region.starts_with(prefix));
    found.map_or(("aws", "amazonaws.com"), |(_, partition, suffix)| (partition, suffix))
}

/// A text with every symbol replaced. Values known only after apply are replaced by their expressions.
pub fn spelled(text: &Text, bindings: &Bindings) -> String {
    let part = |part: &Part| match part {
        Part::Literal(literal) => literal.clone(),
        Part::Symbol(Symbol::Arn(name)) => match ArnReference::of_symbol(name) {
            Some(ArnReference::Variable(name) | ArnReference::RoleOfVariable(name)) => format!("var.{name}"),
            Some(ArnReference::Reference(path)) => path,
            _ => {
                let account = |account: &str| format!(":{account}:");
                let symbol = Symbol::Arn(name.clone());
                let arn = bindings.resolve(&symbol);
                arn.replace(&account(&bindings.account_id), &account(&bindings.shown_account))
            }
        },
        Part::Symbol(Symbol::Given(given)) => given.expression.clone(),
        Part::Symbol(Symbol::AccountId) => bindings.shown_account.clone(),
        Part::Symbol(symbol) => bindings.resolve(symbol).to_owned(),
    };
    text.parts().iter().map(part).collect()
}
