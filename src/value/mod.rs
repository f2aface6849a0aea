//! Values that are valid by construction: names, ids, ARNs and templates as newtypes, one file per owner of the form.
//!
//! A value that is only known when Terraform applies the output is an [`OrVariable`]; something that ecrgen creates or
//! that exists already is an [`OrCreate`].

mod aws;
mod count;
mod forge_id;
mod form;
mod git;
mod github;
mod gitlab;
mod hcp;
mod kubernetes;
mod or_create;
mod or_variable;
mod spec;
mod terraform;
mod url;

pub use aws::*;
pub use count::Count;
pub use forge_id::ForgeId;
pub use form::Form;
pub use git::*;
pub use github::*;
pub use gitlab::*;
pub use hcp::*;
pub use kubernetes::*;
pub use or_create::OrCreate;
pub use or_variable::{OrVariable, Variable};
pub use spec::*;
pub use terraform::*;
