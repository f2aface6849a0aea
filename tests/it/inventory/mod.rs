mod listing;
mod manifests;
mod times;
mod usage;
