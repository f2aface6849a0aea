//! Options that several commands have.

mod streams;
