//! Computes who can do what on which repository, from the policies in the output.
//!
//! The intent of an access entry is not considered. The documents of [`policies`](crate::policies) are evaluated as AWS
//! evaluates them, with their symbols bound. The spec is used only for names and for the line that a statement comes
//! from. For this reason, the result also checks the room that creates the documents.
//!
//! It does not know policies created elsewhere, for example those of administrators, or who can assume an existing
//! role. Conditions on what is known of the requests of a principal, such as its ARN, are evaluated. Of the other
//! conditions, it assumes that those of `Allow` statements can be met, and that those of `Deny` statements can be avoided,
//! so no principal has more permissions from these policies than it reports. Roles that are given by two variables count
//! as two roles.

mod across;
mod answer;
mod condition;
mod granted;
mod index;
mod judge;
mod operation;
mod outside;
mod principal;
mod query;
mod reached;
pub mod refusal;
mod replicas;
mod subject;
mod trust_statement;
mod weak;

pub use across::{Across, Half, Reply};
pub use answer::{Answer, MatchedStatement};
pub use granted::Permissions;
pub use judge::{Ruling, Verdict};
pub use operation::Operation;
pub use outside::Outside;
pub use principal::{Kind, Principal};
pub use query::Query;
pub use replicas::Replica;
pub use subject::Subject;
pub use trust_statement::{TrustStatement, trust_statements};

use std::collections::{BTreeMap, BTreeSet};

use crate::iam::trust::Finding;
use crate::iam::{AccessLevel, Action, Arn, Bindings, Context, Document, Effect, Element, Statement, StatementIndex};
use crate::platform::{Platform, Repository};
use crate::policies::{Policies, Policy};

use index::Index;
use judge::PolicySet;
use reached::Reached;

/// The effective permissions of all principals on the repositories of a platform.
#[derive(Debug)]
pub struct EffectivePermissions<'p> {
    /// The platform.
    pub platform: &'p Platform,
    /// Every policy of the output.
    pub documents: &'p [Policy<'p>],
    /// All principals that a policy gives permissions to.
    pub principals: Vec<Principal<'p>>,
    /// All repositories, grouped by the permissions of all principals.
    pub groups: Vec<Group<'p>>,
    /// Repositories outside of the spec that entries cover, by ARN.
    pub outside: Vec<Outside>,
    /// The replicas of the repositories in other regions of the account.
    pub replicas: Vec<Replica<'p>>,
    /// The stand-ins for values known only after apply.
    pub bindings: &'p Bindings,
    policies: &'p Policies<'p>,
}

/// Repositories on which every principal has the same permissions.
#[derive(Debug)]
pub struct Group<'p> {
    /// The repositories, by key.
    pub repositories: Vec<&'p Repository>,
    /// The permissions of the principals that have any, by the index of the principal. Usually few of all principals have
    /// some on a repository.
    granted: BTreeMap<usize, Permissions>,
}

/// The permissions of a principal without any.
static NOTHING: Permissions = Permissions::none();

impl Group<'_> {
    /// The permissions of a principal.
    pub fn granted(&self, principal: usize) -> &Permissions {
        self.granted.get(&principal).unwrap_or(&NOTHING)
    }

    /// The principals with permissions on the repositories, by their indexes.
    pub fn principals(&self) -> impl Iterator<Item = usize> {
        self.granted.keys().copied()
    }
}

impl<'p> EffectivePermissions<'p> {
    /// Computes the permissions from the policies of a platform without errors.
    pub fn of(policies: &'p Policies<'p>) -> Self {
        let mut permissions = EffectivePermissions {
            platform: policies.platform,
            documents: &policies.documents,
            principals: principal::principals(policies),
            groups: Vec::new(),
            outside: Vec::new(),
            replicas: Vec::new(),
            bindings: &policies.bindings,
            policies,
        };
        permissions.groups = permissions.grouped();
        permissions.outside = permissions.outside();
        permissions.replicas = permissions.all_replicas();
        permissions
    }

    /// The permissions of a principal on a repository.
    pub fn granted(&self, principal: usize, repository: &str) -> Option<&Permissions> {
        let has = |group: &&Group| group.repositories.iter().any(|other| other.key == repository);
        self.groups.iter().find(has).map(|group| group.granted(principal))
    }

