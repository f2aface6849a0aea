//! Terraform code, independent of ECR: a tree, its canonical text, and the check against provider schemas.
//!
//! In the tree, data is always a literal and code is always a node. No node holds raw code, so text that a user writes
//! always remains a value. The text that [`print()`] returns is unchanged by `terraform fmt`. [`verify()`] checks a tree
//! against what the oldest allowed versions of the providers, the modules and Terraform accept.

mod body;
mod collection;
mod constraint;
mod expr;
mod json_text;
mod name;
mod origin;
mod print;
mod schema;
mod template;
mod traversal;
mod verify;
mod version;

pub use body::{Attribute, Block, Body, Statement};
pub use collection::{Collection, Key, Layout, Line, List, Object};
pub use constraint::{Constraint, NotAConstraint};
pub use expr::{Call, Expr, For};
pub use json_text::{BrokenText, broken_texts};
pub use name::{Name, NotAName};
pub use origin::origin_of_line;
pub use print::{print, print_expression};
pub use schema::module_versions::Series as ModuleSeries;
pub use template::{Part, Parts, Template};
pub use traversal::{NotATraversal, Step, Traversal};
pub use verify::{Fault, Pins, verify};
pub use version::{NotAVersion, Version};
