//! Terraform code by itself: a tree, its canonical text, and its check against provider schemas.
//!
//! In the tree data is always a literal and code is always nodes. No node holds raw text, so whatever a user
//! writes stays a value. What [`print()`] returns is a fixed point of `terraform fmt`, so nobody has to run it.
//! [`verify()`] compares a tree with what the oldest allowed providers, modules and Terraform understand.

mod body;
mod collection;
mod constraint;
mod expr;
mod name;
mod print;
mod schema;
mod template;
mod traversal;
mod verify;
mod version;

pub use body::{Attribute, Block, Body, Statement};
pub use collection::{Collection, Key, Layout, Line, List, Object};
pub use constraint::{Constraint, NotAConstraint};
pub use expr::{Call, Expr};
pub use name::{Name, NotAName};
pub use print::print;
pub use template::{Part, Parts, Template};
pub use traversal::{NotATraversal, Step, Traversal};
pub use verify::{Fault, Pins, verify};
pub use version::{NotAVersion, Version};
