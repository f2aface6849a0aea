//! What is committed, compared with what would be, as Terraform would compare them.
//!
//! ```text
//! platforms ─record→ Modules ─guard(committed Modules)→ findings
//! ```
//!
//! [`record`] names every resource whose loss hurts by its Terraform address. [`guard`] finds what the next apply would
//! delete, replace, move, or leave behind in another state, and refuses it until the spec allows it.

pub mod guard;
pub mod record;
