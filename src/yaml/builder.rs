//! Builds nodes from the parser's events.

use granit_parser::{Event, Parser, ScalarStyle, StrInput, StructureStyle, options};

use super::limits::{MAX_DEPTH, MAX_VALUES};
use super::{Entry, Key, Node, Value, scalar, syntax};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;

/// The error that ends parsing.
pub(super) type Stop = Box<Diagnostic>;

/// Builds the tree and collects the errors found on the way.
pub(super) struct Builder<'t> {
    file: u32,
    pub(super) text: &'t str,
    events: Parser<'t, StrInput<'t>>,
    values: usize,
    pub(super) faults: Vec<Diagnostic>,
    /// Items of the lists that are still open; `entries` does the same for maps. A closed list gets a vector of exactly
    /// its size, because a large spec has a hundred thousand of them.
    items: Vec<Node>,
    entries: Vec<Entry>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(file: u32, text: &'t str) -> Self {
        let options = options! {
            strict_indentation: true,
            disallow_directives: true,
            emit_anchor_events: true,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        let events = Parser::new_from_str_with_options(text, options);
        Builder { file, text, events, values: 0, faults: Vec::new(), items: Vec::new(), entries: Vec::new() }
    }

    pub(super) fn span_of(&self, start: usize, end: usize) -> Span {
        let offset = |i: usize| u32::try_from(i.min(self.text.len())).expect("files are smaller than 4 GiB");
        Span { file: self.file, start: offset(start), end: offset(end.max(start)) }
    }

    /// The next event. Anchors and tags are reported and skipped.
    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>, Stop> {
        let Some(event) = self.events.next() else { return Ok(None) };
        let (event, span) = event.map_err(|error| syntax::fault(&error, self.file, self.text))?;
        let range = span.byte_range().unwrap_or(0..0);
        let place = self.span_of(range.start, range.end);
        if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
            let place = self.span_of(tag.start, tag.end);
            self.faults.push(
                Diagnostic::new(&codes::YAML_TAG, place, "YAML tags are not part of the spec language")
                    .help("delete the tag; put quotes around digits that are text, such as an account ID"),
            );
        }
        if let Event::Anchor(..) = event {
            self.refuse_anchor(place);
            return self.next();
        }
        Ok(Some((event, place)))
    }

    /// The root node, or `None` if the file is empty.
    pub(super) fn document(&mut self) -> Result<Option<Node>, Stop> {
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
                            "a second YAML document begins here, but a spec is a single document",
                        )
                        .help("move it to a separate file"),
                    );
                    return Ok(root);
                }
                Event::DocumentStart(..) => begun = true,
                event => {
                    let node = self.node(event, place)?;
                    // A file with only comments parses as a document with an empty scalar.
                    root = (node.value != Value::Null).then_some(node);
                }
            }
        }
        Ok(root)
    }

    fn node(&mut self, event: Event<'t>, place: Span) -> Result<Node, Stop> {
        self.values += 1;
        if self.values > MAX_VALUES {
            let message = format!("this file has more than {MAX_VALUES} values");
            let fault = Diagnostic::new(&codes::TOO_LARGE, place, message).label("limit exceeded here");
            return Err(Box::new(fault.help("split the platform into several specs")));
        }
        let (span, value) = match event {
            Event::Scalar(text, style, ..) => {
                self.refuse_long(&text, place);
                (place, scalar::value(&text, style))
            }
            Event::SequenceStart(style, ..) => self.list(style, place)?,
            Event::MappingStart(style, ..) => self.map(style, place)?,
            Event::Alias(_) => {
                self.faults.push(
                    Diagnostic::new(&codes::YAML_ALIAS, place, "YAML aliases are not part of the spec language").help(
                        "repeat the value, or share it through `repository_defaults` or a spec listed in `extends`",
                    ),
                );
                (place, Value::Null)
            }
            _ => (place, Value::Null),
        };
        Ok(Node { span, value })
    }

    /// The span of a block collection ends with its last item. The parser's span ends later, at the next token.
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

    fn key(&mut self, event: Event<'t>, place: Span) -> Result<Option<Key>, Stop> {
        let fault = match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<" => {
                Diagnostic::new(&codes::YAML_MERGE_KEY, place, "YAML merge keys are not part of the spec language")
                    .help("write shared settings under `repository_defaults`, or in a spec listed in `extends`")
            }
            Event::Scalar(text, ..) if text.is_empty() || place.start == place.end => {
                Diagnostic::new(&codes::EMPTY_KEY, place, "this key is empty")
                    .help("write a key before the colon: `key: value`")
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
                Diagnostic::new(&codes::COMPLEX_KEY, place, "a key must be text, not a list or a map")
                    .help("write a separate entry for each name, for example `cart: {}` and `search: {}`; if this is text that begins with `{` or `[`, put it in quotes")
            }
        };
        self.faults.push(fault);
        Ok(None)
    }
}
