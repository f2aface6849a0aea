//! The condition keys of a request.

use std::collections::BTreeMap;

/// The condition keys of a request and their values. Key names are case-insensitive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    values: BTreeMap<String, Stored>,
    /// Beginnings that the value of a key is known not to have.
    not_beginning: BTreeMap<String, String>,
    /// Whether keys without an entry are unknown. Otherwise, they are absent.
    is_open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Stored {
    Exact(Vec<String>),
    Like(Vec<String>, String),
}

/// What a context knows about a key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Values<'c> {
    /// The values; none if the key is absent.
    Exact(&'c [String]),
    /// One value that matches one of the patterns, and the example that represents it.
    Like(&'c [String], &'c str),
    /// Nothing: the key can be absent or have any value.
    Unknown,
}

impl Context {
    /// A context that only knows some keys of the request: the others can be absent or have any value.
    pub fn open() -> Self {
        Context { is_open: true, ..Context::default() }
    }

    /// Sets the values of a key. A key without values is the same as an absent key.
    #[must_use]
    pub fn with<T: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = T>) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        self.values.insert(key.to_ascii_lowercase(), Stored::Exact(values));
        self
    }

    /// Sets what is known of the value of a key: it matches one of the patterns. The example represents the value: a
    /// comparison that holds for it holds for the value. Use characters in it that no policy contains, except where a
    /// policy that contains the same text means the same thing.
    #[must_use]
    pub fn with_like<T: Into<String>>(
        mut self,
        key: &str,
        patterns: impl IntoIterator<Item = T>,
        example: impl Into<String>,
    ) -> Self {
        let patterns = patterns.into_iter().map(Into::into).collect();
        self.values.insert(key.to_ascii_lowercase(), Stored::Like(patterns, example.into()));
        self
    }

    /// Sets a beginning that the value of a key does not have, where only patterns of it are known.
    #[must_use]
    pub fn not_beginning(mut self, key: &str, beginning: impl Into<String>) -> Self {
        self.not_beginning.insert(key.to_ascii_lowercase(), beginning.into());
        self
    }

    /// Whether no value of the key can match a pattern that begins with this literal text.
    pub(super) fn excludes(&self, key: &str, literal: &str) -> bool {
        self.not_beginning.get(&key.to_ascii_lowercase()).is_some_and(|beginning| literal.starts_with(beginning))
    }

    pub(super) fn values(&self, key: &str) -> Values<'_> {
        match self.values.get(&key.to_ascii_lowercase()) {
            Some(Stored::Exact(values)) => Values::Exact(values),
            Some(Stored::Like(patterns, example)) => Values::Like(patterns, example),
            None if self.is_open => Values::Unknown,
            None => Values::Exact(&[]),
        }
    }
}
