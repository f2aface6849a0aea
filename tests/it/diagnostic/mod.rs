//! Findings: what is said about a mistake.

mod nearest;
mod suggestions;
