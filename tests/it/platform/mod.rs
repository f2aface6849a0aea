//! Resolving a spec: references, names, and limits that only resolving can check.

mod destinations;
mod event_filter;
mod image_tags;
mod labels;
mod names;
mod replication;
mod resolving;
mod resource_tags;
mod scan_filters;
mod sessions;
