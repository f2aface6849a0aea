//! Tests of findings: their places, hints and suggested fixes.

mod helps;
mod nearest;
mod places;
mod suggestions;
