//! Resolving a spec: references, names, and limits that only resolving can check.

mod labels;
mod names;
mod resolving;
mod resource_tags;
mod sessions;
