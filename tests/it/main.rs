//! All integration tests in one program. A room of the crate has its tests in the module of its name; `twin` and
//! `output` test what several rooms make together.

mod change;
mod cli;
mod compile;
mod generate;
mod harness;
mod iam;
mod inventory;
mod language;
mod lifecycle;
mod output;
mod permissions;
mod platform;
mod policies;
mod principals;
mod report;
mod rules;
mod simulation;
mod terraform;
mod time;
mod tree;
mod twin;
mod walls;
mod yaml;
