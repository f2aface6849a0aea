//! ecrgen compiles a small YAML platform spec to Terraform for Amazon ECR.
//!
//! # The way of the data
//!
//! ```text
//! text ─parse→ nodes ─merge, decode→ Spec ─resolve→ Platform ─check→ findings
//!                                                       └─generate→ trees ─verify, print→ files ─compare→ disk
//! ```
//!
//! `render` and `check` differ only in what they do with the same files. The unit is a set of platforms, because
//! some things exist once in an account and can be claimed only once over all specs compiled together. Everything up
//! to the last arrow is pure: files and the day's date come in as arguments.
//!
//! # The rooms
//!
//! | room | holds |
//! | --- | --- |
//! | [`source`] | files, and places in them |
//! | [`escape`] | text from outside made harmless, one file per language it is put into |
//! | [`prose`] | numbers and lists inside a sentence |
//! | [`node`], [`yaml`] | spanned values; the only file that knows the YAML crate |
//! | [`diagnostic`] | a finding: plain data |
//! | [`spec`] | what the user wrote: types, decoding, merging, JSON Schema |
//! | [`platform`] | what it means: defaults applied, names computed, references resolved |
//! | [`access`] | who may do what on which repositories, as IAM documents |
//! | [`rights`] | who then really can do what, worked out from those documents |
//! | [`rules`] | what we refuse or advise against: one file a rule |
//! | [`guard`] | what the committed output holds and a new one would destroy |
//! | [`lifecycle`] | the ECR lifecycle language by itself |
//! | [`inventory`] | what a repository holds and what of it is in use, as other programs tell it |
//! | [`simulation`] | what a lifecycle policy would do to those images |
//! | [`iam`] | IAM by itself |
//! | [`terraform`] | Terraform code by itself: the tree, the printer, provider schemas |
//! | [`modules`] | the files we produce: one visible list |
//! | [`tree`] | a set of files: manifest, compare, write |
//! | [`report`] | how everything looks: the only room with formats |
//! | [`cli`] | one file a command |
//!
//! Imports go one way: `cli → all below`; `rules → rights, access, platform, lifecycle, simulation, iam`; `rights →
//! modules, access, platform, iam`; `modules → access, platform, terraform`; `access → platform, iam`;
//! `simulation → inventory, lifecycle`; `inventory → lifecycle`; `platform → spec, lifecycle, simulation` and
//! the two small types it keeps a user's text in, [`terraform::Constraint`] and [`tree::RelPath`]; `spec → source, node,
//! yaml, diagnostic`; `report → rights, simulation, lifecycle, iam, diagnostic`, and only `cli` imports `report`.
//! `lifecycle`, `iam`, `terraform` and `tree` know nothing of the spec; `escape` and `prose` know nothing of anything.
//! Whoever has thousands of things to look at has `halves` do it on two threads.

pub mod catalogue;
pub mod change;
pub mod cli;
pub mod compile;
pub mod decode;
pub mod diagnostic;
pub mod escape;
pub mod generate;
mod halves;
pub mod iam;
pub mod inventory;
pub mod language;
pub mod lifecycle;
pub mod permissions;
pub mod platform;
pub mod policies;
pub mod principals;
pub mod prose;
pub mod report;
pub mod rules;
pub mod simulation;
pub mod source;
pub mod terraform;
pub mod time;
pub mod tree;
pub mod value;
pub mod yaml;

pub use compile::{Compilation, compile};
