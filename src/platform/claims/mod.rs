//! The tests that a spec contains: assertions and expectations.

pub mod assertion;
pub mod expectation;
