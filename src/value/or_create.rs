//! Something that ecrgen creates, or that exists already.

/// Something that ecrgen creates, or that exists already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrCreate<T> {
    /// The output creates it.
    Create,
    /// It exists, and this says which one it is.
    Existing(T),
}
