//! ecrgen compiles a small YAML platform spec to Terraform for Amazon ECR.
//!
//! # The way of the data
//!
//! ```text
//! text ─parse→ nodes ─merge, decode→ Spec ─resolve→ Platform ─emit→ Policies ─judge→ findings
//!                                                                      └─generate→ trees ─verify, print→ files ─compare→ disk
//! ```
//!
//! A [`Spec`](language::Spec) is what the user wrote. A [`Platform`](platform::Platform) is what that means: defaults
//! applied, names computed, references resolved. [`Policies`](policies::Policies) are the IAM documents that follow from
//! it, each made once: the files hold them, the rules and the guard judge them, and `ecrgen access` evaluates them.
//!
//! `render` and `check` differ only in what they do with the same files. The unit is a set of platforms, because
//! some things exist once in an account and can be claimed only once over all specs compiled together. Everything up
//! to the last arrow is pure: files and the day's date come in as arguments. [`compile()`] is that way in five lines.
//!
//! # The rooms
//!
//! A room imports only rooms above it in this table, and only those in its last column. `tests/it/walls.rs` reads the
//! table and compares it with the code: a new import needs an entry here, and a reason.
//!
//! | room | holds | imports |
//! | --- | --- | --- |
//! | [`source`] | files, places in them, and edits |  |
//! | [`value`] | texts, numbers and choices with a form, by who defines them: AWS, GitHub, Terraform, … | source |
//! | [`prose`] | numbers and lists inside a sentence |  |
//! | [`escape`] | text from outside made harmless, one file per language it is put into |  |
//! | [`parallel`] | work on many items, on several cores |  |
//! | [`time`] | times and durations as other programs write them |  |
//! | [`iam`] | IAM by itself: documents, how AWS evaluates them, what a trust policy lets in |  |
//! | [`diagnostic`] | a finding, and the codes: plain data | source |
//! | [`yaml`] | the only room that knows the YAML crate: text to nodes | source, diagnostic |
//! | [`terraform`] | Terraform code by itself: the tree, the printer, provider schemas | source, diagnostic |
//! | [`tree`] | a set of files: manifest, compare, write | source, parallel |
//! | [`lifecycle`] | the ECR lifecycle language by itself | time, diagnostic |
//! | [`inventory`] | what a repository holds and what of it is in use, as other programs tell it | time, lifecycle |
//! | [`simulation`] | what a lifecycle policy would do to those images | prose, time, lifecycle, inventory |
//! | [`decode`] | nodes to values, and the JSON Schema of the same: machinery without a key of the language | source, value, parallel, diagnostic, yaml |
//! | [`principals`] | the kinds of principals of `access`: one file per kind | source, value, iam, diagnostic, yaml, decode |
//! | [`language`] | what the user wrote: the spec, key by key | source, value, diagnostic, yaml, decode, principals |
//! | [`platform`] | what it means | source, value, prose, parallel, iam, diagnostic, terraform, tree, lifecycle, simulation, decode, principals, language |
//! | [`policies`] | every policy of the output, and one row per Terraform resource type | source, value, prose, iam, principals, platform |
//! | [`permissions`] | who can do what in the end, worked out from the policies | source, value, iam, diagnostic, principals, platform, policies |
//! | [`change`] | what the committed output holds and a new one would destroy | source, value, diagnostic, terraform, tree, platform, policies |
//! | [`rules`] | what we refuse or advise against: one file per rule | source, value, prose, iam, diagnostic, lifecycle, simulation, principals, platform, policies, permissions |
//! | [`generate`] | the files we produce: one folder and one visible list per target | source, value, escape, parallel, iam, terraform, tree, lifecycle, principals, platform, policies |
//! | [`compile`](mod@compile) | specs to files and findings | source, diagnostic, terraform, tree, language, platform, policies, change, rules, generate |
//! | [`catalog`] | every code, from every room that has codes | diagnostic, rules |
//! | [`report`] | how everything looks: the only room with formats | source, prose, escape, time, iam, diagnostic, lifecycle, simulation, policies, permissions |
//! | [`cli`] | one file per command | source, escape, time, diagnostic, yaml, tree, lifecycle, inventory, simulation, language, platform, policies, permissions, compile, catalog, report |

pub mod catalog;
pub mod change;
pub mod cli;
pub mod compile;
pub mod decode;
pub mod diagnostic;
pub mod escape;
pub mod generate;
pub mod iam;
pub mod inventory;
pub mod language;
pub mod lifecycle;
pub mod parallel;
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
