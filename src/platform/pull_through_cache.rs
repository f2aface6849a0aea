//! Pull through cache rules: what ECR imports from other registries, and into which repositories (ECR user guide, "Sync an
//! upstream registry with an Amazon ECR private registry").

use super::repositories::prefix::ROOT;
use super::repositories::template::{Occasion, Template, prefix_taken};
use super::{Repository, Scope};
use crate::diagnostic::{Diagnostic, attempt, codes};
use crate::language::pull_through_cache::Cache as Written;
pub use crate::language::pull_through_cache::Upstream;
use crate::language::registry::Registry;
use crate::source::{Span, Spanned};
use crate::value::{OrVariable, RepositoryPrefix, SecretArn};

/// A pull through cache rule.
#[derive(Clone, Debug)]
pub struct Cache {
    /// Its prefix, without the `/` that ECR adds, or `ROOT`: 2 to 30 characters.
    pub prefix: String,
    /// Where the prefix is written.
    pub span: Span,
    /// The upstream registry.
    pub upstream: Upstream,
    /// The host of the upstream registry.
    pub host: String,
    /// The only part of the upstream registry that the rule is for.
    pub upstream_prefix: Option<String>,
    /// The secret with the credentials.
    pub credential: Option<OrVariable<SecretArn>>,
    /// What ECR creates, if no template has the same prefix.
    pub created: Option<Repository>,
    /// The prefix of the template that ECR creates the repositories with, if there is one.
    pub template: Option<String>,
}

/// The most rules of a registry (ECR user guide, "Amazon ECR service quotas").
const MOST: usize = 50;

impl Cache {
    /// Its path in the spec.
    pub fn path(&self) -> String {
        format!("registry.pull_through_cache.{}", self.prefix)
    }

    /// The account and the region of the upstream registry, if that is ECR.
    pub fn upstream_registry(&self) -> Option<(&str, &str)> {
        let (account, rest) = self.host.split_once(".dkr.ecr.").filter(|_| self.upstream == Upstream::Ecr)?;
        Some((account, rest.split_once(".amazonaws.")?.0))
    }

    /// Whether ECR needs a role to pull from the upstream registry: an ECR registry of another account. If the spec does not give
    /// its own account, that is any.
    pub fn needs_role(&self, own: Option<&str>) -> bool {
        self.upstream_registry().is_some_and(|(account, _)| Some(account) != own)
    }
}

/// Resolves the rules: those without errors, sorted by prefix.
pub fn resolve(
    registry: &Registry,
    repositories: &[Repository],
    templates: &[Template],
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Cache> {
    let Some(written) = &registry.pull_through_cache else { return Vec::new() };
    if let Some((prefix, _)) = written.entries.get(MOST) {
        let message = format!("too many pull through cache rules: ECR allows {MOST} per account and region");
        faults.push(bad(prefix.span, message).at("registry.pull_through_cache"));
    }
    let caches = written.entries.iter().filter_map(|(prefix, cache)| {
        let path = format!("registry.pull_through_cache.{}", prefix.as_str());
        let mut found = Vec::new();
        let resolved = attempt(&mut found, |found| {
            found.extend(bad_prefix(prefix, repositories));
            if cache.upstream.needs_credential() && cache.credential.is_none() {
                found.push(no_credential(&cache.upstream));
            }
            match host(cache, scope) {
                Ok(host) => Some(self::cache(prefix, cache, host, templates)),
                Err(fault) => {
                    found.push(fault);
                    None
                }
            }
        });
        faults.extend(found.into_iter().map(|fault| fault.at(&path)));
        resolved.flatten()
    });
    let mut caches: Vec<Cache> = caches.collect();
    caches.sort_by(|one, other| one.prefix.cmp(&other.prefix));
    caches
}

fn cache(prefix: &Spanned<RepositoryPrefix>, written: &Written, host: String, templates: &[Template]) -> Cache {
    let text = prefix.as_str();
    let covering = templates.iter().filter(|template| template.covers(text));
    let template = covering.max_by_key(|template| template.created.name.len());
    let template = template.filter(|template| template.is_for(Occasion::PullThroughCache));
    let has_own = templates.iter().any(|template| template.prefix() == text);
    Cache {
        prefix: text.to_owned(),
        span: prefix.span,
        upstream: written.upstream.value,
        host,
        upstream_prefix: written.upstream_prefix.as_ref().map(|part| part.as_str().to_owned()),
        credential: written.credential.clone(),
        created: (!has_own)
            .then(|| Repository::created_with_defaults(text, prefix.span, template.map(|one| &one.created))),
        template: template.map(|template| template.prefix().to_owned()),
    }
}

fn bad(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&codes::BAD_CACHE, span, message)
}

