//! Fuzz targets of ecrgen: `cargo +nightly fuzz run specs`, `manifests`, `listings` or `policies`.
//!
//! A target calls one function of [`judges`]. `cargo test` of ecrgen replays the corpora in `corpus` with the same functions
//! (`tests/it/fuzz.rs`).

pub mod judges;
