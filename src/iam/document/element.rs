//! An element of a statement, in its positive or its negated form.

/// An element or its `Not` form: `Action` or `NotAction` and so on, of which a statement has one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element<T> {
    /// What is listed.
    Only(T),
    /// Everything but what is listed.
    AllExcept(T),
}

impl<T> Element<T> {
    /// What is listed, in either form.
    pub fn listed(&self) -> &T {
        match self {
            Element::Only(listed) | Element::AllExcept(listed) => listed,
        }
    }

    /// The key under which a statement has it: `Action` or `NotAction`.
    pub fn key(&self, name: &str) -> String {
        match self {
            Element::Only(_) => name.to_owned(),
            Element::AllExcept(_) => format!("Not{name}"),
        }
    }
}
