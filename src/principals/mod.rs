//! Principals of access entries: one file per kind, one visible list.
//!
//! A kind is a value, its [`Kind`]: the key that the spec writes, how it is decoded and documented, which verbs it cannot
//! use and why, which actions a verb is for it, and an example. What the spec wrote for a kind implements [`Principal`],
//! whose [`Means`] says how it gets what its entry grants. Nothing outside of `kinds` asks which kind a principal is,
//! except rules about a single kind, which ask for its type ([`as_kind`]).

mod can;
mod kind;
pub mod kinds;
mod means;
mod oidc_provider;
mod pods;
mod reference;
mod setting;
mod sid;

use std::any::Any;
use std::fmt;
use std::sync::Arc;

pub use can::{Can, Repositories};
pub use kind::{Companion, DefaultIssuer, Kind};
pub use kinds::KINDS;
pub use means::{Assumable, ByRepositoryPolicy, Means};
pub use oidc_provider::{OidcProvider, ProviderSource};
pub use pods::Pods;
pub use reference::{ArnReference, text};
pub use setting::{STS_AUDIENCE, Setting};
pub use sid::{sid, sid_of};

use crate::value::OrVariable;

/// A principal as the spec writes it.
pub trait Principal: fmt::Debug + Same + Send + Sync {
    /// Its kind.
    fn kind(&self) -> &'static Kind;

    /// How it gets what its entry grants.
    fn means(&self) -> Means<'_>;

    /// Who issues the tokens that it signs in with.
    fn issuer(&self) -> Issuer<'_>;

    /// Its values that may be variables or references.
    fn values(&self) -> Vec<Value<'_>>;
}

/// Who issues the tokens that a principal signs in with.
#[derive(Clone, Debug)]
pub enum Issuer<'p> {
    /// AWS knows the principal itself.
    Aws,
    /// An issuer whose host and path are known, with the audience of its tokens. Its IAM OIDC provider is called by the
    /// kind's key in the spec.
    Known {
        /// Host and path, as IAM spells them in provider ARNs and condition keys.
        host_and_path: String,
        /// The audience of the tokens.
        audience: &'p str,
    },
    /// An EKS cluster, which tells its issuer at apply time.
    Cluster(&'p Pods),
}

/// A value that may be a variable or a reference.
#[derive(Clone, Debug)]
pub struct Value<'p> {
    /// The value.
    pub value: OrVariable<&'p str>,
    /// What it is, as the description of a variable.
    pub description: &'static str,
    /// What stands for it while only the apply knows it: a value of the usual, or the greatest, length.
    pub stand_in: StandIn,
    /// Whether the permissions of the workspace's runs name what it stands for.
    pub named_by_runs: bool,
}

/// What stands for a value while only the apply knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandIn {
    /// The name of an IAM role.
    RoleName,
    /// The ARN of an IAM role.
    RoleArn,
    /// The name of an EKS cluster.
    ClusterName,
    /// It is in no document.
    Unneeded,
}

impl<'p> Value<'p> {
    /// A value of a spec with its description.
    pub fn new<T: AsRef<str>>(value: &'p OrVariable<T>, description: &'static str, stand_in: StandIn) -> Self {
        Value { value: value.as_str(), description, stand_in, named_by_runs: false }
    }

    /// One that the permissions of the workspace's runs name.
    #[must_use]
    pub fn named_by_runs(self) -> Self {
        Value { named_by_runs: true, ..self }
    }
}

/// The principal as one of a kind's own type, if it is of that kind.
pub fn as_kind<K: Principal + 'static>(principal: &dyn Principal) -> Option<&K> {
    principal.as_any().downcast_ref()
}

/// What a trait object needs to be compared and told apart; every principal has it.
pub trait Same {
    /// Itself, of its own type.
    fn as_any(&self) -> &dyn Any;

    /// Whether another principal is the same as this one.
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
