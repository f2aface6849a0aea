//! Somebody to whom the output gives something.

use crate::iam::Caller;

/// Somebody to whom the output gives something.
#[derive(Clone, Debug)]
pub struct Principal<'p> {
    /// How people call it: the access entry, and what tells it from the entry's others; `plan` and `apply` are the
    /// workspace's.
    pub name: String,
    /// All names it goes by, `name` among them: entries, what AWS calls it, its ARN.
    pub names: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// What AWS calls it: the name of a role or permission set, the id of an account, the domain of a service, an ARN, `*`.
    pub aws_name: String,
    /// The access entries that speak of it.
    pub entries: Vec<&'p str>,
    /// Its identity policies, as indexes into the documents.
    pub(super) policies: Vec<usize>,
    /// Its permissions boundary, as such an index: it can do no more than that says, whatever its policies say.
    pub boundary: Option<usize>,
    /// As whom it asks AWS.
    pub(super) caller: Caller,
}

/// What somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A role that the output makes.
    Role {
        /// Its trust policy, as an index into the documents.
        trust: usize,
        /// In words, who may assume it.
        description: String,
    },
    /// A role that is there, or that only the apply knows. Who may assume it, and what else it has, is decided elsewhere.
    ExistingRole,
    /// A permission set that the output makes: Identity Center makes a role of it in every account in which somebody is
    /// given it, and says who assumes that.
    PermissionSet,
    /// An account as a whole: what it holds it can pass on to its own roles and users.
    Account,
    /// An AWS service.
    Service,
    /// Some other principal that a policy names.
    Named,
    /// Anybody.
    Everybody,
}

impl Principal<'_> {
    /// The names that the spec has for it: its entries; `plan` or `apply` for the workspace's roles.
    pub fn names_in_the_spec(&self) -> impl Iterator<Item = &str> {
        let word = self.entries.is_empty() && matches!(self.name.as_str(), "plan" | "apply");
        let word = word.then_some(self.name.as_str());
        self.entries.iter().copied().chain(word)
    }

    /// How many of the output's policies are attached to it.
    pub fn attached(&self) -> usize {
        self.policies.len()
    }
}

impl Kind {
    /// Whether managed policies are attached to it.
    pub fn has_policies(&self) -> bool {
        matches!(self, Kind::Role { .. } | Kind::ExistingRole | Kind::PermissionSet)
    }

    /// Whether only the conditions of a statement say who it is.
    pub(super) fn is_anonymous(&self) -> bool {
        matches!(self, Kind::Service | Kind::Everybody)
    }
}
