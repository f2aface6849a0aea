//! All integration tests in one program. A room of the crate has its tests in the module of its name. `output` and `twin`
//! test what several rooms make together, `layout` and `walls` the code base itself, and `harness` is what all share.

mod catalog;
mod change;
mod cli;
mod compile;
mod decode;
mod diagnostic;
mod escape;
mod generate;
mod harness;
mod iam;
mod inventory;
mod language;
mod layout;
mod lifecycle;
mod output;
mod permissions;
mod platform;
mod policies;
mod principals;
mod prose;
mod report;
mod rules;
mod simulation;
mod source;
mod terraform;
mod time;
mod tree;
mod twin;
mod value;
mod walls;
mod yaml;
