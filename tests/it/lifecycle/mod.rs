//! Tests of lifecycle policies.

mod agreement;
mod constraints;
mod doubts;
mod forecast;
mod invariants;
mod json;
mod model;
mod patterns;
mod precedence;
pub mod samples;
mod vectors;
mod verdicts;
