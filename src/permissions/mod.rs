//! Who really can do what on which repository, worked out from the policies that the output holds.
//!
//! Nothing here asks what an access entry meant. The documents of [`access`](crate::policies) are evaluated as AWS would
//! evaluate them, symbols bound; the spec is asked only for names and for the line that a statement comes from. So this
//! is also a check of the room that makes the documents.
//!
//! What it cannot see: policies made elsewhere, of administrators for example, and who may assume a role that is there
//! already. A condition of a permission is taken as one that can be met, and one of a denial as one that need not be:
//! what is not found here, nobody has. Roles that two variables name are taken for two.

mod answer;
mod collect;
mod condition;
mod granted;
mod index;
mod judge;
mod operation;
mod principal;
mod query;
mod subject;
mod trust_statement;
mod weak;

pub use answer::{Answer, MatchedStatement};
pub use granted::Permissions;
pub use judge::{Ruling, Verdict};
pub use operation::Operation;
pub use principal::{Kind, Principal};
pub use query::Query;
pub use subject::Subject;
pub use trust_statement::{TrustStatement, trust_statements};

use std::collections::BTreeMap;

use crate::iam::trust::Finding;
use crate::iam::{AccessLevel, Action, Arn, Bindings, Document, Effect, Element, StatementIndex};
use crate::platform::{Platform, Repository};
use crate::policies::{Policies, Policy};

use index::Index;
use judge::PolicySet;

/// Who can do what on which repositories of a platform.
#[derive(Debug)]
pub struct EffectivePermissions<'p> {
    /// The platform.
    pub platform: &'p Platform,
    /// Every policy of the output.
    pub documents: &'p [Policy<'p>],
    /// Everybody to whom one of them gives something.
    pub principals: Vec<Principal<'p>>,
    /// All repositories, those together on which everybody can do the same.
    pub groups: Vec<Group<'p>>,
    /// What stands for what only the apply knows.
    pub bindings: &'p Bindings,
    policies: &'p Policies<'p>,
}

/// Repositories on which everybody can do the same.
#[derive(Debug)]
pub struct Group<'p> {
    /// The repositories, by key.
    pub repositories: Vec<&'p Repository>,
    /// What each principal can do there, in their order.
    pub granted: Vec<Permissions>,
}

impl<'p> EffectivePermissions<'p> {
    /// The permissions that the policies of a platform without errors give.
    pub fn of(policies: &'p Policies<'p>) -> Self {
        let mut permissions = EffectivePermissions {
            platform: policies.platform,
            documents: &policies.documents,
            principals: collect::principals(policies),
            groups: Vec::new(),
            bindings: &policies.bindings,
            policies,
        };
        permissions.groups = permissions.grouped();
        permissions
    }

    /// What one principal can do on one repository.
    pub fn granted(&self, principal: usize, repository: &str) -> Option<&Permissions> {
        let has = |group: &&Group| group.repositories.iter().any(|other| other.key == repository);
        self.groups.iter().find(has).map(|group| &group.granted[principal])
    }

    /// What a principal can do that no repository can be named for, signing in to the registry for example.
    pub fn on_the_registry(&self, principal: usize) -> Permissions {
        let whole = |at: usize| self.documents[at].document.clone();
        let boundary = self.principals[principal].boundary.map(whole);
        let policies = PolicySet { policies: self.attached_to(principal).map(whole).collect(), boundary };
        Permissions::of(&self.principals[principal], &policies, self.bindings, None)
    }

    /// Whom a principal's trust policy lets in; nobody if the output has none for it.
    pub fn trust_statements(&self, principal: &Principal) -> Vec<TrustStatement> {
        match principal.kind {
            Kind::Role { trust, .. } => trust_statements(&self.documents[trust].document, self.bindings),
            _ => Vec::new(),
        }
    }

    /// What makes a principal's trust policy weak.
    pub fn weaknesses(&self, principal: &Principal) -> Vec<Finding> {
        weak::weaknesses(self, principal)
    }

