//! Tests of findings: hints and suggested fixes.

mod nearest;
mod suggestions;
