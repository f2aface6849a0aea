//! References: `module.eks.node_groups["default"].role`.

use std::fmt;
use std::str::Chars;

use super::name::Name;

/// A path from a name to something inside it, without calls, operators or interpolation.
#[derive(Clone, Debug, PartialEq)]
pub struct Traversal {
    root: Name,
    steps: Vec<Step>,
}

/// One step of a traversal.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// `.name`
    Attribute(Name),
    /// `["key"]`
    Key(String),
    /// `[0]`
    Index(u32),
    /// `[each.key]`
    Computed(Traversal),
}

/// The error for a text that is not a traversal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotATraversal {
    /// The byte offset of the error.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
}

/// Words that cannot start a reference.
const KEYWORDS: [&str; 4] = ["true", "false", "null", "for"];

impl Traversal {
    /// Converts a constant, for example `local.standard_tags` or the keyword `all`.
    ///
    /// # Panics
    /// When it is not a traversal.
    pub fn new(text: &'static str) -> Self {
        Reader::new(text).traversal().unwrap_or_else(|error| panic!("{text:?}: {error}"))
    }

    /// Reads a reference that a user wrote: `root.name`, then any number of `.name`, `["key"]` and `[0]`.
    ///
    /// A root alone is rejected, because no Terraform reference is that short. A key can be any text with the escapes of
    /// HCL strings, but without interpolation.
    ///
    /// # Errors
    /// At the first unexpected byte.
    pub fn parse(text: &str) -> Result<Self, NotATraversal> {
        let traversal = Reader::new(text).traversal()?;
        if traversal.steps.is_empty() {
            return Err(NotATraversal { at: text.len(), expected: "`.` and a name" });
        }
        Ok(traversal)
    }

    /// The first name, for example `var`.
    pub fn root(&self) -> &Name {
        &self.root
    }

    /// The steps after the first name.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Appends `.name`.
    #[must_use]
    pub fn attr(mut self, name: impl Into<Name>) -> Self {
        self.steps.push(Step::Attribute(name.into()));
        self
    }

    /// Appends `["key"]`.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.steps.push(Step::Key(key.into()));
        self
    }

    /// Appends `[0]`.
    #[must_use]
    pub fn index(mut self, index: u32) -> Self {
        self.steps.push(Step::Index(index));
        self
    }

    /// Appends a computed index, for example `[each.key]`.
    #[must_use]
    pub fn at(mut self, key: Traversal) -> Self {
        self.steps.push(Step::Computed(key));
        self
    }
}

impl From<&'static str> for Traversal {
    /// The same as [`Traversal::new`].
    fn from(text: &'static str) -> Self {
        Traversal::new(text)
    }
}

/// Reads a traversal from left to right.
struct Reader<'a> {
    whole: usize,
    rest: Chars<'a>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Reader { whole: text.len(), rest: text.chars() }
    }

    fn traversal(mut self) -> Result<Traversal, NotATraversal> {
        let root = self.name()?;
        if KEYWORDS.contains(&root.as_str()) {
            return Err(NotATraversal { at: 0, expected: "a name that is not a keyword" });
        }
        let mut steps = Vec::new();
        while let Some(opener) = self.peek() {
            steps.push(match opener {
                '.' => {
                    self.rest.next();
                    Step::Attribute(self.name()?)
                }
                '[' => {
                    self.rest.next();
                    self.bracket()?
                }
                _ => return self.fail("`.`, `[` or the end"),
            });
        }
        Ok(Traversal { root, steps })
    }

    fn bracket(&mut self) -> Result<Step, NotATraversal> {
        let step = match self.peek() {
            Some('"') => {
                self.rest.next();
                Step::Key(self.quoted()?)
            }
            _ => match self.take_while(|c| c.is_ascii_digit()).parse() {
                Ok(index) => Step::Index(index),
                Err(_) => return self.fail("a quoted key or a number"),
            },
        };
        if self.peek() != Some(']') {
            return self.fail("`]`");
        }
        self.rest.next();
        Ok(step)
    }

    /// The rest of a quoted key. `${` and `%{` are rejected even where HCL would read them as text (`$${`). A key that
    /// contains them can be written with `\u0024`.
    fn quoted(&mut self) -> Result<String, NotATraversal> {
        let mut key = String::new();
        loop {
            match self.peek() {
                Some('"') => {
                    self.rest.next();
                    return Ok(key);
                }
                Some('\\') => {
                    self.rest.next();
                    key.push(self.escape()?);
                }
                Some('$' | '%') if self.rest.as_str()[1..].starts_with('{') => {
                    return self.fail("a key without interpolation");
                }
                Some(c) if !c.is_control() => {
                    self.rest.next();
                    key.push(c);
                }
                _ => return self.fail("`\"`"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, NotATraversal> {
        let digits = match self.rest.next() {
            Some('n') => return Ok('\n'),
            Some('r') => return Ok('\r'),
            Some('t') => return Ok('\t'),
            Some(c @ ('"' | '\\')) => return Ok(c),
            Some('u') => 4,
            Some('U') => 8,
            _ => return self.fail("one of the escapes \\n \\r \\t \\\" \\\\ \\uXXXX \\UXXXXXXXX"),
        };
        let hex: String = self.rest.by_ref().take(digits).collect();
        let known = hex.len() == digits && hex.bytes().all(|b| b.is_ascii_hexdigit());
        match u32::from_str_radix(&hex, 16).ok().filter(|_| known).and_then(char::from_u32) {
            Some(c) => Ok(c),
            None => self.fail("the hexadecimal digits of a Unicode character"),
        }
    }

    fn name(&mut self) -> Result<Name, NotATraversal> {
        let before = self.rest.clone();
        let text = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        Name::parse(text).or_else(|_| {
            self.rest = before;
            self.fail("a name")
        })
    }

    fn take_while(&mut self, accepted: impl Fn(char) -> bool) -> &'a str {
        let text = self.rest.as_str();
        let end = text.find(|c| !accepted(c)).unwrap_or(text.len());
        self.rest = text[end..].chars();
        &text[..end]
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn fail<T>(&self, expected: &'static str) -> Result<T, NotATraversal> {
        Err(NotATraversal { at: self.whole - self.rest.as_str().len(), expected })
    }
}

impl fmt::Display for NotATraversal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a reference: expected {} at byte {}", self.expected, self.at)
    }
}

impl std::error::Error for NotATraversal {}
