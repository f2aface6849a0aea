//! Text to nodes: the only file that knows the YAML crate.
//!
//! The crate is the event parser under serde-saphyr. Serde itself would lose the spans inside merged
//! and alternative types; building the tree from events keeps each one, and makes the things this
//! language leaves out (anchors, aliases, tags, merge keys, further documents) faults with a place.

mod node;
mod syntax;

pub use node::{Entry, Key, Node, Value};

use granit_parser::{Event, Parser, ScalarStyle, StrInput, StructureStyle, options};

use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// How deep maps and lists may nest. The language needs ten levels.
pub const MAX_DEPTH: usize = 32;

/// How many values a file may have, lists and maps counted too. A thousand repositories with thirty settings each are
/// a third of that; it bounds memory, and the number of findings.
pub const MAX_VALUES: usize = 300_000;

/// The longest key or text, in bytes. The longest that AWS or Terraform takes of us has a tenth of that.
pub const MAX_TEXT: usize = 4096;

/// Reads the text of file number `file` into a node.
///
/// # Errors
/// The faults that make the text unreadable as one plain YAML document: syntax, duplicate keys,
/// anchors, aliases, tags, merge keys, a second document, no document, more than [`MAX_DEPTH`], [`MAX_VALUES`] or
/// [`MAX_TEXT`], line ends of a carriage return alone. These, syntax, depth and the number of values end the reading, all
/// others are collected.
pub fn parse(file: u32, text: &str) -> Result<Node, Vec<Diagnostic>> {
    if let Some(fault) = lone_carriage_return(file, text) {
        return Err(vec![fault]);
    }
    let options = options! {
        strict_indentation: true,
        disallow_directives: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let events = Parser::new_from_str_with_options(text, options);
    let mut builder =
        Builder { file, text, events, values: 0, faults: Vec::new(), items: Vec::new(), entries: Vec::new() };
    match builder.document() {
        Ok(Some(node)) if builder.faults.is_empty() => return Ok(node),
        Ok(None) if builder.faults.is_empty() => {
            let fault = Diagnostic::new(&codes::EMPTY_FILE, builder.span_of(0, 0), "this file holds no platform");
            builder.faults.push(fault.help("`ecrgen init` writes a starter that renders"));
        }
        Ok(_) => {}
        Err(fault) => {
            // `{service}-v{version}` is one mistake, not two.
            let end = |other: &Diagnostic| other.labels[0].span.end == fault.labels[0].span.start;
            builder.faults.retain(|other| !(*other.code == codes::UNQUOTED_PLACEHOLDER && end(other)));
            builder.faults.push(*fault);
        }
    }
    Err(builder.faults)
}

/// A line end to YAML and to nobody else: every later finding would be about line 1, in editors too.
fn lone_carriage_return(file: u32, text: &str) -> Option<Diagnostic> {
    let at = text.match_indices('\r').map(|(at, _)| at).find(|at| !text[at + 1..].starts_with('\n'))?;
    let start = u32::try_from(at).expect("files are smaller than 4 GiB");
    let place = Span { file, start, end: start + 1 };
    let fault = Diagnostic::new(&codes::LONE_CARRIAGE_RETURN, place, "a line ends with a carriage return alone");
    Some(fault.help("save the file with the line ends of Unix (LF) or Windows (CR LF)"))
}

/// What ends the reading.
type Stop = Box<Diagnostic>;

struct Builder<'t> {
    file: u32,
    text: &'t str,
    events: Parser<'t, StrInput<'t>>,
    values: usize,
    faults: Vec<Diagnostic>,
    /// Items of the lists that are open, and below the entries of the maps: each closes with a vector of its own size,
    /// of which a large spec has a hundred thousand.
    items: Vec<Node>,
    entries: Vec<Entry>,
}

