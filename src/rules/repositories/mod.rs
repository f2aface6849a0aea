//! Rules about the settings of repositories.

mod deletable_with_images;
mod kms_key_elsewhere;
mod tag_cannot_move;

use super::Rule;

pub(super) static RULES: &[&Rule] = &[&deletable_with_images::RULE, &kms_key_elsewhere::RULE, &tag_cannot_move::RULE];
