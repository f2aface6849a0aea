//! What a spec says about itself and what is tried: assertions and expectations.

pub mod assertion;
pub mod expectation;
