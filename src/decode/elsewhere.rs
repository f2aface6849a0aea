//! Help for keys that people expect from AWS or Terraform: the key that ecrgen has instead, or where to write what it does
//! not generate.

use crate::value::GROUP;

/// The key that ecrgen has instead of one of these, or why it has none. `path` is that of the map with the key.
pub(super) fn elsewhere(key: &str, path: &str) -> Option<String> {
    let in_template = || of_template(key).filter(|_| path.starts_with("repository_templates."));
    in_template().or_else(|| instead(key)).map(str::to_owned).or_else(|| feature(key).map(by_hand))
}

/// The only metric of ECR in CloudWatch is the number of pulls (ECR user guide, "Amazon ECR repository metrics"), and no page
/// of AWS documents metrics of Amazon Inspector.
const ALERTS: &str = "use `alerts` under `monitoring`, for example `alerts: { findings: { events: [critical-finding], sns: create } }`; ECR and \
                      Amazon Inspector have no metric of findings, so an alarm on one, such as `CriticalSeverityCount`, would never fire; \
                      the only metric of ECR is the number of pulls: `pulls_over: 1000/hour`";

/// What to write instead of a word that is the name of a metric.
pub(super) fn instead_of_metric(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    if word.contains("pullcount") {
        return Some(
            "pulls are not events; an alert counts them with `pulls_over`, for example `pulls_over: 1000/hour`",
        );
    }
    let of_findings = ["severitycount", "findingscount", "findings_count"].iter().any(|part| word.contains(part));
    of_findings.then_some(
        "write `critical-finding` or `high-finding`: ECR and Amazon Inspector have no metric of findings, so an alarm on one would \
         never fire, but they send events",
    )
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
        "target_role_arn" | "target_role" => {
            "in the spec of the other account, use `assumed_by` with the role of the association and `session_tags: true`, and write the ARN of the role that ecrgen creates there into the association"
        }
        "group" | "groups" | "iam_group" | "iam_groups" => GROUP,
        "tags" => "use `image_tags` for classes of image tags, or `resource_tags` for AWS tags",
        "policy" | "repository_policy" => {
            "use `access` to define who can do what, or `policy_statements` of a repository for statements of its policy"
        }
        "alarms" | "alarm" | "metric_alarm" | "metric_alarms" | "metric" | "metric_name" | "cloudwatch"
        | "cloudwatch_alarm" | "cloudwatch_alarms" | "notifications" | "sns" | "event_rules" | "eventbridge" => ALERTS,
        "repository_creation_template"
        | "repository_creation_templates"
        | "creation_template"
        | "creation_templates" => "use `repository_templates`, with the prefix of the repositories as the key",
        "pull_through_cache_rule" | "pull_through_cache_rules" => {
            "use `registry: { pull_through_cache: { PREFIX: { upstream: … } } }`"
        }
        _ => return None,
    };
    Some(help)
}

/// Why a template cannot have a setting of a repository.
fn of_template(key: &str) -> Option<&'static str> {
    let help = match key {
        "services" => {
            "remove it: each of these repositories has its own services, which no one knows yet; `{service}` in image tags matches any"
        }
        "name" => {
            "remove it: the name of each repository comes from the request that creates it, and begins with the prefix"
        }
        "scan_on_push" => "remove it: a creation template of ECR has no setting for scanning",
        "replicate_to" => "remove it: a creation template of ECR has no setting for replication",
        "was" | "replace" | "deletion_protection" | "force_delete" => {
            "remove it: ECR creates these repositories, so they are not in Terraform's state, and Terraform never deletes them"
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
    (&["resource", "resources", "data", "module", "modules", "locals", "import", "moved"], "other blocks of Terraform"),
    (&["count", "for_each", "depends_on", "provider", "provisioner", "timeouts", "dynamic"], "this part of Terraform"),
];

fn by_hand(feature: &str) -> String {
    format!(
        "ecrgen does not generate {feature}; write a `.tf` file for that in the same folder as the output, which ecrgen leaves \
         alone, or ask for a key in its issue tracker"
    )
}