/// The error of a prefix with the wrong length, or with repositories of the spec below it (ECR API reference,
/// CreatePullThroughCacheRule, `ecrRepositoryPrefix`: 2 to 30 characters).
fn bad_prefix(prefix: &Spanned<RepositoryPrefix>, repositories: &[Repository]) -> Option<Diagnostic> {
    let text = prefix.as_str();
    if !(2..=30).contains(&text.len()) {
        let message =
            format!("the prefix of a pull through cache rule has 2 to 30 characters, and `{text}` has {}", text.len());
        return Some(Diagnostic::new(&codes::BAD_PREFIX, prefix.span, message).help("write another prefix"));
    }
    let taken = repositories.iter().find(|one| is_below(&one.name, text) || text != ROOT && one.key == text)?;
    Some(match is_below(&taken.name, text) {
        true => mixed(prefix.span, text, taken),
        false => prefix_taken(prefix.span, text, taken.span, &taken.key),
    })
}

/// Whether a repository has the prefix, which is everything that ECR imports into. `ROOT` is only for names without another prefix.
pub(super) fn is_below(name: &str, prefix: &str) -> bool {
    prefix != ROOT && (name == prefix || name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/')))
}

/// Whether ECR creates repositories with this name, or below this prefix, as those below a prefix. `ROOT` covers every name.
pub fn covers(prefix: &str, name: &str) -> bool {
    prefix == ROOT || is_below(name, prefix)
}

/// Whether some repositories are below both prefixes.
pub fn overlap(one: &str, other: &str) -> bool {
    covers(one, other) || covers(other, one)
}

/// The error of a repository of the spec among those that ECR imports into.
pub(super) fn mixed(prefix: Span, text: &str, taken: &Repository) -> Diagnostic {
    let message = format!(
        "ECR imports images below `{text}` from another registry, and repository `{}` has this prefix",
        taken.name
    );
    let fault = Diagnostic::new(&codes::PREFIX_TAKEN, prefix, message).and(taken.span, "the repository");
    fault.help("write another prefix for the pull through cache rule")
}

fn no_credential(upstream: &Spanned<Upstream>) -> Diagnostic {
    let message = format!("`upstream: {}` needs a `credential`", upstream.as_str());
    bad(upstream.span, message).help(
        "store the user name and the access token in a Secrets Manager secret whose name begins with `ecr-pullthroughcache/`, and \
         write `credential: ARN` or `credential: { variable: NAME }`",
    )
}

/// The host of the upstream registry.
fn host(written: &Written, scope: &Scope) -> Result<String, Diagnostic> {
    let upstream = &written.upstream;
    let word = upstream.as_str();
    match (upstream.host(), &written.url) {
        (Some(host), None) => Ok(host.to_owned()),
        (Some(host), Some(url)) => {
            let message = format!("`upstream: {word}` always has the host `{host}`");
            Err(bad(url.span, message).on_key().help("remove `url`"))
        }
        (None, None) => {
            let example = if upstream.value == Upstream::Azure {
                "acme.azurecr.io"
            } else {
                "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
            };
            let message = format!("`upstream: {word}` needs a `url`: there are many of these registries");
            Err(bad(upstream.span, message).help(format!("add the host of the registry, for example `url: {example}`")))
        }
        (None, Some(url)) => {
            let host = url.as_str();
            let is_azure = host.strip_suffix(".azurecr.io").is_some_and(|name| !name.contains('.'));
            let of_ecr = host.split_once(".dkr.ecr.").and_then(|(account, rest)| {
                Some((account, rest.split_once(".amazonaws.com").filter(|(_, end)| matches!(*end, "" | ".cn"))?.0))
            });
            match (upstream.value, of_ecr) {
                (Upstream::Azure, _) if is_azure => Ok(host.to_owned()),
                (Upstream::Ecr, Some((account, region))) if account.len() == 12 => {
                    if scope.account.as_deref() == Some(account) && scope.region == region {
                        let message = "this is the registry of the spec itself";
                        return Err(
                            bad(url.span, message).help("write the host of a registry in another account or region")
                        );
                    }
                    Ok(host.to_owned())
                }
                _ => {
                    let form = if upstream.value == Upstream::Azure {
                        "`NAME.azurecr.io`"
                    } else {
                        "`ACCOUNT.dkr.ecr.REGION.amazonaws.com`"
                    };
                    let message = format!("`{host}` is not the host of an {word} registry");
                    Err(bad(url.span, message).help(format!("write {form}")))
                }
            }
        }
    }
}
