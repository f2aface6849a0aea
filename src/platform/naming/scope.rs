//! What names are made of.

/// What names are made of.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// `{platform}`.
    pub platform: String,
    /// `{environment}`.
    pub environment: String,
    /// `{region}`; absent only after a fault.
    pub region: Option<String>,
    /// `{account}`.
    pub account: Option<String>,
    /// Top-level keys that could not be read, and of whose content nothing can be said.
    pub broken: Vec<&'static str>,
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
