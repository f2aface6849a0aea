//! The outputs that a spec adds or renames.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::Spec;
use crate::platform::access::issuers;
use crate::platform::{Access, EncryptionKey, Scope};
use crate::source::{Span, Spanned};
use crate::value::{OrVariable, OutputPath};

/// Reports outputs that refer to something that does not exist.
pub fn check(spec: &Spec, access: &[Access], key: Option<&EncryptionKey>, scope: &Scope, faults: &mut Vec<Diagnostic>) {
    for (name, path) in spec.outputs.iter().flat_map(|map| &map.entries) {
        let fault = match path.steps() {
            ("access", Some((entry, what))) => of_access(spec, access, path, entry, what),
            ("oidc_providers", Some((provider, _))) => of_provider(access, path, provider),
            ("alerts", Some((alert, _))) => of_alert(spec, path, alert),
            ("kms_key_arn", _) if key.is_none() && !scope.unreadable.settings => {
                let fault =
                    unknown(path, "`kms_key_arn` does not exist: this spec does not create a KMS key".to_owned());
                Some(fault.help("write `encryption: { kms: create }` in a repository to create one"))
            }
            _ => None,
        };
        faults.extend(fault.map(|fault| fault.at(format!("outputs.{}", name.as_str()))));
    }
}

fn unknown(path: &Spanned<OutputPath>, message: String) -> Diagnostic {
    Diagnostic::new(&codes::UNKNOWN_OUTPUT, path.span, message)
}

/// The place of the name in the path, between the first dot and the second.
fn place_of(path: &Spanned<OutputPath>, name: &str) -> Option<Span> {
    let begin = path.as_str().find('.')? + 1;
    path.part(begin..begin + name.len())
}

/// The error of an alert that the spec does not have.
fn of_alert(spec: &Spec, path: &Spanned<OutputPath>, alert: &str) -> Option<Diagnostic> {
    let alerts = spec.monitoring.as_ref().and_then(|monitoring| monitoring.alerts.as_ref());
    if alerts.is_some_and(|alerts| alerts.mentions(alert)) {
        return None;
    }
    let names: Vec<&str> = alerts.into_iter().flat_map(|alerts| alerts.names()).collect();
    let message = format!("alert `{alert}` does not exist");
    Some(unknown(path, message).did_you_mean(place_of(path, alert), alert, names, "alerts"))
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
    let message = match find(entry) {
        None if written => return None,
        None => format!("access entry `{entry}` does not exist"),
        Some(access) if has(access) => return None,
        Some(access) => {
            let (message, help) = without(access, what);
            return Some(unknown(path, message).help(help));
        }
    };
    let names = spec.access.iter().flat_map(|access| access.names());
    let names: Vec<&str> = names.filter(|name| find(name).is_none_or(has)).collect();
    Some(unknown(path, message).did_you_mean(place_of(path, entry), entry, names, "access entries"))
}

/// Why an entry has no such value, and what to do. Its name is right, so no other name is suggested.
fn without(access: &Access, what: &str) -> (String, &'static str) {
    let name = &access.name;
    match (what, access.roles.len()) {
        ("role_arn", 0) => (
            format!("`access.{name}` has no `role_arn`, because ecrgen does not create a role for it"),
            "remove this output, and refer to the principal where it is managed",
        ),
        ("role_arn", count) => (
            format!("`access.{name}` has no single `role_arn`, because it creates {count} roles"),
            "write `role_arns`, which contains the ARN of each role",
        ),
        _ => (
            format!("`access.{name}` does not have its own policy: its access is granted by the repository policies"),
            "remove this output",
        ),
    }
}

/// The error of an OIDC provider that the root module does not have. It has those of GitHub and GitLab, of its
/// clusters, and of HCP Terraform if an entry trusts it.
fn of_provider(access: &[Access], path: &Spanned<OutputPath>, provider: &str) -> Option<Diagnostic> {
    let cluster = |access: &Access| match &access.irsa()?.cluster {
        OrVariable::Literal(name) => Some(name.as_str().to_owned()),
        OrVariable::Variable(_) | OrVariable::Reference(_) => None,
    };
    // Unless an entry trusts HCP Terraform, its provider belongs to the bootstrap module.
    let runs = access.iter().any(|access| access.principal.kind().key == "hcp");
    let named = issuers::names(access).into_iter().filter(|name| name != "hcp" || runs);
    let known: Vec<String> = access.iter().filter_map(cluster).chain(named).collect();
    if let [first, second, ..] = issuers::all(access, provider).as_slice() {
        let message = format!("`{provider}` has no single ARN: access entries use it for both {first} and {second}");
        return Some(
            unknown(path, message).help("delete this output: each issuer has its own OIDC provider with its own ARN"),
        );
    }
    if known.iter().any(|known| known == provider) {
        return None;
    }
    let message = format!("the root module has no OIDC provider `{provider}`");
    let known = known.iter().map(String::as_str);
    Some(unknown(path, message).did_you_mean(place_of(path, provider), provider, known, "OIDC providers"))
}
