//! An entity of the tables: a resource, a data source, a module or a block of the language.

use std::iter::Peekable;
use std::str::{Lines, SplitAsciiWhitespace};

use super::types::Type;
use crate::terraform::version::Version;

/// The schema of one kind of top-level block.
#[derive(Debug)]
pub(in crate::terraform) struct Entity {
    /// The number of labels of a block of the language.
    pub labels: Option<usize>,
    /// The first version that has it.
    pub since: Option<Version>,
    pub content: Content,
}

/// The arguments and blocks that a body accepts.
#[derive(Debug)]
pub(in crate::terraform) struct Content {
    /// Whether other arguments and blocks are accepted too.
    pub open: bool,
    /// The fields by name.
    pub fields: Vec<Field>,
}

/// An argument or nested block.
#[derive(Debug)]
pub(in crate::terraform) struct Field {
    pub name: &'static str,
    /// The first version that has it.
    pub since: Option<Version>,
    pub form: Form,
}

/// How a field is written.
#[derive(Debug)]
pub(in crate::terraform) enum Form {
    /// Not written: the provider computes it.
    Computed,
    /// `name = value`
    Argument { required: Required, type_: Type },
    /// `name { … }`; `most` 0 means no limit.
    Block { least: usize, most: usize, content: Content },
}

/// Whether an argument is required.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::terraform) enum Required {
    Always,
    /// Required in versions before this one.
    Until(Version),
    Never,
}

impl Content {
    /// The field of that name and its index.
    pub fn find(&self, name: &str) -> Option<(usize, &Field)> {
        let index = self.fields.binary_search_by(|field| field.name.cmp(name)).ok()?;
        Some((index, &self.fields[index]))
    }
}

/// The kind, name and text of each entity of a table.
pub(super) fn texts(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let starts = |text: &str| !text.starts_with([' ', '#', '\n']);
    let mut rest = table;
    std::iter::from_fn(move || {
        while !rest.is_empty() && !starts(rest) {
            rest = after_line(rest);
        }
        let mut words = rest.split_ascii_whitespace();
        let (kind, name) = (words.next()?, words.next()?);
        let text = rest;
        rest = after_line(rest);
        while rest.starts_with(' ') {
            rest = after_line(rest);
        }
        Some((kind, name, &text[..text.len() - rest.len()]))
    })
}

fn after_line(text: &'static str) -> &'static str {
    text.find('\n').map_or("", |end| &text[end + 1..])
}

impl Entity {
    /// Reads an entity of a table.
    ///
    /// # Panics
    /// When the table is invalid, which the tests of the tables would show.
    pub(super) fn read(text: &'static str) -> Self {
        let mut lines = text.lines().peekable();
        let head = lines.next().expect("an entity has a first line");
        let mut words = head.split_ascii_whitespace();
        let module = words.next() == Some("module");
        words.next();
        if module {
            // The version of the table. `module_versions` knows what each version needs.
            words.next();
        }
        let notes = Notes::read(&mut words);
        let fields = fields(&mut lines, 1);
        Entity { labels: notes.labels, since: notes.since, content: Content { open: notes.open, fields } }
    }
}

/// The lines at one depth, each with the lines nested in it.
fn fields(lines: &mut Peekable<Lines<'static>>, depth: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    while let Some(line) = lines.next_if(|line| line.len() - line.trim_start().len() == depth) {
        let mut words = line.split_ascii_whitespace();
        let mut word = || words.next().unwrap_or_else(|| panic!("{line}: a word is missing"));
        let (name, kind) = (word(), word());
        let (since, form) = match kind {
            "computed" => (None, Form::Computed),
            "block" => {
                let (nesting, least, most) = (word(), number(word()), number(word()));
                let notes = Notes::read(&mut words);
                let most = if nesting == "single" { 1 } else { most };
                let content = Content { open: notes.open, fields: self::fields(lines, depth + 1) };
                (notes.since, Form::Block { least, most, content })
            }
            _ => {
                let type_ = Type::read(word());
                let notes = Notes::read(&mut words);
                let required = match notes.required_until {
                    Some(version) => Required::Until(version),
                    None if kind == "required" => Required::Always,
                    None => Required::Never,
                };
                (notes.since, Form::Argument { required, type_ })
            }
        };
        fields.push(Field { name, since, form });
    }
    fields
}

/// The notes after the fixed words of a line.
#[derive(Default)]
struct Notes {
    since: Option<Version>,
    required_until: Option<Version>,
    labels: Option<usize>,
    open: bool,
}

impl Notes {
    fn read(words: &mut SplitAsciiWhitespace<'static>) -> Self {
        let mut notes = Notes::default();
        while let Some(note) = words.next() {
            let mut word = || words.next().unwrap_or_else(|| panic!("{note}: a word is missing"));
            match note {
                "since" => notes.since = Some(version(word())),
                "required-until" => notes.required_until = Some(version(word())),
                "labels" => notes.labels = Some(number(word())),
                "open" => notes.open = true,
                "needs" => words.by_ref().for_each(drop),
                _ => panic!("{note}: unknown note"),
            }
        }
        notes
    }
}

fn version(text: &str) -> Version {
    Version::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

fn number(text: &str) -> usize {
    text.parse().unwrap_or_else(|_| panic!("{text}: not a number"))
}
