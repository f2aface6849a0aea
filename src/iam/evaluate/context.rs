//! The condition keys of a request.

use std::collections::BTreeMap;

/// The condition keys of a request and their values. Key names are case-insensitive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    values: BTreeMap<String, Stored>,
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
        Context { values: BTreeMap::new(), is_open: true }
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

    pub(super) fn values(&self, key: &str) -> Values<'_> {
        match self.values.get(&key.to_ascii_lowercase()) {
            Some(Stored::Exact(values)) => Values::Exact(values),
            Some(Stored::Like(patterns, example)) => Values::Like(patterns, example),
            None if self.is_open => Values::Unknown,
            None => Values::Exact(&[]),
        }
    }
}
