//! Rules about the settings of repositories.

mod deletable_with_images;
mod dsse_outside_govcloud;
mod ip_range_without_effect;
mod kms_key_elsewhere;
mod kms_key_of_another_account;
mod repositories_by_variable;
mod tag_cannot_move;
mod tag_shared_by_services;

use std::collections::BTreeMap;

use super::Rule;
use crate::platform::{Encryption, Platform, Repository};
use crate::source::Span;

pub(super) static RULES: &[&Rule] = &[
    &deletable_with_images::RULE,
    &dsse_outside_govcloud::RULE,
    &ip_range_without_effect::RULE,
    &kms_key_elsewhere::RULE,
    &kms_key_of_another_account::RULE,
    &repositories_by_variable::RULE,
    &tag_cannot_move::RULE,
    &tag_shared_by_services::RULE,
];

/// The KMS keys of repositories and templates, by place: those that the spec gives, also as the default of a variable, which is the
/// value where it is not set otherwise. A key of `repository_defaults` has one place.
fn keys(platform: &Platform) -> BTreeMap<Span, (&str, &Repository)> {
    let keys = platform.all_repositories().filter_map(|repository| {
        let Encryption::KmsKey(key) = &repository.encryption.value else { return None };
        Some((repository.encryption.span, (key.written()?.as_str(), repository)))
    });
    keys.collect()
}
