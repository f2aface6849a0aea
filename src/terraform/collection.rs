//! Lists and objects, with the comments and blank lines between their items.

use super::expr::Expr;

/// A line of a body, a list or an object.
#[derive(Clone, Debug, PartialEq)]
pub enum Line<T> {
    /// An item of the collection.
    Item(T),
    /// A comment of one or more lines, without `#`. Any text is allowed.
    Comment(String),
    /// A blank line. Several in a row count as one, and those at the beginning and end are not printed.
    Blank,
}

/// How a collection is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A list is on one line if it is short and has no multiline items. An object with entries is always multiline.
    #[default]
    Natural,
    /// On one line, unless it has a comment or a blank line.
    Inline,
    /// One item per line.
    Multiline,
}

/// A list or an object, as lines of items.
#[derive(Clone, Debug, PartialEq)]
pub struct Collection<T> {
    /// The items with the comments and blank lines between them.
    pub lines: Vec<Line<T>>,
    /// How they are laid out.
    pub layout: Layout,
}

/// `[a, b]`
pub type List = Collection<Expr>;

/// `{ a = 1 }`
pub type Object = Collection<(Key, Expr)>;

/// The key of an object's entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// A known key: printed bare if it is an identifier, otherwise as a quoted literal.
    Literal(String),
    /// A computed key: a template, or any other expression in parentheses.
    Computed(Expr),
}

impl<T> Collection<T> {
    /// An empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a comment.
    #[must_use]
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.lines.push(Line::Comment(text.into()));
        self
    }

    /// Appends a blank line.
    #[must_use]
    pub fn blank(mut self) -> Self {
        self.lines.push(Line::Blank);
        self
    }

    /// Puts everything on one line.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.layout = Layout::Inline;
        self
    }

    /// Puts each item on its own line.
    #[must_use]
    pub fn multiline(mut self) -> Self {
        self.layout = Layout::Multiline;
        self
    }

    /// The items, without comments and blank lines.
    pub fn items(&self) -> impl Iterator<Item = &T> {
        self.lines.iter().filter_map(Line::item)
    }
}

impl List {
    /// Appends an item.
    #[must_use]
    pub fn item(mut self, item: impl Into<Expr>) -> Self {
        self.lines.push(Line::Item(item.into()));
        self
    }
}

impl Object {
    /// Appends an entry.
    #[must_use]
    pub fn entry(mut self, key: impl Into<Key>, value: impl Into<Expr>) -> Self {
        self.lines.push(Line::Item((key.into(), value.into())));
        self
    }
}

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Collection { lines: Vec::new(), layout: Layout::default() }
    }
}

impl<T> Line<T> {
    /// The item, if the line is one.
    pub fn item(&self) -> Option<&T> {
        match self {
            Line::Item(item) => Some(item),
            Line::Comment(_) | Line::Blank => None,
        }
    }
}

impl<T: Into<Expr>> FromIterator<T> for List {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        items.into_iter().fold(List::new(), List::item)
    }
}

impl<K: Into<Key>, V: Into<Expr>> FromIterator<(K, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        entries.into_iter().fold(Object::new(), |object, (key, value)| object.entry(key, value))
    }
}

impl From<&str> for Key {
    fn from(key: &str) -> Self {
        Key::Literal(key.to_owned())
    }
}

impl From<String> for Key {
    fn from(key: String) -> Self {
        Key::Literal(key)
    }
}

impl From<&String> for Key {
    fn from(key: &String) -> Self {
        Key::Literal(key.clone())
    }
}

impl From<Expr> for Key {
    fn from(key: Expr) -> Self {
        match key {
            Expr::String(text) => Key::Literal(text),
            computed => Key::Computed(computed),
        }
    }
}
