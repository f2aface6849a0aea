//! Resolving a spec: references, names, and limits that only resolving can check.

mod destinations;
mod image_tags;
mod event_filter;
mod labels;
mod names;
mod replication;
mod resolving;
mod resource_tags;
mod scan_filters;
mod sessions;
