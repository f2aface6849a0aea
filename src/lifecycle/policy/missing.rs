//! What to write where AWS requires a key.

use serde_json::{Map, Value};

/// How to add a key to an object that does not have it.
pub(super) fn fix(key: &str, object: &Map<String, Value>) -> String {
    let has = |key: &str| object.contains_key(key);
    let text = match key {
        "rules" => "`rules`, the list of lifecycle rules",
        "rulePriority" => "`rulePriority` with a number that no other rule has, such as `rulePriority: 1`",
        "selection" => {
            "`selection` with the images to select, such as \
             `selection: { tagStatus: any, countType: imageCountMoreThan, countNumber: 10 }`"
        }
        "action" => "`action: { type: expire }`",
        "tagStatus" if has("tagPatternList") || has("tagPrefixList") => "`tagStatus: tagged`",
        "tagStatus" => "`tagStatus: untagged`, or `tagStatus: any` for all images",
        "countType" if has("countUnit") => "`countType: sinceImagePushed` to count the days since the push",
        "countType" => "`countType: imageCountMoreThan` to count images",
        "countNumber" => "`countNumber` with the number of images or days, such as `countNumber: 10`",
        "countUnit" => "`countUnit: days`",
        "type" if has("targetStorageClass") => "`type: transition`",
        "type" => "`type: expire`",
        "targetStorageClass" => "`targetStorageClass: archive`",
        _ => return format!("add `{key}` with its value"),
    };
    format!("add {text}")
}
