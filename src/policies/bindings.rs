//! What the symbols of a platform's documents stand for, as far as it can be known or must be assumed
//! before the apply.

use std::cell::LazyCell;

use super::{Thing, arns, boundary, provider};
use crate::iam::{Bindings, Part, Symbol, Text};
use crate::language::oidc_provider::{OidcProvider, ProviderSource};
use crate::platform::access::issuer;
use crate::platform::{Platform, Principal};
use crate::value::OrVariable;

/// Values for every symbol: the spec's where it gives them, else ones of the usual length.
pub fn bindings(platform: &Platform) -> Bindings {
    let account = platform.scope.account.as_deref().unwrap_or("123456789012");
    let (partition, suffix) = partition(&platform.region);
    let mut bindings = Bindings::commercial(&platform.region, account);
    bindings.partition = partition.into();
    bindings.dns_suffix = suffix.into();
    let arn = |service: &str, region: &str, resource: &str| {
        format!("arn:{partition}:{service}:{region}:{account}:{resource}")
    };
    for repository in &platform.repositories {
        let name = Thing::Repository(repository.key.clone()).symbol_name();
        bindings = bindings.arn(name, arn("ecr", &platform.region, &format!("repository/{}", repository.name)));
    }
    let unknown = [
        (arns::other_roles(platform), "x".repeat(64)),
        (boundary::arn(platform).into_iter().collect(), arn("iam", "", &format!("policy/{}", "x".repeat(128)))),
    ];
    for (texts, value) in unknown {
        bindings = named(&texts).fold(bindings, |bindings, name| bindings.arn(name, value.clone()));
    }
    for (name, _) in issuer::NAMED {
        let issuer = provider::issuer(platform, name).expect("a named issuer has a default");
        let thing = Thing::OidcProvider(name.into()).symbol_name();
        bindings = bindings.arn(thing, arn("iam", "", &format!("oidc-provider/{issuer}")));
    }
    for access in &platform.access {
        bindings = match &access.principal {
            Principal::Irsa(irsa, _) => {
                let cluster = irsa.cluster_name();
                let issuer = match (provider::origin(platform, &cluster), bindings.issuers.get(&cluster)) {
                    (_, Some(issuer)) => issuer.clone(),
                    (OidcProvider::Existing(ProviderSource::Arn(arn)), _) => {
                        arn.as_str().split_once(":oidc-provider/").expect("the form of such an ARN").1.to_owned()
                    }
                    // EKS's issuers end in 32 hexadecimal digits; each cluster has its own.
                    _ => format!("oidc.eks.{}.{suffix}/id/{:032X}", platform.region, bindings.issuers.len()),
                };
                let provider = Thing::OidcProvider(cluster.clone()).symbol_name();
                let bindings = bindings.arn(provider, arn("iam", "", &format!("oidc-provider/{issuer}")));
                bindings.issuer(cluster, issuer)
            }
            // The longest name of a cluster (EKS API reference, CreateCluster).
            Principal::PodIdentity(pods, _) => stand_in(bindings, &pods.cluster, "x".repeat(100)),
            Principal::AssumedBy(_, principals) => principals.iter().fold(bindings, |bindings, principal| {
                let role = arn("iam", "", &format!("role/{}", "x".repeat(32)));
                stand_in(bindings, &principal.value, role)
            }),
            _ => bindings,
        };
    }
    bindings
}

/// The same, made only once somebody asks: they are as many as the repositories, and most rules find nothing to ask about.
pub fn when_asked(platform: &Platform) -> LazyCell<Bindings, impl FnOnce() -> Bindings> {
    LazyCell::new(|| bindings(platform))
}

/// The names of things in texts.
fn named(texts: &[Text]) -> impl Iterator<Item = &String> {
    texts.iter().flat_map(Text::parts).filter_map(|part| match part {
        Part::Symbol(Symbol::Arn(name)) => Some(name),
        _ => None,
    })
}

/// Binds what only the apply knows of a value.
fn stand_in<T>(bindings: Bindings, given: &OrVariable<T>, value: String) -> Bindings {
    match Thing::of(given) {
        Ok(thing) => bindings.arn(thing.symbol_name(), value),
        Err(_) => bindings,
    }
}

/// Partition and DNS suffix of a region (botocore's table of partitions).
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
