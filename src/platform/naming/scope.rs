//! The values that names are built from.

use crate::diagnostic::Gaps;

/// The values that names are built from.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// `{platform}`.
    pub platform: String,
    /// `{environment}`.
    pub environment: String,
    /// `{region}`.
    pub region: String,
    /// `{account}`.
    pub account: Option<String>,
    /// Top-level keys that could not be read.
    pub unreadable: Unreadable,
}

/// Top-level keys that other keys refer to. If one of them could not be read, its names are unknown, and references to
/// them are not reported as errors.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unreadable {
    /// `account`.
    pub account: bool,
    /// `repositories`.
    pub repositories: bool,
    /// `image_tags`.
    pub image_tags: bool,
    /// `access`.
    pub access: bool,
    /// `terraform`, or a part of it.
    pub terraform: bool,
    /// `registry`, or a part of it.
    pub registry: bool,
    /// `workspace`, or a part of it.
    pub workspace: bool,
    /// `repository_templates`.
    pub templates: bool,
    /// `repositories` or `repository_defaults`, or a part of one of them.
    pub settings: bool,
}

impl Unreadable {
    /// The flags for a list of top-level keys that could not be decoded, and for the parts with errors.
    pub fn of(broken: &[String], gaps: &Gaps) -> Self {
        let is_broken = |key: &str| broken.iter().any(|other| other == key);
        Unreadable {
            account: is_broken("account"),
            repositories: is_broken("repositories"),
            image_tags: is_broken("image_tags"),
            access: is_broken("access"),
            terraform: !gaps.spare("terraform"),
            registry: !gaps.spare("registry"),
            workspace: !gaps.spare("workspace"),
            templates: is_broken("repository_templates"),
            settings: !gaps.spare("repositories"),
        }
    }
}

impl Scope {
    /// The base of the names of resources that belong to the whole platform, such as the trail: `piksel-shared-ecr`.
    pub fn base_name(&self) -> String {
        format!("{}-{}-ecr", self.platform, self.environment)
    }

    /// The name of the role and the policy for a run phase of the workspace: `piksel-shared-ecr-hcp-plan`.
    pub fn run_name(&self, phase: &str) -> String {
        format!("{}-hcp-{phase}", self.base_name())
    }

    /// The name of the permissions boundary created by ecrgen.
    pub fn boundary_name(&self) -> String {
        format!("{}-boundary", self.base_name())
    }

    /// The name of the audit trail's bucket, without the account ID that makes it globally unique.
    pub fn trail_bucket_prefix(&self) -> String {
        format!("{}-trail-", self.base_name())
    }

    /// The name of the topic of an alert.
    pub fn topic(&self, alert: &str) -> String {
        format!("{}-{alert}", self.base_name())
    }

    /// The name of an alert's alarm for the pulls of a repository. Neither a topic nor an alert has a `/` in its name, so that
    /// `TOPIC/*` matches the alarms of one alert.
    pub fn alarm(&self, alert: &str, repository: &str) -> String {
        format!("{}/{repository}", self.topic(alert))
    }

    /// The name of the log group for registry events. EventBridge writes to groups below `/aws/events/`.
    pub fn log_group(&self) -> String {
        format!("/aws/events/{}", self.base_name())
    }
}
