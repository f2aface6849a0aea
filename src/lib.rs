//! ecrgen compiles a small YAML platform spec to Terraform for Amazon ECR.
//!
//! # Data flow
//!
//! ```text
//! text ─parse→ nodes ─merge, decode→ Spec ─resolve→ Platform ─emit→ Policies ─check→ findings
//!                                                                      └─generate→ trees ─verify, print→ files ─compare→ disk
//! ```
//!
//! A [`Spec`](language::Spec) is what the user wrote. A [`Platform`](platform::Platform) is the resolved form: defaults are
//! applied, names are computed, references are resolved. [`Policies`](policies::Policies) are the IAM documents that follow
//! from the platform. Each is created once: the files contain it, the rules and the guard check it, and `ecrgen access`
//! evaluates it.
//!
//! `render` and `check` differ only in what they do with the files. ecrgen compiles a set of platforms at once, because some
//! things exist once per account, and only one of the specs can define them. Everything up to the last arrow is pure: files
//! and today's date are arguments. `Compilation::add` in [`compile`](mod@compile) shows the whole flow.
//!
//! # Rooms
//!
//! A room is a top-level module. It imports only rooms above it in this table, and only those in its last column.
//! `tests/it/walls.rs` compares the table with the code: a new import needs an entry here, and a reason.
//!
//! | room | holds | imports |
//! | --- | --- | --- |
//! | [`source`] | files, positions in files, and edits |  |
//! | [`value`] | checked texts, numbers and choices, by who defines their form: AWS, GitHub, Terraform, … | source |
//! | [`prose`] | numbers and lists in sentences |  |
//! | [`file`] | reading files: regular files only, with a limit and a boundary |  |
//! | [`escape`] | escapes for text from outside: one file per output language |  |
//! | [`parallel`] | work on many items in parallel |  |
//! | [`time`] | times and durations in the formats of other programs |  |
//! | [`iam`] | IAM without ecrgen: documents, how AWS evaluates them, who a trust policy admits |  |
//! | [`diagnostic`] | findings and codes: plain data | source |
//! | [`yaml`] | the only room that knows the YAML crate: text to nodes | source, diagnostic |
//! | [`terraform`] | Terraform code: the syntax tree, the printer, provider schemas | source, diagnostic |
//! | [`tree`] | a set of output files: manifest, comparison, writing | source, prose, file, escape, parallel |
//! | [`lifecycle`] | ECR lifecycle policies: parsing, checks and evaluation | prose, time, diagnostic |
//! | [`inventory`] | the images of a repository and those in use, as other programs list them | prose, time, lifecycle |
//! | [`simulation`] | what a lifecycle policy would do to these images | value, prose, time, lifecycle, inventory |
//! | [`decode`] | from nodes to values, and their JSON Schema; independent of the keys of the language | source, value, prose, parallel, diagnostic, yaml |
//! | [`principals`] | kinds of principals in `access`: one file per kind | source, value, iam, diagnostic, yaml, decode |
//! | [`language`] | the spec as written, key by key | source, value, prose, diagnostic, yaml, decode, principals |
//! | [`platform`] | the spec, resolved | source, value, prose, parallel, time, iam, diagnostic, terraform, tree, lifecycle, simulation, decode, principals, language |
//! | [`policies`] | every IAM policy of the output, and one row per Terraform resource type | source, value, prose, iam, principals, platform |
//! | [`permissions`] | effective permissions: who can do what, computed from the policies | source, value, iam, diagnostic, principals, platform, policies |
//! | [`change`] | the guard: what a new output would destroy of the committed one | source, value, prose, diagnostic, terraform, tree, platform, policies |
//! | [`rules`] | what ecrgen rejects or advises against: one file per rule | source, value, prose, parallel, iam, diagnostic, lifecycle, simulation, principals, platform, policies, permissions |
//! | [`generate`] | the generated files: one folder and one list per target | source, value, prose, escape, parallel, iam, terraform, tree, lifecycle, principals, platform, policies |
//! | [`compile`](mod@compile) | from specs to files and findings | source, prose, parallel, diagnostic, terraform, tree, language, platform, policies, change, rules, generate |
//! | [`catalog`] | all codes, from every room that has codes | diagnostic, rules |
//! | [`report`] | all output formats: text, JSON, SARIF, Markdown, GitHub, SVG | source, prose, escape, time, iam, diagnostic, lifecycle, simulation, language, platform, policies, permissions |
//! | [`cli`] | the command line: one file per command | source, value, prose, parallel, file, escape, time, iam, diagnostic, yaml, tree, lifecycle, inventory, simulation, language, platform, policies, permissions, compile, catalog, report |

pub mod catalog;
pub mod change;
pub mod cli;
pub mod compile;
pub mod decode;
pub mod diagnostic;
pub mod escape;
pub mod file;
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