    /// What is decided about an action on a repository. The statement it rests on is one of `documents`.
    pub fn ruling(&self, principal: usize, action: &Action, repository: &Repository) -> Ruling {
        let asked: Vec<usize> = self.speaking_to(principal, repository);
        let boundary = self.principals[principal].boundary.map(|at| self.documents[at].document.clone());
        let policies = PolicySet { policies: asked.iter().map(|at| self.heard_by(principal, *at)).collect(), boundary };
        let arn = action.is_scopable().then(|| self.arn(repository));
        let ruling = policies.ruling(self.bindings, &self.principals[principal], action, arn.as_ref());
        Ruling { by: ruling.by.map(|by| StatementIndex { document: asked[by.document], ..by }), ..ruling }
    }

    /// The documents that are asked about a principal and a repository, as indexes.
    pub fn speaking_to(&self, principal: usize, repository: &Repository) -> Vec<usize> {
        let own = self.policies.repositories.get(repository.key.as_str()).copied();
        self.attached_to(principal).chain(self.policies.registry).chain(own).collect()
    }

    /// A document as it speaks to a principal, statement by statement: of others of whom only the conditions say who they
    /// are it says nothing to this one.
    fn heard_by(&self, principal: usize, document: usize) -> Document {
        let (principal, policy) = (&self.principals[principal], &self.documents[document]);
        let mut heard = policy.document.clone();
        if principal.kind.is_anonymous() {
            for (at, statement) in heard.statements.iter_mut().enumerate() {
                let entry = policy.entry(at).map(|access| access.name.as_str());
                if statement.effect == Effect::Allow && entry != principal.entries.first().copied() {
                    statement.actions = Element::Only(Vec::new());
                }
            }
        }
        heard
    }

    fn attached_to(&self, principal: usize) -> impl Iterator<Item = usize> {
        self.principals[principal].policies.iter().copied()
    }

    fn arn(&self, repository: &Repository) -> Arn {
        let name = crate::principals::ArnReference::Repository(repository.key.clone()).arn().bind(self.bindings);
        name.parse().expect("repositories are bound to ARNs")
    }

    /// Judges once for all repositories of which the same statements speak: a platform may have thousands.
    fn grouped(&self) -> Vec<Group<'p>> {
        let index = Index::of(self.documents, self.bindings);
        let mut judged: BTreeMap<(Vec<StatementIndex>, Option<usize>), usize> = BTreeMap::new();
        let mut alike: BTreeMap<Vec<Permissions>, usize> = BTreeMap::new();
        let mut groups: Vec<Group> = Vec::new();
        for repository in &self.platform.repositories {
            let arn = self.arn(repository);
            let own = self.policies.repositories.get(repository.key.as_str()).copied();
            let statements = index.speaking_of(&arn, self.documents, self.bindings);
            let group = *judged.entry((statements, own)).or_insert_with_key(|(statements, own)| {
                let granted = self.judged(statements, *own, &arn);
                *alike.entry(granted).or_insert_with_key(|granted| {
                    groups.push(Group { repositories: Vec::new(), granted: granted.clone() });
                    groups.len() - 1
                })
            });
            groups[group].repositories.push(repository);
        }
        groups
    }

    /// What each principal can do where these statements are all that speak.
    fn judged(&self, statements: &[StatementIndex], own: Option<usize>, arn: &Arn) -> Vec<Permissions> {
        let of_principal = |at: usize| {
            let part = |document: usize| {
                let theirs = statements.iter().filter(|place| place.document == document);
                Document::new(theirs.map(|place| {
                    let mut statement = self.documents[place.document].document.statements[place.statement].clone();
                    statement.resources = None;
                    statement
                }))
            };
            let parts = self.attached_to(at).chain(self.policies.registry).map(part);
            let policies = parts.chain(own.map(|own| self.heard_by(at, own))).collect();
            let policies = PolicySet { policies, boundary: self.principals[at].boundary.map(part) };
            Permissions::of(&self.principals[at], &policies, self.bindings, Some(arn))
        };
        (0..self.principals.len()).map(of_principal).collect()
    }
}

/// Actions with which a principal can give itself or others every other right on a repository.
pub fn can_pass_on(action: &str) -> bool {
    Action::find(action).is_some_and(|action| action.access == AccessLevel::PermissionsManagement)
}
