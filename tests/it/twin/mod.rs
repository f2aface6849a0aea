//! The shipped specs, as far as real Terraform can run them here.
//!
//! What a spec compiles to needs AWS 6.x, the tfe provider or a registry module, and of these there is only AWS 5.100
//! to run. So every spec has a *twin* in `specs/`: a spec that extends it and leaves out what 5.100 does not know.
//! The twins go through `terraform fmt` and `validate`, and through `apply`, a second plan and `destroy` in an account
//! that moto keeps. moto is not AWS: it accepts many policies that AWS refuses. It shows that things are wired as meant
//! and that what was asked for is what is there.

pub mod account;
mod applied;
mod audited;
mod bootstrap;
mod guests;
mod judged;
mod left_out;
mod lifecycle_policies;
mod pairs;
mod piksel;
mod principals;
mod questions;
pub mod rendering;
mod shared_root;
mod workspace;
