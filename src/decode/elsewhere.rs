//! Help for keys that people expect from AWS or Terraform: the key that ecrgen has instead, or where to write what it does
//! not generate.

/// The key that ecrgen has instead of one of these, or why it has none.
pub(super) fn elsewhere(key: &str) -> Option<String> {
    instead(key).map(str::to_owned).or_else(|| feature(key).map(by_hand))
}

fn instead(key: &str) -> Option<&'static str> {
    let help = match key {
        "aws_access_key_id" | "aws_secret_access_key" | "access_key" | "secret_key" => {
            "static credentials are not supported; use `github`, `gitlab`, `irsa` or `assumed_by`, which give short-lived ones"
        }
        "lifecycle" | "lifecycle_policy" | "lifecycle_rules" => {
            "use `retention` to define which images to keep, or `lifecycle_policy` for a policy in the format of AWS"
        }
        "expire_unpulled_after" | "expire_after_pull" | "delete_unpulled_after" => {
            "ECR cannot delete images by the time since their last pull, only archive them: use `archive_unpulled_after`, and `expire_archived_after` in another rule"
        }
        "retain" | "protect" | "exclude" | "never_expire" => {
            "use `keep: all` with the class to protect under `of`, before the rules that would delete its images; ECR has no rule that only protects images"
        }
        "eks" | "kubernetes" | "k8s" | "pods" => {
            "use `node_roles` for the images that nodes pull, and `irsa` or `pod_identity` for pods that call ECR themselves"
        }
        "oidc" | "openid" => {
            "in an access entry, use `github`, `gitlab` or `hcp` for pipelines, `oidc` for those with tokens of another issuer, and `irsa` for pods"
        }
        "tags" => "use `image_tags` for classes of image tags, or `resource_tags` for AWS tags",
        "policy" | "repository_policy" => {
            "use `access` to define who can do what, or `policy_statements` of a repository for statements of its policy"
        }
        _ => return None,
    };
    Some(help)
}

/// What AWS or Terraform calls something that ecrgen does not generate.
fn feature(key: &str) -> Option<&'static str> {
    FEATURES.iter().find(|(keys, _)| keys.contains(&key)).map(|(_, feature)| *feature)
}

const FEATURES: &[(&[&str], &str)] = &[
    (
        &["replication", "replicate", "replicate_to", "replication_configuration", "replication_rules"],
        "replication rules",
    ),
    (&["pull_through_cache", "pull_through_cache_rules", "cache", "upstream"], "pull through cache rules"),
    (
        &["repository_creation_template", "repository_creation_templates", "creation_template", "creation_templates"],
        "repository creation templates",
    ),
    (
        &[
            "registry_scanning_configuration",
            "scanning_configuration",
            "scanner",
            "enhanced_scanning",
            "scan_type",
            "inspector",
        ],
        "the scanning configuration of the registry",
    ),
    (&["registry_policy"], "other statements of the registry policy"),
    (&["signing", "signing_configuration", "signer"], "signing configurations"),
    (&["public", "ecrpublic", "public_repositories", "catalog_data"], "public repositories"),
    (&["vpc", "vpc_endpoint", "vpc_endpoints", "endpoints"], "VPC endpoints"),
    (&["account_setting", "account_settings"], "ECR account settings"),
    (
        &["alarms", "alarm", "cloudwatch", "notifications", "sns", "event_rules", "eventbridge"],
        "alarms and notifications",
    ),
    (&["resource", "resources", "data", "module", "modules", "locals", "import", "moved"], "other blocks of Terraform"),
    (&["count", "for_each", "depends_on", "provider", "provisioner", "timeouts", "dynamic"], "this part of Terraform"),
];

fn by_hand(feature: &str) -> String {
    format!(
        "ecrgen does not generate {feature}; write a `.tf` file for that in the same folder as the output, which ecrgen leaves \
         alone, or ask for a key in its issue tracker"
    )
}