    /// The principals with permissions on the repositories of a group, in their order.
    pub fn granted_on<'s>(&'s self, group: &'s Group) -> impl Iterator<Item = (&'s Principal<'p>, &'s Permissions)> {
        group.granted.iter().map(|(principal, granted)| (&self.principals[*principal], granted))
    }

    /// The permissions of a principal that do not apply to a specific repository, such as signing in to the registry.
    pub fn on_the_registry(&self, principal: usize) -> Permissions {
        let whole = |at: usize| self.documents[at].document.clone();
        let boundary = self.principals[principal].boundary.map(whole);
        let policies = PolicySet { policies: self.attached_to(principal).map(whole).collect(), boundary };
        Permissions::of(&self.principals[principal], &policies, self.bindings, None)
    }

    /// The statements of a principal's trust policy; empty if the output does not contain one.
    pub fn trust_statements(&self, principal: &Principal) -> Vec<TrustStatement> {
        match principal.kind {
            Kind::Role { trust, .. } => trust_statements(&self.documents[trust].document, self.bindings),
            _ => Vec::new(),
        }
    }

    /// The weaknesses of a principal's trust policy.
    pub fn weaknesses(&self, principal: &Principal) -> Vec<Finding> {
        weak::weaknesses(self, principal)
    }

    /// The actions that a principal needs for an operation on a repository. If there are several ways, the one that is allowed.
    fn actions_for(&self, principal: usize, operation: Operation, repository: &Repository) -> Vec<&'static Action> {
        let verb = match operation {
            Operation::Action(action) => return vec![action],
            Operation::Verb(verb) => verb,
        };
        let allowed = |action: &Action| self.ruling(principal, action, repository).verdict.is_yes();
        let principal = &self.principals[principal];
        principal.sufficient(verb, allowed).unwrap_or_else(|| principal.alternatives(verb).swap_remove(0))
    }

    /// The ruling on an action on a repository. Its statement is an index into `documents`.
    pub fn ruling(&self, principal: usize, action: &Action, repository: &Repository) -> Ruling {
        self.ruling_in(&self.principals[principal].known, principal, action, repository)
    }

    /// The ruling on a request with this context, instead of what is known of every request of the principal.
    pub fn ruling_in(&self, context: &Context, principal: usize, action: &Action, repository: &Repository) -> Ruling {
        self.ruling_of(&self.policies_for(principal, repository), context, principal, action, &self.arn(repository))
    }

    /// The ruling of these policies, and of the permissions boundary of the principal, on an action on the repository with
    /// this ARN.
    fn ruling_of(&self, asked: &[usize], context: &Context, principal: usize, action: &Action, on: &Arn) -> Ruling {
        let boundary = self.principals[principal].boundary.map(|at| self.documents[at].document.clone());
        let policies =
            PolicySet { policies: asked.iter().map(|at| self.as_seen_by(principal, *at)).collect(), boundary };
        let arn = action.is_scopable().then_some(on);
        let ruling = policies.ruling(self.bindings, &self.principals[principal], context, action, arn);
        // The boundary is counted after the policies.
        let asked: Vec<usize> = asked.iter().copied().chain(self.principals[principal].boundary).collect();
        let whole = |by: StatementIndex| StatementIndex { document: asked[by.document], ..by };
        Ruling { by: ruling.by.map(whole), unless: ruling.unless.into_iter().map(whole).collect(), ..ruling }
    }

    /// The policies that apply to a principal and a repository, as indexes into `documents`.
    pub fn policies_for(&self, principal: usize, repository: &Repository) -> Vec<usize> {
        let own = self.policies.repositories.get(repository.key.as_str()).copied();
        self.attached_to(principal).chain(self.policies.registry).chain(own).collect()
    }

    /// A document with only those statements that apply to a principal. If only conditions identify the principal, the
    /// statements of other entries do not apply to it.
    fn as_seen_by(&self, principal: usize, document: usize) -> Document {
        let (principal, policy) = (&self.principals[principal], &self.documents[document]);
        let mut seen = policy.document.clone();
        if principal.kind.is_anonymous() {
            for (at, statement) in seen.statements.iter_mut().enumerate() {
                let entry = policy.entry(at).map(|access| access.name.as_str());
                if statement.effect == Effect::Allow && entry != principal.entries.first().copied() {
                    statement.actions = Element::Only(Vec::new());
                }
            }
        }
        seen
    }

    /// Whether a policy is an identity policy of a principal.
    fn is_attached(&self, principal: usize, policy: usize) -> bool {
        self.principals[principal].policies.contains(&policy)
    }

    fn attached_to(&self, principal: usize) -> impl Iterator<Item = usize> {
        self.principals[principal].policies.iter().copied()
    }

    fn arn(&self, repository: &Repository) -> Arn {
        let name = crate::principals::ArnReference::Repository(repository.key.clone()).arn().bind(self.bindings);
        name.parse().expect("repositories are bound to ARNs")
    }

    /// Groups the repositories. Permissions are computed once for all repositories with the same statements, because a
    /// platform can have thousands of repositories.
    fn grouped(&self) -> Vec<Group<'p>> {
        let index = Index::of(self.documents, self.bindings);
        let mut judged: BTreeMap<Situation, usize> = BTreeMap::new();
        let reached = Reached::of(self.policies, &self.principals);
        let mut alike: BTreeMap<BTreeMap<usize, Permissions>, usize> = BTreeMap::new();
        let mut groups: Vec<Group> = Vec::new();
        for repository in self.platform.all_repositories() {
            let arn = self.arn(repository);
            let own = self.policies.repositories.get(repository.key.as_str()).copied();
            let statements = index.applying_to(&arn, self.documents, self.bindings);
            // A variable in a resource can decide differently about each repository.
            let has_variable = |place: &StatementIndex| {
                has_variable(&self.documents[place.document].document.statements[place.statement], self.bindings)
            };
            let different = statements.iter().any(has_variable).then(|| arn.clone());
            let group = *judged.entry((statements, own, different)).or_insert_with_key(|(statements, own, _)| {
                let candidates = reached.by(statements, *own);
                let granted = self.judged(candidates, statements, *own, &arn);
                *alike.entry(granted).or_insert_with_key(|granted| {
                    groups.push(Group { repositories: Vec::new(), granted: granted.clone() });
                    groups.len() - 1
                })
            });
            groups[group].repositories.push(repository);
        }
        groups
    }

    /// The permissions of those of these principals that have any, if only these statements, which are sorted, apply.
    fn judged(
        &self,
        principals: BTreeSet<usize>,
        statements: &[StatementIndex],
        own: Option<usize>,
        arn: &Arn,
    ) -> BTreeMap<usize, Permissions> {
        let part = |document: usize| {
            let start = statements.partition_point(|place| place.document < document);
            let theirs = statements[start..].iter().take_while(|place| place.document == document);
            Document::new(theirs.map(|place| {
                let mut statement = self.documents[place.document].document.statements[place.statement].clone();
                if !has_variable(&statement, self.bindings) {
                    statement.resources = None;
                }
                statement
            }))
        };
        let of_principal = |at: usize| {
            let parts = self.attached_to(at).chain(self.policies.registry).map(part);
            let policies = parts.chain(own.map(|own| self.as_seen_by(at, own))).collect();
            let policies = PolicySet { policies, boundary: self.principals[at].boundary.map(part) };
            (at, Permissions::of(&self.principals[at], &policies, self.bindings, Some(arn)))
        };
        principals.into_iter().map(of_principal).filter(|(_, granted)| !granted.is_empty()).collect()
    }
}

/// What the permissions on a repository depend on: the statements that apply to it, its repository policy, and its ARN if a
/// statement has a variable in its resources.
type Situation = (Vec<StatementIndex>, Option<usize>, Option<Arn>);

/// Whether the resources of a statement contain a policy variable.
fn has_variable(statement: &Statement, bindings: &Bindings) -> bool {
    let resources = statement.resources.iter().flat_map(Element::listed);
    resources.into_iter().any(|resource| resource.bind(bindings).contains("${"))
}

/// Whether a principal with this action can grant itself or others any permission on a repository.
pub fn can_pass_on(action: &str) -> bool {
    Action::find(action).is_some_and(|action| action.access == AccessLevel::PermissionsManagement)
}
