//! Something that ecrgen creates, or that already exists.

/// Something that ecrgen creates, or that already exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrCreate<T> {
    /// The output creates it.
    Create,
    /// It already exists, and this value identifies it.
    Existing(T),
}
