//! Everything that cannot be read as a spec: files, YAML, keys and values.

pub mod file;
pub mod keys;
pub mod specs;
pub mod values;
pub mod yaml;
pub mod yaml_features;
