//! The generated pipelines: what foreign programs say about them, and what their scripts do.

mod atlantis;
mod backstage;
mod checks;
mod deployments;
mod image;
mod image_gitlab;
mod judges;
mod scripts;
mod shipped;
