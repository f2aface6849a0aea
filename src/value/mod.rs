//! Values that are valid by construction: newtypes for names, IDs, ARNs and templates, with one file per product that
//! defines the form.
//!
//! A value that can be unknown until Terraform applies the output is an [`OrVariable`]. Something that ecrgen creates or
//! that already exists is an [`OrCreate`].

mod aws;
mod backstage;
mod count;
mod forge_id;
mod form;
mod git;
mod github;
mod gitlab;
mod hcp;
mod intended;
mod kubernetes;
mod or_create;
mod or_variable;
mod pipeline;
mod spec;
mod statement_value;
mod terraform;
mod url;

pub use aws::*;
pub use backstage::*;
pub use count::Count;
pub use forge_id::ForgeId;
pub use form::{Form, intended};
pub use git::*;
pub use github::*;
pub use gitlab::*;
pub use hcp::*;
pub(crate) use intended::aws::GROUP;
pub use kubernetes::*;
pub use or_create::OrCreate;
pub use or_variable::{OrVariable, Variable};
pub use pipeline::*;
pub use spec::*;
pub use statement_value::{StatementText, StatementValue};
pub use terraform::*;
pub use url::*;
