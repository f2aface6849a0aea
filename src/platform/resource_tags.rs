//! The AWS tags of everything that can be tagged.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::Scope;
use super::naming::template;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::Spec;
use crate::source::Span;

/// The tags, placeholders filled (IAM's `tagKeyType` and `tagValueType`, and AWS's reserved prefix).
pub fn resolve(spec: &Spec, scope: &Scope, faults: &mut Vec<Diagnostic>) -> (BTreeMap<String, String>, Span) {
    let mut tags = BTreeMap::new();
    let Some(written) = &spec.resource_tags else { return (tags, spec.span) };
    let mut keys: BTreeMap<String, Span> = BTreeMap::new();
    let refused = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !"_.:/=+-@".contains(c);
    for (key, template) in &written.entries {
        let path = format!("resource_tags.{}", key.as_str());
        let value = template::expand(template.as_str(), template.span, scope, &[]).unwrap_or_else(|fault| {
            faults.push(fault.at(&path));
            String::new()
        });
        let fault = if key.as_str().to_lowercase().starts_with("aws:") {
            Some((key.span, "the prefix `aws:` belongs to AWS: the provider drops such tags without a word".to_owned()))
        } else if let Some(c) = key.as_str().chars().chain(value.chars()).find(|c| refused(*c) || c.is_control()) {
            Some((
                template.span,
                format!("AWS does not take {c:?} in a tag: letters, digits, spaces and _ . : / = + - @"),
            ))
        } else if value.chars().count() > 256 {
            Some((template.span, "the value of a tag has 256 characters at most".to_owned()))
        } else {
            None
        };
        faults.extend(fault.map(|(span, message)| Diagnostic::new(&codes::BAD_RESOURCE_TAG, span, message).at(path)));
        // HCL reads all text in NFC, and IAM's keys are one whatever their case (IAM user guide, "Tags for IAM resources").
        if let Some(first) = keys.insert(key.as_str().nfc().collect::<String>().to_lowercase(), key.span) {
            let message = format!("`{}` is a key of its own here, and not on an IAM role", key.as_str());
            let fault = Diagnostic::new(&codes::BAD_RESOURCE_TAG, key.span, message).and(first, "the same key for IAM");
            faults.push(fault.help("keep one of the two").at(format!("resource_tags.{}", key.as_str())));
        }
        tags.insert(key.as_str().to_owned(), value);
    }
    let span = written.entries.first().map_or(spec.span, |(key, _)| key.span);
    if tags.len() > 50 {
        let message = format!("AWS takes 50 tags a resource, and here are {}", tags.len());
        faults.push(Diagnostic::new(&codes::BAD_RESOURCE_TAG, span, message).at("resource_tags"));
    }
    (tags, span)
}
