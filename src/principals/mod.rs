//! Principals of access entries: one file per kind, one visible list.
//!
//! A kind is a value of type [`Kind`]: its key in the spec, how it is decoded and documented, which verbs it cannot use and
//! why, which actions a verb stands for, and an example. The decoded form of a kind implements [`Principal`], whose
//! [`Means`] is the way in which the principal gets its permissions. No code outside of `kinds` depends on the kind of a
//! principal, except rules about a single kind, which ask for its type ([`as_kind`]).

mod asserted;
mod can;
mod kind;
pub mod kinds;
mod means;
mod oidc_provider;
mod pods;
mod reference;
mod setting;
mod sid;
pub mod workflows;

use std::any::Any;
use std::fmt;
use std::sync::Arc;

pub use asserted::Asserted;
pub use can::{Can, Repositories, RepositoryRef};
pub use kind::{Companion, DefaultIssuer, Kind};
pub use kinds::KINDS;
pub use means::{Assumable, ByRepositoryPolicy, Callers, Means};
pub use oidc_provider::{OidcProvider, ProviderSource};
pub use pods::Pods;
pub use reference::{ArnReference, text};
pub use setting::{STS_AUDIENCE, Setting};
pub use sid::{sid, sid_of};

use crate::value::OrVariable;

/// A principal in the form that the spec has it.
pub trait Principal: fmt::Debug + Same + Send + Sync {
    /// Its kind.
    fn kind(&self) -> &'static Kind;

    /// The way in which it gets the permissions of its entry.
    fn means(&self) -> Means<'_>;

    /// The issuer of the tokens that it signs in with.
    fn issuer(&self) -> Issuer<'_>;

    /// Its values that can be variables or references.
    fn values(&self) -> Vec<Value<'_>>;
}

/// The issuer of the tokens that a principal signs in with.
#[derive(Clone, Debug)]
pub enum Issuer<'p> {
    /// AWS itself authenticates the principal.
    Aws,
    /// An issuer whose host and path are known, with the audience of its tokens.
    Known {
        /// The name of its IAM OIDC provider in the spec.
        provider: &'p str,
        /// Host and path, in the form that IAM uses in provider ARNs and condition keys.
        host_and_path: String,
        /// The audience of the tokens.
        audience: &'p str,
    },
    /// An EKS cluster, whose issuer is known when the output is applied.
    Cluster(&'p Pods),
}

/// A value that can be a variable or a reference.
#[derive(Clone, Debug)]
pub struct Value<'p> {
    /// The value.
    pub value: OrVariable<&'p str>,
    /// The description of the variable.
    pub description: &'static str,
    /// What represents it until it is known at apply time: a value of typical or maximum length.
    pub stand_in: StandIn,
    /// Whether the permissions of the workspace's runs name the resource that it identifies.
    pub named_by_runs: bool,
}

/// What represents a value until it is known at apply time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandIn {
    /// The name of an IAM role.
    RoleName,
    /// The ARN of an IAM role.
    RoleArn,
    /// The name of an EKS cluster.
    ClusterName,
    /// No document contains the value.
    Unneeded,
}

impl<'p> Value<'p> {
    /// A value of a spec, with its description.
    pub fn new<T: AsRef<str>>(value: &'p OrVariable<T>, description: &'static str, stand_in: StandIn) -> Self {
        Value { value: value.as_str(), description, stand_in, named_by_runs: false }
    }

    /// Marks a value that the permissions of the workspace's runs name.
    #[must_use]
    pub fn named_by_runs(self) -> Self {
        Value { named_by_runs: true, ..self }
    }
}

/// The principal as the type of one kind, if it is of that kind.
pub fn as_kind<K: Principal + 'static>(principal: &dyn Principal) -> Option<&K> {
    principal.as_any().downcast_ref()
}

/// What a trait object needs to be compared and downcast. Every principal implements it.
pub trait Same {
    /// The principal itself, as its own type.
    fn as_any(&self) -> &dyn Any;

    /// Whether another principal is equal to this one.
    fn is_same(&self, other: &dyn Principal) -> bool;
}

impl<P: Principal + PartialEq + 'static> Same for P {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is_same(&self, other: &dyn Principal) -> bool {
        as_kind::<P>(other).is_some_and(|other| self == other)
    }
}

impl PartialEq for dyn Principal {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other)
    }
}

impl Eq for dyn Principal {}

/// A principal that a spec and its platform share.
pub type SharedPrincipal = Arc<dyn Principal>;
