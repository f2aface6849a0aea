//! Listings, manifests and references to images in use.

mod listing;
mod manifests;
mod usage;
