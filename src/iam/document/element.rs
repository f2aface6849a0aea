//! An element of a statement, in its positive or negated form.

/// An element or its `Not` form, such as `Action` or `NotAction`. A statement has one of the two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element<T> {
    /// Applies to what is listed.
    Only(T),
    /// Applies to everything except what is listed.
    AllExcept(T),
}

impl<T> Element<T> {
    /// The listed content, in either form.
    pub fn listed(&self) -> &T {
        match self {
            Element::Only(listed) | Element::AllExcept(listed) => listed,
        }
    }

    /// The key of this element in a statement, such as `Action` or `NotAction`.
    pub fn key(&self, name: &str) -> String {
        match self {
            Element::Only(_) => name.to_owned(),
            Element::AllExcept(_) => format!("Not{name}"),
        }
    }
}
