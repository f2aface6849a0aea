//! AWS tags: the tags of all resources, and the tags of one repository.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::naming::template;
use super::{Repository, Scope};
use crate::decode::Map;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::Spec;
use crate::source::{Span, Spanned};
use crate::value::{TagKey, TagValue};

/// Tags by key, as a spec writes them.
pub type Written = Map<TagKey, Spanned<TagValue>>;

/// The maximum number of tags per resource (AWS General Reference, "Tag naming limits and requirements").
const MOST: usize = 50;

/// The tags of all resources that can have tags, with placeholders replaced.
pub fn resolve(spec: &Spec, scope: &Scope, faults: &mut Vec<Diagnostic>) -> (BTreeMap<String, String>, Span) {
    let Some(written) = &spec.resource_tags else { return (BTreeMap::new(), spec.span) };
    let tags = filled(written, "resource_tags", scope, faults);
    // IAM ignores the case of keys (IAM user guide, "Tags for IAM resources").
    for (first, second) in alike(written, |key| key.nfc().collect::<String>().to_lowercase()) {
        let message = format!("tag key `{}` is written twice for IAM, which ignores case in tag keys", second.as_str());
        let fault = Diagnostic::new(&codes::BAD_RESOURCE_TAG, second.span, message).and(first, "the same key for IAM");
        faults
            .push(fault.help("delete or rename one of the two keys").at(format!("resource_tags.{}", second.as_str())));
    }
    let span = written.entries.first().map_or(spec.span, |(key, _)| key.span);
    faults.extend(too_many(tags.len(), span).map(|fault| fault.at("resource_tags")));
    (tags, span)
}

/// The tags of one repository, with placeholders replaced. `path` is the path of the repository in the spec.
pub fn of_repository(
    written: &Written,
    path: &str,
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let path = format!("{path}.resource_tags");
    let tags = filled(written, &path, scope, faults);
    for (first, second) in alike(written, |key| key.nfc().collect()) {
        let message = format!(
            "tag key `{}` is written twice for Terraform, which normalizes Unicode text to NFC",
            second.as_str()
        );
        let fault =
            Diagnostic::new(&codes::BAD_RESOURCE_TAG, second.span, message).and(first, "the same key for Terraform");
        faults.push(fault.help("delete or rename one of the two keys").at(format!("{path}.{}", second.as_str())));
    }
    tags
}

/// The errors of repositories that have too many tags, including those of all resources.
pub fn check<'p>(
    repositories: impl Iterator<Item = &'p Repository> + 'p,
    of_everything: &'p BTreeMap<String, String>,
) -> impl Iterator<Item = Diagnostic> + 'p {
    let own = repositories.filter(|repository| !repository.resource_tags.value.is_empty());
    own.filter_map(|repository| {
        let more = repository.resource_tags.value.keys().filter(|key| !of_everything.contains_key(*key)).count();
        let fault = too_many(of_everything.len() + more, repository.resource_tags.span)?;
        Some(fault.at(format!("{}.resource_tags", repository.path())))
    })
}

fn too_many(count: usize, span: Span) -> Option<Diagnostic> {
    let message = format!("too many tags: AWS allows {MOST} per resource, and this one would have {count}");
    (count > MOST).then(|| Diagnostic::new(&codes::BAD_RESOURCE_TAG, span, message))
}

fn filled(written: &Written, path: &str, scope: &Scope, faults: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let mut tags = BTreeMap::new();
    for (key, template) in &written.entries {
        let path = format!("{path}.{}", key.as_str());
        let value = template::expand(template.as_str(), template.span, scope, &[]).unwrap_or_else(|fault| {
            faults.push(fault.at(&path));
            String::new()
        });
        let refused = [(key.span, refused_key(key.as_str())), (template.span, refused_value(&value))];
        let faults_here = refused.into_iter().filter_map(|(span, message)| Some((span, message?)));
        faults.extend(faults_here.map(|(span, message)| {
            let help = "use another key or value, for example `Owner: Platform and Tools`";
            Diagnostic::new(&codes::BAD_RESOURCE_TAG, span, message).help(help).at(&path)
        }));
        tags.insert(key.as_str().to_owned(), value);
    }
    tags
}

/// Why AWS does not accept this tag key (IAM's `tagKeyType`, the strictest form, and the prefix reserved by AWS).
fn refused_key(key: &str) -> Option<String> {
    if key.to_lowercase().starts_with("aws:") {
        return Some(
            "the prefix `aws:` is reserved by AWS, and the AWS provider silently drops tags with it".to_owned(),
        );
    }
    refused_character(key).map(|c| {
        format!("AWS does not allow `{}` in a tag key, which can contain only {CHARACTERS}", c.escape_default())
    })
}

/// Why AWS does not accept this tag value (IAM's `tagValueType`, the strictest form).
fn refused_value(value: &str) -> Option<String> {
    let character = refused_character(value).map(|c| {
        format!("AWS does not allow `{}` in a tag value, which can contain only {CHARACTERS}", c.escape_default())
    });
    let is_long = value.chars().count() > 256;
    character.or_else(|| is_long.then(|| "this tag value is too long: AWS allows 256 characters".to_owned()))
}

const CHARACTERS: &str = "letters, digits, spaces and `_.:/=+-@`";

fn refused_character(text: &str) -> Option<char> {
    let is_refused =
        |c: &char| c.is_control() || !(c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(*c));
    text.chars().find(is_refused)
}

/// Keys that are the same in some form, each with the place of the earlier one.
fn alike(written: &Written, form: impl Fn(&str) -> String) -> Vec<(Span, &Spanned<TagKey>)> {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let keys = written.entries.iter().map(|(key, _)| key);
    keys.filter_map(|key| Some((seen.insert(form(key.as_str()), key.span)?, key))).collect()
}
