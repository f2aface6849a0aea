//! What a spec means: references resolved, names computed, limits that only then can be seen.

mod names;
mod resolving;
mod resource_tags;
mod sessions;
