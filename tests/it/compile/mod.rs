//! Compiling specs into files.

mod bases;
mod gaps;
mod many;
mod several;
mod shown;
