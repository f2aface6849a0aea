//! The lifecycle language.

mod agreement;
mod constraints;
mod doubts;
mod forecast;
mod invariants;
mod json;
mod model;
mod patterns;
mod precedence;
mod samples;
mod vectors;
mod verdicts;
