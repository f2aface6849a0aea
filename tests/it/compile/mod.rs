//! Specs to files, the whole way.

mod many;
mod several;
