//! All integration tests in one program. Each room of the crate has its tests in the module of the same name. `output`, `packaging` and
//! `twin` test what several rooms produce together, `fuzz` replays the corpora of the fuzz targets, `docs`, `layout`, `walls` and `words` test the repository itself, and
//! all modules share `harness`.

mod catalog;
mod change;
mod cli;
mod compile;
mod decode;
mod diagnostic;
mod docs;
mod escape;
#[cfg(unix)]
mod file;
mod fuzz;
mod generate;
mod harness;
mod iam;
mod inventory;
mod language;
mod layout;
mod lifecycle;
mod output;
#[cfg(unix)]
mod packaging;
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
mod words;
mod yaml;