impl<'t> Builder<'t> {
    fn span_of(&self, start: usize, end: usize) -> Span {
        let offset = |i: usize| u32::try_from(i.min(self.text.len())).expect("files are smaller than 4 GiB");
        Span { file: self.file, start: offset(start), end: offset(end.max(start)) }
    }

    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>, Stop> {
        let Some(event) = self.events.next() else { return Ok(None) };
        let (event, span) = event.map_err(|error| syntax::fault(&error, self.file, self.text))?;
        let range = span.byte_range().unwrap_or(0..0);
        let place = self.span_of(range.start, range.end);
        if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
            let place = self.span_of(tag.start, tag.end);
            self.faults.push(
                Diagnostic::new(&codes::YAML_TAG, place, "YAML tags are not part of the spec language")
                    .help("leave the tag out; a value's type follows from its key"),
            );
        }
        Ok(Some((event, place)))
    }

    fn document(&mut self) -> Result<Option<Node>, Stop> {
        let mut root = None;
        let mut begun = false;
        while let Some((event, place)) = self.next()? {
            match event {
                Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
                Event::DocumentStart(..) if begun => {
                    self.faults.push(
                        Diagnostic::new(
                            &codes::SECOND_DOCUMENT,
                            place,
                            "a spec is one YAML document, and here a second one begins",
                        )
                        .help("put it into a file of its own"),
                    );
                    return Ok(root);
                }
                Event::DocumentStart(..) => begun = true,
                event => {
                    let node = self.node(event, place)?;
                    // A file of comments alone parses as a document with an empty scalar.
                    root = (node.value != Value::Null).then_some(node);
                }
            }
        }
        Ok(root)
    }

    fn node(&mut self, event: Event<'t>, place: Span) -> Result<Node, Stop> {
        self.refuse_anchor(&event, place);
        self.values += 1;
        if self.values > MAX_VALUES {
            let message = format!("this file has more than {MAX_VALUES} values");
            let fault = Diagnostic::new(&codes::TOO_LARGE, place, message).label("the first one too many");
            return Err(Box::new(fault.help("part the platform into several specs")));
        }
        let (span, value) = match event {
            Event::Scalar(text, style, ..) => {
                self.refuse_long(&text, place);
                (place, scalar(&text, style))
            }
            Event::SequenceStart(style, ..) => self.list(style, place)?,
            Event::MappingStart(style, ..) => self.map(style, place)?,
            Event::Alias(_) => {
                self.faults
                    .push(Diagnostic::new(&codes::YAML_ALIAS, place, "YAML aliases are not part of the spec language").help(
                    "write the value out, or put it under `repository_defaults` or into a spec that this one `extends`",
                ));
                (place, Value::Null)
            }
            _ => (place, Value::Null),
        };
        Ok(Node { span, value })
    }

    fn refuse_anchor(&mut self, event: &Event<'t>, place: Span) {
        if let Event::Scalar(_, _, anchor, _) | Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) =
            event
            && *anchor != 0
        {
            self.faults.push(
                Diagnostic::new(&codes::YAML_ANCHOR, place, "YAML anchors are not part of the spec language")
                    .help("leave the anchor out, and write the value where it is needed"),
            );
        }
    }

    fn refuse_long(&mut self, text: &str, place: Span) {
        if text.len() > MAX_TEXT {
            let message = format!("this text has {} bytes, and a spec's longest may have {MAX_TEXT}", text.len());
            self.faults.push(Diagnostic::new(&codes::TOO_LARGE, place, message).help("shorten it"));
        }
    }

    /// `{service}` is a map to YAML, whose only key has neither colon nor value.
    fn refuse_placeholder(&mut self, style: StructureStyle, entries: &[Entry], span: Span) {
        let colon = |key: &Key| self.text[key.span.end as usize..span.end as usize].trim_start().starts_with(':');
        if let (StructureStyle::Flow, [Entry { key, value: Node { value: Value::Null, .. } }]) = (style, entries)
            && !colon(key)
        {
            let message = format!("`{{{}}}` without quotes is a map to YAML", key.text);
            let fault = Diagnostic::new(&codes::UNQUOTED_PLACEHOLDER, span, message);
            self.faults.push(fault.help(format!("put quotes around the whole text: \"{{{}}}\"", key.text)));
        }
    }

    /// A block collection ends with its last item: the parser's own end lies before the next token, lines later.
    fn collection(&self, style: StructureStyle, start: Span, last: Option<Span>, end: Span) -> Span {
        let end = match (style, last) {
            (StructureStyle::Block, Some(last)) => last.end,
            _ => end.end,
        };
        self.span_of(start.start as usize, end as usize)
    }

    fn list(&mut self, style: StructureStyle, start: Span) -> Result<(Span, Value), Stop> {
        let first = self.items.len();
        while let Some((event, place)) = self.next()? {
            if event == Event::SequenceEnd {
                let items: Vec<Node> = self.items.drain(first..).collect();
                let last = items.last().map(|item| item.span);
                return Ok((self.collection(style, start, last, place), Value::List(items)));
            }
            let item = self.node(event, place)?;
            self.items.push(item);
        }
        unreachable!("the parser closes every sequence it opens or reports an error")
    }

    fn map(&mut self, style: StructureStyle, start: Span) -> Result<(Span, Value), Stop> {
        let first = self.entries.len();
        while let Some((event, place)) = self.next()? {
            if event == Event::MappingEnd {
                let entries: Vec<Entry> = self.entries.drain(first..).collect();
                let last = entries.last().map(|entry| entry.value.span.max(entry.key.span));
                let span = self.collection(style, start, last, place);
                self.refuse_placeholder(style, &entries, span);
                self.refuse_duplicates(&entries);
                return Ok((span, Value::Map(entries)));
            }
            let key = self.key(event, place)?;
            let Some((event, place)) = self.next()? else { break };
            let value = self.node(event, place)?;
            self.entries.extend(key.map(|key| Entry { key, value }));
        }
        unreachable!("the parser closes every mapping it opens or reports an error")
    }

    fn refuse_duplicates(&mut self, entries: &[Entry]) {
        let mut keys: Vec<&Key> = entries.iter().map(|entry| &entry.key).collect();
        keys.sort_by(|a, b| a.text.cmp(&b.text));
        let twins = keys.windows(2).filter(|pair| pair[0].text == pair[1].text);
        self.faults.extend(twins.map(|pair| {
            let message = format!("`{}` is written twice here", pair[1].text);
            Diagnostic::new(&codes::DUPLICATE_KEY, pair[1].span, message)
                .label("the second time")
                .and(pair[0].span, "the first time")
                .help("keep one of the two")
        }));
    }

    fn key(&mut self, event: Event<'t>, place: Span) -> Result<Option<Key>, Stop> {
        self.refuse_anchor(&event, place);
        let fault = match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<" => Diagnostic::new(
                &codes::YAML_MERGE_KEY,
                place,
                "YAML merge keys are not part of the spec language",
            )
            .help(
                "settings shared by repositories go under `repository_defaults`, whole specs are merged with `extends`",
            ),
            Event::Scalar(text, ..) if text.is_empty() || place.start == place.end => {
                Diagnostic::new(&codes::EMPTY_KEY, place, "a key without a name").help("write the key before the colon")
            }
            Event::Scalar(text, ..) => {
                self.refuse_long(&text, place);
                return Ok(Some(Key { text: text.into_owned(), span: place }));
            }
            other => {
                let before = self.faults.len();
                self.node(other, place)?;
                if self.faults.len() > before {
                    return Ok(None);
                }
                Diagnostic::new(&codes::COMPLEX_KEY, place, "a key is a plain word here, not a list or a map")
                    .help("a placeholder such as `{service}` needs quotes: \"{service}\"")
            }
        };
        self.faults.push(fault);
        Ok(None)
    }
}

/// YAML 1.2's core schema, narrowed: `true` and `false` are the only booleans, and the plain word
/// `none` is the language's own.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "none" => Value::None,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

/// Numbers of YAML 1.2's core schema, without the infinities.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if let Some(octal) = text.strip_prefix("0o") {
        return !octal.is_empty() && octal.bytes().all(|b| (b'0'..=b'7').contains(&b));
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit());
    }
    // Rust's grammar of floats is the core schema's plus `inf`, `infinity` and `nan`.
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && digits.parse::<f64>().is_ok()
}
