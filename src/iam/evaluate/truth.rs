//! Truth when some facts are unknown.

use std::ops::Not;

/// Whether something holds, as far as the known facts decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold.
    No,
    /// Unknown facts decide.
    Maybe,
    /// It holds.
    Yes,
}

impl Truth {
    /// Whether all of them hold.
    pub fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
        truths.into_iter().min().unwrap_or(Truth::Yes)
    }

    /// Whether at least one of them holds.
    pub fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
        truths.into_iter().max().unwrap_or(Truth::No)
    }
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Maybe => Truth::Maybe,
            Truth::Yes => Truth::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(is_true: bool) -> Truth {
        if is_true { Truth::Yes } else { Truth::No }
    }
}
