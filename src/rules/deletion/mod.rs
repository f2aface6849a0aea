//! Rules about deleting repositories.

mod deletable_with_images;

use super::Rule;

pub(super) static RULES: &[&Rule] = &[&deletable_with_images::RULE];
