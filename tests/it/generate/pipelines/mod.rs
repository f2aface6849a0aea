//! The generated pipelines: what foreign programs say about them, and what their scripts do.

mod atlantis;
mod checks;
mod judges;
mod scripts;
