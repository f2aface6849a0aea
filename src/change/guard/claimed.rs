//! What the manifest of another platform in the same folder already has.

use std::collections::BTreeMap;

use super::{key, replica};
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Platform;
use crate::policies::resource_types;
use crate::prose;
use crate::source::Span;
use crate::tree::{Manifest, Module, Modules, Record, Values};

/// What platforms that are not compiled have, by its name in messages.
pub struct Claims<'m>(BTreeMap<String, Vec<Claim<'m>>>);

/// The platform that has it, and the account if that is known.
struct Claim<'m> {
    platform: &'m str,
    account: Option<&'m str>,
}

impl<'m> Claims<'m> {
    /// The claims of manifests.
    pub fn of(manifests: impl Iterator<Item = &'m Manifest>) -> Claims<'m> {
        let mut claims: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
        for manifest in manifests {
            let platform = manifest.platform().as_str();
            let mut claim = |what, account| claims.entry(what).or_default().push(Claim { platform, account });
            match manifest.record() {
                Record::Modules(modules) => {
                    for (module, what, _) in modules.values().flat_map(things) {
                        claim(what, module.account.as_deref());
                    }
                }
                Record::Repositories(facts) => facts.values().filter_map(repository).for_each(|what| claim(what, None)),
            }
        }
        Claims(claims)
    }

    /// An error per platform that also has something of the new output. The specs were not compiled together, so nothing else
    /// notices.
    pub fn check(&self, platforms: &[Platform], new: &Modules) -> Vec<Diagnostic> {
        let mut both: BTreeMap<&str, Vec<(String, Span)>> = BTreeMap::new();
        for (module, what, values) in new.values().flat_map(things) {
            let account = module.account.as_deref();
            let claims = self.0.get(&what).into_iter().flatten();
            let claim = claims.filter(|claim| claim.account.is_none() || account.is_none() || claim.account == account);
            for claim in claim.take(1) {
                both.entry(claim.platform).or_default().push((what.clone(), place(platforms, module, values)));
            }
        }
        both.iter().map(|(other, things)| claimed(other, things)).collect()
    }
}

fn claimed(other: &str, things: &[(String, Span)]) -> Diagnostic {
    let names = prose::listed(things.iter().map(|(what, _)| what.clone()), prose::FEW_NAMED);
    let is = if things.len() == 1 { "is" } else { "are" };
    let message = format!("{names} {is} also in the committed output of platform `{other}`");
    Diagnostic::new(&codes::CLAIMED_TWICE, things[0].1, message).help(format!(
        "to hand a repository over, list it under `removed` with `retain` in the spec of `{other}`, and render that spec first\n\
         if the platforms are in different AWS accounts, write `account` in both specs, and render both together"
    ))
}

/// The things of a module that exist only once per account, or once everywhere.
fn things(module: &Module) -> Vec<(&Module, String, Option<&Values>)> {
    let resources =
        module.resources.iter().filter_map(|(address, values)| Some((name(address, values)?, Some(values))));
    let workspace = module.state.strip_prefix("workspace ").map(|name| (format!("the workspace `{name}`"), None));
    resources.chain(workspace).map(|(what, values)| (module, what, values)).collect()
}

/// The name of a resource in messages, if AWS has only one with it. A name with a reference is known only to Terraform.
fn name(address: &str, values: &Values) -> Option<String> {
    if key(values).is_some() || replica::of(values).is_some() {
        return repository(values);
    }
    let (row, _) = resource_types::of_address(address)?;
    let (what, argument) = match row.name {
        "aws_iam_role" => ("role", "name"),
        "aws_iam_policy" => ("policy", "name"),
        "aws_iam_openid_connect_provider" => ("OIDC provider", "url"),
        _ => return None,
    };
    let name = values.get(argument).filter(|name| !name.contains("${"))?;
    Some(format!("the {what} `{name}`"))
}

fn repository(values: &Values) -> Option<String> {
    Some(format!("the repository `{}` in {}", values.get("name")?, values.get("region")?))
}

/// The repository in the spec, or the spec.
fn place(platforms: &[Platform], module: &Module, values: Option<&Values>) -> Span {
    let platform = platforms.iter().find(|platform| platform.scope.environment == module.environment);
    let repository = platform.zip(values.and_then(key)).and_then(|(platform, key)| platform.repository(key));
    let platform = || platform.map(|platform| platform.span).unwrap_or_default();
    repository.map_or_else(platform, |repository| repository.span)
}
