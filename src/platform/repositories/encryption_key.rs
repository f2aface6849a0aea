//! The KMS key that an environment's repositories share, where the spec makes one.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::Names;
use crate::language::Spec;
use crate::language::repository::Encryption;
use crate::platform::Scope;
use crate::platform::naming::template::expand;
use crate::platform::repositories::repository::Repository;
use crate::source::Span;

/// A KMS key made here.
#[derive(Clone, Debug)]
pub struct EncryptionKey {
    /// Its alias, with `alias/` and 256 characters at most.
    pub alias: String,
    /// Where it is first asked for.
    pub span: Span,
}

/// The key, if a repository asks for it, or the defaults do: so it stays when the last repository that used it is left
/// to AWS.
pub fn resolve(
    spec: &Spec,
    repositories: &[Repository],
    names: &Names,
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Option<EncryptionKey> {
    let default = spec.repository_defaults.as_ref().and_then(|defaults| defaults.encryption.as_ref());
    let mut asking = repositories.iter().map(|repository| &repository.encryption).chain(default);
    let span = asking.find(|encryption| encryption.value == Encryption::KmsCreate)?.span;
    match alias(names, span, scope) {
        Ok(alias) => Some(EncryptionKey { alias, span }),
        Err(fault) => {
            faults.push(fault.at("names.key_alias"));
            None
        }
    }
}

/// KMS API reference, CreateAlias, `AliasName`: letters, digits, `/`, `_` and `-`, and `alias/aws/` is AWS's own.
fn alias(names: &Names, asked: Span, scope: &Scope) -> Result<String, Diagnostic> {
    let (template, span) =
        names.key_alias.as_ref().map_or(("{platform}-{environment}-ecr", asked), |name| (name.as_str(), name.span));
    let name = expand(template, span, scope, &[])?;
    let bad = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"/_-".contains(*c));
    let message = match bad {
        Some(c) => format!("`{name}` cannot be the alias of a key: KMS does not take `{c}` in it"),
        None if name.starts_with("aws/") => {
            format!("`{name}` cannot be the alias of a key: AWS keeps `aws/` for itself")
        }
        None if name.len() > 250 => {
            format!("`{name}` has {} characters, and KMS takes 250 in an alias beside `alias/`", name.len())
        }
        None => return Ok(format!("alias/{name}")),
    };
    Err(Diagnostic::new(&codes::BAD_KEY_ALIAS, span, message).help("the alias comes from `names.key_alias`"))
}
