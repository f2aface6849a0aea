//! Rules about the settings of repositories.

mod deletable_with_images;
mod kms_key_elsewhere;
mod repositories_by_variable;
mod tag_cannot_move;
mod tag_shared_by_services;

use super::Rule;

pub(super) static RULES: &[&Rule] = &[
    &deletable_with_images::RULE,
    &kms_key_elsewhere::RULE,
    &repositories_by_variable::RULE,
    &tag_cannot_move::RULE,
    &tag_shared_by_services::RULE,
];
