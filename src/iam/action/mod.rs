//! Actions: the ones we know, and the patterns that policies write.

mod table;
mod verb;

pub use verb::Verb;

use std::fmt;
use std::str::FromStr;

use crate::iam::glob;

/// How AWS classes an action (Service Authorization Reference, "Access level").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessLevel {
    /// Shows that things exist, not what is in them.
    List,
    /// Shows what is in them, and changes nothing.
    Read,
    /// Changes tags and nothing else.
    Tagging,
    /// Makes, changes or deletes things.
    Write,
    /// Changes who may do what.
    PermissionsManagement,
}

/// A kind of thing that an action can be granted on.
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

/// An action that we know: all of ECR's, and those of other services that a platform's own roles need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action {
    /// Its full name, for example `ecr:PutImage`.
    pub name: &'static str,
    /// Its class.
    pub access: AccessLevel,
    /// What it can be granted on. Empty: only `*` grants it, a narrower resource never does.
    pub resources: &'static [ResourceType],
}

impl Action {
    /// Every action that we know, service by service.
    pub fn all() -> impl Iterator<Item = &'static Action> {
        table::ECR.iter().chain(table::OTHERS)
    }

    /// The action with this full name, in any case, as AWS compares names.
    pub fn find(name: &str) -> Option<&'static Action> {
        Self::all().find(|action| action.name.eq_ignore_ascii_case(name))
    }

    /// The action with this full name.
    ///
    /// # Panics
    ///
    /// When the table lacks it: for names that stand in this program.
    pub fn named(name: &'static str) -> &'static Action {
        Self::find(name).unwrap_or_else(|| panic!("{name} is missing from the table of actions"))
    }

    /// Whether it can be granted on less than `*`.
    pub fn is_scopable(&self) -> bool {
        !self.resources.is_empty()
    }
}

/// An action as a policy names it: `service:Name` with `*` and `?` in the name, or `*` for everything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionPattern(String);

/// The text is no action pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidAction;

impl ActionPattern {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it covers the action with this full name. Case does not count.
    pub fn covers(&self, action: &str) -> bool {
        match self.0.contains(['*', '?']) {
            true => glob::matches(&self.0.to_ascii_lowercase(), &action.to_ascii_lowercase()),
            false => self.0.eq_ignore_ascii_case(action),
        }
    }

    /// The actions that we know and that it covers.
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
