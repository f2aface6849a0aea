//! How the command line names specs: several files, and files that it does not name.

mod apart;
mod found;
mod standard_input;
