//! Words that people type because other tools use them, or because they are the usual word for the same thing.

/// Words as written, in lowercase and with `_` for `-`, and the word that the spec language or AWS has instead.
/// Only a word that is valid in the same place is suggested, so a row can have words that are valid elsewhere. The order
/// decides if several fit.
pub(super) const SYNONYMS: &[(&[&str], &str)] = &[
    // Verbs.
    (&["read", "download", "get", "fetch", "use"], "pull"),
    (&["write", "upload", "put", "publish", "deploy", "release"], "push"),
    (&["list", "describe", "view", "inspect", "show", "get"], "read"),
    (&["remove", "destroy", "purge", "prune", "drop", "clean", "cleanup"], "delete"),
    (&["add", "new", "make"], "create"),
    // Retention and lifecycle policies.
    (&["delete", "remove", "purge", "expiry", "drop"], "expire"),
    (&["archive", "archived", "move"], "transition"),
    (&["transition", "cold", "glacier"], "archive"),
    (&["all", "*"], "any"),
    (&["count", "max_images", "keep_last", "retain", "newest", "latest"], "keep"),
    (&["days", "max_age", "older_than", "delete_after", "after"], "expire_after"),
    (&["imagecount", "count", "number"], "imageCountMoreThan"),
    (&["imagepushed", "pushed", "age"], "sinceImagePushed"),
    (&["d", "day"], "days"),
    // Other values.
    (&["locked", "fixed", "frozen"], "immutable"),
    (&["unlocked"], "mutable"),
    (&["keep", "forget", "abandon"], "retain"),
    (&["auto", "apply"], "automatic"),
    (&["data", "find", "search"], "look_up"),
    (&["exists", "external"], "existing"),
    (&["sse_kms", "aws:kms"], "kms"),
    (&["aes", "sse_s3"], "aes256"),
    // Keys.
    (&["repo", "project"], "repository"),
    (&["repos", "repo", "ecr"], "repositories"),
    (&["repo", "repository"], "project"),
    (&["defaults", "default"], "repository_defaults"),
    (&["envs", "stages"], "environments"),
    (&["env", "stage"], "environment"),
    (&["account_id", "aws_account", "aws_account_id"], "account"),
    (&["aws_region"], "region"),
    (&["app", "application", "product"], "platform"),
    (&["roles", "permissions", "grants", "principals"], "access"),
    (&["actions", "permissions", "grants", "verbs", "allow", "action"], "can"),
    (&["mutability", "image_tag_mutability", "immutable"], "tag_mutability"),
    (&["scan", "scanning", "image_scanning_configuration"], "scan_on_push"),
    (&["kms_key", "encryption_configuration", "kms"], "encryption"),
    (&["rules", "lifecycle_rules"], "retention"),
    (&["branch", "refs"], "branches"),
    (&["tag"], "tags"),
    (&["labels"], "resource_tags"),
    (&["org"], "organization"),
];
