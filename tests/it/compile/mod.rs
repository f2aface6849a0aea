//! Specs to files, the whole way.

mod bases;
mod many;
mod several;
