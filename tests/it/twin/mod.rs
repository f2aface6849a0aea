//! Runs the shipped specs with real Terraform, as far as the available providers allow.
//!
//! The output of a spec needs the AWS provider 6.x, the tfe provider or a registry module, but only the AWS provider 5.100
//! is available to the tests. So every spec has a *twin* in `specs/`: a spec that extends it and leaves out what 5.100
//! does not support. The twins go through `terraform fmt` and `validate`, and through `apply`, a second plan and `destroy`
//! in an account emulated by moto. moto is not AWS: it accepts many policies that AWS rejects. It shows that the resources
//! are connected as intended, and that they are created as written.

pub mod account;
mod applied;
mod audited;
pub mod bootstrap;
mod guests;
mod judged;
mod left_out;
mod lifecycle_policies;
mod pairs;
mod piksel;
pub mod platforms;
mod principals;
mod questions;
pub mod rendering;
mod shared_root;
mod state;
mod workspace;
