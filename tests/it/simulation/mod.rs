//! `ecrgen simulate` and the `expect` section of a spec.

mod charts;
mod courses;
mod expectations;
mod first_runs;
mod inventories;
mod listed;
mod nested;
mod raw_policy;
mod schedules;
mod units;

/// A listing of images, each with the letter of its digest, its tags, its age in days on 2026-11-21, and its size in MB.
pub fn listing(images: &[(char, &[&str], i64, u64)]) -> String {
    let details: Vec<serde_json::Value> = images
        .iter()
        .map(|(letter, tags, days, megabytes)| {
            serde_json::json!({
                "registryId": "123456789012",
                "repositoryName": "shop",
                "imageDigest": digest(*letter),
                "imageTags": tags,
                "imagePushedAt": 1_795_219_200 - days * 86_400,
                "imageSizeInBytes": megabytes << 20,
                "imageManifestMediaType": "application/vnd.oci.image.manifest.v1+json",
            })
        })
        .collect();
    serde_json::json!({ "imageDetails": details }).to_string()
}

/// A digest that repeats a letter.
pub fn digest(letter: char) -> String {
    format!("sha256:{}", letter.to_string().repeat(64))
}

/// One rule of a policy.
pub fn rule(priority: u32, selection: serde_json::Value) -> serde_json::Value {
    serde_json::json!({ "rulePriority": priority, "selection": selection, "action": { "type": "expire" } })
}

/// A policy with these rules.
pub fn policy(rules: &[serde_json::Value]) -> String {
    serde_json::json!({ "rules": rules }).to_string()
}
