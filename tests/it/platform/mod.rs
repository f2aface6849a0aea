//! Resolving a spec: references, names, and limits that only resolving can check.

mod image_tags;
mod labels;
mod names;
mod resolving;
mod resource_tags;
mod sessions;
