//! A principal that the output gives permissions to.

mod asked;
mod caller;
mod collect;
mod known;

pub(in crate::permissions) use collect::principals;

use crate::iam::{Action, Arn, Caller, Context, Verb};

/// A principal that the output gives permissions to.
#[derive(Clone, Debug)]
pub struct Principal<'p> {
    /// Its name in reports: the access entry, with a distinguishing part if the entry has several principals; `plan`
    /// and `apply` for the roles of the workspace.
    pub name: String,
    /// All of its names, including `name`: its entries, its name in AWS and its ARN.
    pub names: Vec<String>,
    /// Its kind.
    pub kind: Kind,
    /// Its name in AWS: the name of a role or permission set, the ID of an account, the domain of a service, an ARN, or
    /// `*`.
    pub aws_name: String,
    /// The access entries that it comes from.
    pub entries: Vec<&'p str>,
    /// For each kind of entry that it comes from, the actions that the kind needs for a verb.
    pub(in crate::permissions) needs: Vec<fn(Verb) -> Vec<&'static Action>>,
    /// Its identity policies, as indexes into the documents.
    pub(in crate::permissions) policies: Vec<usize>,
    /// Existing policies that the spec attaches to it: ARNs, or variables. What they allow is unknown.
    pub unjudged: Vec<String>,
    /// Its permissions boundary, as an index into the documents. The boundary limits what its policies can allow.
    pub boundary: Option<usize>,
    /// The caller that its requests come from.
    pub(in crate::permissions) caller: Caller,
    /// What is known of the condition keys of its requests.
    pub(in crate::permissions) known: Context,
}

/// The kind of a principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A role that the output creates.
    Role {
        /// Its trust policy, as an index into the documents.
        trust: usize,
        /// Who can assume it, in words.
        description: String,
    },
    /// An existing role, or one known only after apply. Its trust policy and its other policies are managed elsewhere.
    ExistingRole,
    /// A permission set that the output creates. Identity Center creates a role for it in every account where it is
    /// assigned, and controls who assumes that role.
    PermissionSet,
    /// A whole account, which can delegate its permissions to its own roles and users.
    Account,
    /// An AWS service.
    Service,
    /// Another principal that a policy names.
    Named,
    /// Everyone.
    Everybody,
}

impl Principal<'_> {
    /// The actions that it needs on a repository to do what a verb says, of which it holds all: Lambda, for example, pulls
    /// with fewer than Docker. `None` if an action is missing.
    pub(in crate::permissions) fn sufficient(
        &self,
        verb: Verb,
        has: impl Fn(&Action) -> bool,
    ) -> Option<Vec<&'static Action>> {
        self.alternatives(verb).into_iter().find(|actions| actions.iter().all(|action| has(action)))
    }

    /// The sets of actions of which any is enough for a verb; at least one.
    pub(in crate::permissions) fn alternatives(&self, verb: Verb) -> Vec<Vec<&'static Action>> {
        let on_repository = |actions: Vec<&'static Action>| {
            actions.into_iter().filter(|action| action.is_scopable()).collect::<Vec<_>>()
        };
        match self.needs.as_slice() {
            [] => vec![verb.actions().collect()],
            kinds => kinds.iter().map(|needs| on_repository(needs(verb))).collect(),
        }
    }

    /// Its names in the spec: its entries, or `plan` or `apply` for the roles of the workspace.
    pub fn names_in_the_spec(&self) -> impl Iterator<Item = &str> {
        let word = self.entries.is_empty() && matches!(self.name.as_str(), "plan" | "apply");
        let word = word.then_some(self.name.as_str());
        self.entries.iter().copied().chain(word)
    }

    /// The ARN of the role that it is.
    pub(in crate::permissions) fn role(&self) -> Option<&Arn> {
        match (&self.kind, &self.caller) {
            (Kind::Role { .. } | Kind::ExistingRole, Caller::Role { role, .. }) => Some(role),
            _ => None,
        }
    }

    /// Whether it is the role that this caller is a session of.
    pub(in crate::permissions) fn has_role_of(&self, caller: &Caller) -> bool {
        matches!(caller, Caller::Role { role, .. } if self.role() == Some(role))
    }

    /// The account that its requests come from, if one is known.
    pub(in crate::permissions) fn account(&self) -> Option<&str> {
        match &self.caller {
            Caller::User(arn) | Caller::Role { role: arn, .. } => Some(&arn.account),
            Caller::Anonymous | Caller::Given(_) | Caller::Federated { .. } | Caller::Service(_) => None,
        }
    }

    /// The caller that its requests come from.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The number of policies that the output attaches to it.
    pub fn attached(&self) -> usize {
        self.policies.len() + self.unjudged.len()
    }
}

impl Kind {
    /// Whether managed policies can be attached to it.
    pub fn has_policies(&self) -> bool {
        matches!(self, Kind::Role { .. } | Kind::ExistingRole | Kind::PermissionSet)
    }

    /// Whether only the conditions of a statement identify it.
    pub(in crate::permissions) fn is_anonymous(&self) -> bool {
        matches!(self, Kind::Service | Kind::Everybody)
    }
}
