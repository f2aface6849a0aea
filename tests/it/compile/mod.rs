//! Compiling specs into files.

mod bases;
mod many;
mod several;
