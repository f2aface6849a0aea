//! The outputs that a spec adds or renames.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::Spec;
use crate::platform::access::issuers;
use crate::platform::{Access, EncryptionKey};
use crate::source::{Span, Spanned};
use crate::value::{OrVariable, OutputPath};

/// What an output shows has to be there.
pub fn check(spec: &Spec, access: &[Access], key: Option<&EncryptionKey>, faults: &mut Vec<Diagnostic>) {
    for (name, path) in spec.outputs.iter().flat_map(|map| &map.entries) {
        let mut steps = path.as_str().split('.');
        let fault = match (steps.next(), steps.next(), steps.next()) {
            (Some("access"), Some(entry), Some(what)) => of_access(spec, access, path, entry, what),
            (Some("oidc_providers"), Some(provider), _) => of_provider(access, path, provider),
            (Some("kms_key_arn"), ..) if key.is_none() => {
                let fault = unknown(path, "no KMS key is made here".to_owned());
                Some(fault.help("`encryption: { kms: create }` in a repository makes one"))
            }
            _ => None,
        };
        faults.extend(fault.map(|fault| fault.at(format!("outputs.{}", name.as_str()))));
    }
}

fn unknown(path: &Spanned<OutputPath>, message: String) -> Diagnostic {
    Diagnostic::new(&codes::UNKNOWN_OUTPUT, path.span, message)
}

/// Where the path names what it is about: between the first dot and the second.
fn place_of(path: &Spanned<OutputPath>, name: &str) -> Option<Span> {
    let begin = path.as_str().find('.')? + 1;
    path.part(begin..begin + name.len())
}

fn of_access(
    spec: &Spec,
    access: &[Access],
    path: &Spanned<OutputPath>,
    entry: &str,
    what: &str,
) -> Option<Diagnostic> {
    let has = |access: &Access| match what {
        "role_arn" => access.roles.len() == 1,
        _ => !access.is_granted_by_repositories(),
    };
    let find = |name: &str| access.iter().find(|access| access.name == name);
    let written = spec.access.as_ref().is_some_and(|access| access.mentions(entry));
    let (message, all) = match find(entry) {
        None if written => return None,
        None => (format!("there is no access entry called `{entry}`"), "access entries here"),
        Some(access) if has(access) => return None,
        Some(_) if what == "role_arn" => (
            format!("`access.{entry}` does not make exactly one role, so it has no `role_arn`"),
            "access entries with one role",
        ),
        Some(_) => (
            format!("`access.{entry}` is let in by the repositories' own policies, and has no policy itself"),
            "access entries with a policy",
        ),
    };
    let names = spec.access.iter().flat_map(|access| access.names());
    let names: Vec<&str> = names.filter(|name| find(name).is_none_or(has)).collect();
    Some(unknown(path, message).did_you_mean(place_of(path, entry), entry, names, all))
}

/// The root module knows the providers of the forges, of its clusters, and HCP Terraform's where an entry trusts it.
fn of_provider(access: &[Access], path: &Spanned<OutputPath>, provider: &str) -> Option<Diagnostic> {
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
        return Some(unknown(path, message).help("every issuer has a provider of its own"));
    }
    if known.iter().any(|known| known == provider) {
        return None;
    }
    let message = format!("the root module has no OIDC provider called `{provider}`");
    let known = known.iter().map(String::as_str);
    Some(unknown(path, message).did_you_mean(place_of(path, provider), provider, known, "providers here"))
}
