//! Rules about the settings of repositories.

mod deletable_with_images;
mod dsse_outside_govcloud;
mod kms_key_elsewhere;
mod kms_key_of_another_account;
mod repositories_by_variable;
mod tag_cannot_move;
mod tag_shared_by_services;

use super::Rule;

pub(super) static RULES: &[&Rule] = &[
    &deletable_with_images::RULE,
    &dsse_outside_govcloud::RULE,
    &kms_key_elsewhere::RULE,
    &kms_key_of_another_account::RULE,
    &repositories_by_variable::RULE,
    &tag_cannot_move::RULE,
    &tag_shared_by_services::RULE,
];
