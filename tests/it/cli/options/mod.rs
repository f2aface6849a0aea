//! Options that several commands have.

mod color;
mod dry_run;
mod quiet;
mod streams;
mod tips;
