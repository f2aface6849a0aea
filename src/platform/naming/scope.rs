//! What names are made of.

/// What names are made of.
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

/// Top-level keys that other keys refer to. If one could not be read, nothing can be said about the names in it, and
/// what refers to them is not reported.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unreadable {
    /// `repositories`.
    pub repositories: bool,
    /// `image_tags`.
    pub image_tags: bool,
    /// `access`.
    pub access: bool,
}

impl Unreadable {
    /// Those of a list of top-level keys that could not be decoded.
    pub fn of(broken: &[String]) -> Self {
        let is_broken = |key: &str| broken.iter().any(|other| other == key);
        Unreadable {
            repositories: is_broken("repositories"),
            image_tags: is_broken("image_tags"),
            access: is_broken("access"),
        }
    }
}

impl Scope {
    /// What the platform's own things are called, for example the trail: `piksel-shared-ecr`.
    pub fn base_name(&self) -> String {
        format!("{}-{}-ecr", self.platform, self.environment)
    }

    /// What the role and the policy of a phase of the workspace's runs are called: `piksel-shared-ecr-hcp-plan`.
    pub fn run_name(&self, phase: &str) -> String {
        format!("{}-hcp-{phase}", self.base_name())
    }

    /// What the permissions boundary made here is called.
    pub fn boundary_name(&self) -> String {
        format!("{}-boundary", self.base_name())
    }

    /// The audit trail's bucket, up to the account's id that makes it unique in the world.
    pub fn trail_bucket_prefix(&self) -> String {
        format!("{}-trail-", self.base_name())
    }

    /// The log group of the registry's events. EventBridge writes below `/aws/events/`.
    pub fn log_group(&self) -> String {
        format!("/aws/events/{}", self.base_name())
    }
}
