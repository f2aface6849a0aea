//! Version constraints: `>= 6.28, < 7.0`.

use std::fmt;

use super::version::{NotAVersion, Version, counted};

/// A set of acceptable versions: those that meet every condition.
///
/// Follows the page "Version Constraints" of the Terraform language. Terraform interprets `~> 6` in two ways: for
/// providers it means `>= 6.0.0, < 7.0.0`; for modules and Terraform itself it has no upper bound
/// (hashicorp/terraform#30025). This type uses the interpretation for providers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Condition {
    operator: Operator,
    version: Version,
    /// How many numbers were written. With `~>`, only the last of them may increase.
    numbers: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Pessimistic,
}

/// How each operator is written. An operator that begins with another one comes first.
const OPERATORS: [(&str, Operator); 7] = [
    ("!=", Operator::NotEqual),
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("~>", Operator::Pessimistic),
    ("=", Operator::Equal),
    (">", Operator::Greater),
    ("<", Operator::Less),
];

/// The error for a text that is not a constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAConstraint(NotAVersion);

impl Constraint {
    /// Reads conditions separated by commas. A version without an operator means exactly that version.
    ///
    /// # Errors
    /// At the first text between commas that is not a condition.
    pub fn parse(text: &str) -> Result<Self, NotAConstraint> {
        let conditions = text.split(',').map(Condition::parse).collect::<Result<_, _>>().map_err(NotAConstraint)?;
        Ok(Constraint { conditions })
    }

    /// Whether the version is acceptable. A prerelease is acceptable only if a condition names it exactly.
    pub fn admits(&self, version: &Version) -> bool {
        self.conditions.iter().all(|condition| condition.admits(version))
    }

    /// The lowest acceptable version. `None` if there is no lower bound (`< 6.0`) or no version is acceptable.
    pub fn lowest(&self) -> Option<Version> {
        let mut lowest = self.conditions.iter().filter_map(Condition::lower_end).max()?;
        // A `!=` can exclude the lower bound, and each condition excludes at most one version.
        for _ in &self.conditions {
            if self.excludes(&lowest) {
                lowest.numbers[2] += 1;
            }
        }
        Some(lowest).filter(|lowest| self.admits(lowest))
    }

    fn excludes(&self, version: &Version) -> bool {
        self.conditions.iter().any(|c| c.operator == Operator::NotEqual && c.version == *version)
    }
}

impl Condition {
    fn parse(text: &str) -> Result<Self, NotAVersion> {
        let text = text.trim();
        let (rest, operator) = OPERATORS
            .iter()
            .find_map(|(sign, operator)| Some((text.strip_prefix(sign)?, *operator)))
            .unwrap_or((text, Operator::Equal));
        let (version, numbers) = counted(rest.trim())?;
        Ok(Condition { operator, version, numbers })
    }

    fn admits(&self, version: &Version) -> bool {
        match self.operator {
            Operator::Equal => *version == self.version,
            Operator::NotEqual => *version != self.version,
            _ if version.is_prerelease() => false,
            Operator::Greater => *version > self.version,
            Operator::GreaterOrEqual => *version >= self.version,
            Operator::Less => *version < self.version,
            Operator::LessOrEqual => *version <= self.version,
            Operator::Pessimistic => {
                *version >= self.version && self.fixed_numbers() == &version.numbers[..self.fixed()]
            }
        }
    }

    /// How many numbers `~>` keeps: `~> 6.28.0` allows the patch number to increase, shorter versions the minor number.
    fn fixed(&self) -> usize {
        if self.numbers == 3 { 2 } else { 1 }
    }

    fn fixed_numbers(&self) -> &[u64] {
        &self.version.numbers[..self.fixed()]
    }

    fn lower_end(&self) -> Option<Version> {
        match self.operator {
            Operator::Equal => Some(self.version.clone()),
            Operator::GreaterOrEqual | Operator::Pessimistic => Some(self.version.release()),
            Operator::Greater => Some(self.version.next()),
            Operator::NotEqual | Operator::Less | Operator::LessOrEqual => None,
        }
    }
}

impl Version {
    /// The first release that is not lower than the version.
    fn release(&self) -> Self {
        Version { numbers: self.numbers, prerelease: String::new() }
    }

    /// The first release after the version.
    fn next(&self) -> Self {
        let [major, minor, patch] = self.numbers;
        if self.is_prerelease() { self.release() } else { Version::new(major, minor, patch + 1) }
    }
}

impl fmt::Display for NotAConstraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a version constraint: {}", self.0)
    }
}

impl std::error::Error for NotAConstraint {}
