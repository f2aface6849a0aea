//! Compiling specs into files.

mod bases;
mod gaps;
mod limits;
mod many;
mod several;
mod shown;
