mod listing;
mod manifests;
mod usage;
