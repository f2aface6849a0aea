//! IAM actions: the ones that ecrgen knows, and the patterns that policies use.

mod outcome;
mod table;
mod verb;

pub use outcome::{OUTCOMES, Outcome};
pub use verb::Verb;

use std::fmt;
use std::str::FromStr;

use crate::iam::glob;

/// How AWS classifies an action (Service Authorization Reference, "Access level").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessLevel {
    /// Shows that resources exist, but not their contents.
    List,
    /// Shows the contents of resources without changing them.
    Read,
    /// Changes only tags.
    Tagging,
    /// Creates, changes or deletes resources.
    Write,
    /// Changes permissions.
    PermissionsManagement,
}

/// A type of resource that an action can be granted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceType {
    /// `arn:…:ecr:…:repository/…`
    Repository,
    /// `arn:…:iam::…:role/…`
    Role,
    /// `arn:…:iam::…:user/…`
    User,
    /// `arn:…:iam::…:policy/…`
    Policy,
    /// `arn:…:iam::…:oidc-provider/…`
    OidcProvider,
    /// `arn:…:kms:…:key/…`
    Key,
    /// `arn:…:kms:…:alias/…`
    Alias,
    /// `arn:…:eks:…:cluster/…`
    Cluster,
    /// `arn:…:eks:…:podidentityassociation/…`
    PodIdentityAssociation,
}

/// An action that ecrgen knows: every action of ECR, and the actions of other services that the roles of a platform
/// need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action {
    /// The full name, for example `ecr:PutImage`.
    pub name: &'static str,
    /// The access level.
    pub access: AccessLevel,
    /// The types of resource that it can be granted on. If empty, the action must be granted on `*`; a narrower
    /// resource never grants it.
    pub resources: &'static [ResourceType],
}

impl Action {
    /// Every known action, grouped by service.
    pub fn all() -> impl Iterator<Item = &'static Action> {
        table::ECR.iter().chain(table::OTHERS)
    }

    /// The action with this full name. Like AWS, this ignores case.
    pub fn find(name: &str) -> Option<&'static Action> {
        Self::all().find(|action| action.name.eq_ignore_ascii_case(name))
    }

    /// The action with this full name.
    ///
    /// # Panics
    ///
    /// If the table doesn't have the action. Use this only for names that are written in the source code.
    pub fn named(name: &'static str) -> &'static Action {
        Self::find(name).unwrap_or_else(|| panic!("{name} is missing from the table of actions"))
    }

    /// Whether the action can be granted on something narrower than `*`.
    pub fn is_scopable(&self) -> bool {
        !self.resources.is_empty()
    }
}

/// An action as a policy writes it: `service:Name`, where the name can contain `*` and `?`, or `*` for every action.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionPattern(String);

/// The text is not an action pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidAction;

impl ActionPattern {
    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the pattern covers the action with this full name, ignoring case.
    pub fn covers(&self, action: &str) -> bool {
        match self.0.contains(['*', '?']) {
            true => glob::matches(&self.0.to_ascii_lowercase(), &action.to_ascii_lowercase()),
            false => self.0.eq_ignore_ascii_case(action),
        }
    }

    /// The known actions that the pattern covers.
    pub fn known(&self) -> impl Iterator<Item = &'static Action> {
        Action::all().filter(|action| self.covers(action.name))
    }
}

impl FromStr for ActionPattern {
    type Err = InvalidAction;

    fn from_str(text: &str) -> Result<Self, InvalidAction> {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'?');
        let is_service = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let well_formed = match text.split_once(':') {
            None => text == "*",
            Some((service, name)) => {
                !service.is_empty() && service.bytes().all(is_service) && !name.is_empty() && name.bytes().all(is_name)
            }
        };
        if well_formed { Ok(ActionPattern(text.to_owned())) } else { Err(InvalidAction) }
    }
}

impl From<&Action> for ActionPattern {
    fn from(action: &Action) -> Self {
        ActionPattern(action.name.to_owned())
    }
}

impl fmt::Display for ActionPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
