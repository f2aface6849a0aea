//! The outputs that a spec adds or renames.

use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::language::Spec;
use crate::platform::access::issuers;
use crate::platform::{Access, EncryptionKey};
use crate::value::OrVariable;

/// What an output shows has to be there.
pub fn check(spec: &Spec, access: &[Access], key: Option<&EncryptionKey>, faults: &mut Vec<Diagnostic>) {
    for (name, path) in spec.outputs.iter().flat_map(|map| &map.entries) {
        let mut steps = path.as_str().split('.');
        let fault = match (steps.next(), steps.next(), steps.next()) {
            (Some("access"), Some(entry), Some(what)) => of_access(spec, access, entry, what),
            (Some("oidc_providers"), Some(provider), _) => of_provider(access, provider),
            (Some("kms_key_arn"), ..) if key.is_none() => {
                let help = "`encryption: { kms: create }` in a repository makes one";
                Some(("no KMS key is made here".to_owned(), help.to_owned()))
            }
            _ => None,
        };
        if let Some((message, help)) = fault {
            let fault = Diagnostic::new(&codes::UNKNOWN_OUTPUT, path.span, message);
            faults.push(fault.help(help).at(format!("outputs.{}", name.as_str())));
        }
    }
}

fn of_access(spec: &Spec, access: &[Access], entry: &str, what: &str) -> Option<(String, String)> {
    let written = spec.access.as_ref().is_some_and(|access| access.mentions(entry));
    let message = match access.iter().find(|access| access.name == entry) {
        None if written => return None,
        None => format!("there is no access entry called `{entry}`"),
        Some(access) if what == "role_arn" && access.roles.len() != 1 => {
            format!("`access.{entry}` does not make exactly one role, so it has no `role_arn`")
        }
        Some(access) if access.is_granted_by_repositories() => {
            format!("`access.{entry}` is let in by the repositories' own policies, and has no policy itself")
        }
        Some(_) => return None,
    };
    let names: Vec<&str> = spec.access.iter().flat_map(|access| access.names()).collect();
    Some((message, did_you_mean(entry, names, "access entries here")))
}

/// The root module knows the providers of the forges, of its clusters, and HCP Terraform's where an entry trusts it.
fn of_provider(access: &[Access], provider: &str) -> Option<(String, String)> {
    let cluster = |access: &Access| match &access.irsa()?.cluster {
        OrVariable::Literal(name) => Some(name.as_str().to_owned()),
        OrVariable::Variable(_) | OrVariable::Reference(_) => None,
    };
    // HCP Terraform's is made by the bootstrap module, unless an entry trusts it.
    let runs = access.iter().any(|access| access.principal.kind().key == "hcp");
    let named = issuers::named().map(|(name, _)| name).filter(|name| *name != "hcp" || runs);
    let known: Vec<String> = access.iter().filter_map(cluster).chain(named.map(str::to_owned)).collect();
    if let [first, second, ..] = issuers::all(access, provider).as_slice() {
        let message = format!("`{provider}` is both {first} and {second} here, so it has no one ARN");
        return Some((message, "every issuer has a provider of its own".to_owned()));
    }
    if known.iter().any(|known| known == provider) {
        return None;
    }
    let message = format!("the root module has no OIDC provider called `{provider}`");
    Some((message, did_you_mean(provider, known.iter().map(String::as_str), "providers here")))
}
