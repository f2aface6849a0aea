//! The KMS key that the repositories of an environment share, if the spec creates one.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, codes};
use crate::language::Names;
use crate::language::Spec;
use crate::language::repository::Encryption;
use crate::platform::Scope;
use crate::platform::naming::template::expand;
use crate::platform::repositories::repository::Repository;
use crate::source::Span;

/// A KMS key created by ecrgen.
#[derive(Clone, Debug)]
pub struct EncryptionKey {
    /// Its alias, including `alias/`; at most 256 characters.
    pub alias: String,
    /// The first place that requests it.
    pub span: Span,
}

/// Resolves the key, if a repository or the defaults request it. With the defaults, the key remains when the last
/// repository that uses it is removed with `retain`.
pub fn resolve<'r>(
    spec: &Spec,
    repositories: impl Iterator<Item = &'r Repository>,
    names: &Names,
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Option<EncryptionKey> {
    let default = spec.repository_defaults.as_ref().and_then(|defaults| defaults.encryption.as_ref());
    let mut asking = repositories.map(|repository| &repository.encryption).chain(default);
    let span = asking.find(|encryption| encryption.value == Encryption::KmsCreate)?.span;
    match alias(names, span, scope) {
        Ok(alias) => Some(EncryptionKey { alias, span }),
        Err(fault) => {
            faults.push(fault.at("names.key_alias"));
            None
        }
    }
}

/// The keys of replicas, by region: a KMS key belongs to one region. They have the same alias.
pub fn of_replicas(
    repositories: &[Repository],
    names: &Names,
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<String, EncryptionKey> {
    let mut keys = BTreeMap::new();
    let replicas = repositories.iter().flat_map(|repository| repository.replicas());
    for (region, managed) in replicas.filter(|(_, managed)| managed.encryption.value == Encryption::KmsCreate) {
        if keys.contains_key(region) {
            continue;
        }
        let span = managed.encryption.span;
        match alias(names, span, scope) {
            Ok(alias) => _ = keys.insert(region.to_owned(), EncryptionKey { alias, span }),
            Err(fault) => faults.push(fault.at("names.key_alias")),
        }
    }
    keys
}

/// KMS API reference, CreateAlias, `AliasName`: letters, digits, `/`, `_` and `-`; `alias/aws/` is reserved.
fn alias(names: &Names, asked: Span, scope: &Scope) -> Result<String, Diagnostic> {
    let (template, span) =
        names.key_alias.as_ref().map_or(("{platform}-{environment}-ecr", asked), |name| (name.as_str(), name.span));
    let name = expand(template, span, scope, &[])?;
    let is_bad = |c: char| !c.is_ascii_alphanumeric() && !"/_-".contains(c);
    let bad = name.chars().find(|c| is_bad(*c));
    let message = match bad {
        Some(c) => format!("`{name}` is not a valid KMS key alias: `{c}` is not allowed"),
        None if name.starts_with("aws/") => {
            format!("`{name}` is not a valid KMS key alias: AWS reserves the prefix `aws/`")
        }
        None if name.len() > 250 => {
            format!(
                "KMS key alias `{name}` is too long: it has {} characters, but KMS allows 250 after `alias/`",
                name.len()
            )
        }
        None => return Ok(format!("alias/{name}")),
    };
    // Braces are those of placeholders.
    let place = names.key_alias.as_ref().map_or(span, |name| name.first(|c| is_bad(c) && !"{}".contains(c)));
    Err(Diagnostic::new(&codes::BAD_KEY_ALIAS, place, message)
        .help("use only letters, digits, `/`, `_` and `-` in `names.key_alias`, for example `\"{platform}-ecr\"`"))
}
