//! Tests of findings: their places, hints and suggested fixes.

mod nearest;
mod places;
mod suggestions;
