//! YAML syntax errors, explained to people who write specs.

use granit_parser::{ErrorKind, ScanError};

use super::colon;
use super::limits::MAX_DEPTH;
use super::opened::Opened;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;

/// The finding for a syntax error: its place, its cause and how to fix it.
pub(super) fn fault(error: &ScanError, file: u32, text: &str) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    // The parser stops after a tab that it does not accept.
    let start = if before.ends_with('\t') { at - 1 } else { at };
    let offset = |i: usize| u32::try_from(i).expect("files are smaller than 4 GiB");
    let span = Span { file, start: offset(start), end: offset(start + 1) };
    if let ErrorKind::RecursionLimitExceeded = error.kind() {
        let message = format!("maps and lists are nested more than {MAX_DEPTH} levels deep here");
        return Diagnostic::new(&codes::TOO_LARGE, span, message)
            .help("reduce the nesting to 32 levels; specs rarely need more than ten");
    }
    if conflict(text) {
        let message = "this file has an unresolved merge conflict";
        return Diagnostic::new(&codes::YAML_SYNTAX, span, message)
            .help("resolve the conflict between `<<<<<<<` and `>>>>>>>`, and delete these markers");
    }
    let opened = Opened::at_end_of(before);
    let (message, help) = words(error.kind(), before, after, &opened);
    let fault = Diagnostic::new(&codes::YAML_SYNTAX, span, message).help(help);
    let open = match error.kind() {
        ErrorKind::UnclosedFlowCollection { .. } => Some(start),
        kind => still_open(kind, &opened),
    };
    let fault = match open.and_then(|open| comment_after(text, open)) {
        Some(at) => {
            let place = Span { file, start: offset(at), end: offset(at + 1) };
            fault.and(place, "begins a comment").help(UNREAD)
        }
        None => fault,
    };
    match open.filter(|at| *at != start) {
        Some(at) => {
            let mark = &text[at..=at];
            let place = Span { file, start: offset(at), end: offset(at + 1) };
            fault.and(
                place,
                if mark == "[" || mark == "{" { format!("`{mark}` opened here") } else { "quote opened here".into() },
            )
        }
        None => fault,
    }
}

/// The position of the quote or bracket that has to be closed first, if that is what the error is about.
fn still_open(kind: &ErrorKind, opened: &Opened) -> Option<usize> {
    use ErrorKind as K;
    match kind {
        K::InvalidIndentation
        | K::InvalidQuotedScalarIndent
        | K::UnclosedQuotedScalar
        | K::DocumentIndicatorInQuotedScalar
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedFlowSequenceSeparator => opened.quote.or(opened.brackets.last().copied()),
        _ => None,
    }
}

/// The position of a `#` that hides the end of the line in which a bracket or brace is opened.
fn comment_after(text: &str, open: usize) -> Option<usize> {
    let line = text.get(open..)?.split('\n').next().unwrap_or_default();
    let at =
        line.match_indices(" #").map(|(at, _)| at).find(|at| line[..*at].matches('"').count().is_multiple_of(2))?;
    let hides_end = line.starts_with(['[', '{']) && line[at..].contains([']', '}']);
    hides_end.then_some(open + at + 1)
}

const UNREAD: &str = "`#` after a space begins a comment, so the closing bracket or brace is not read: put text that \
                      contains ` #` in quotes, or move the comment to the end of the line";
const UNCLOSED_QUOTE: &str = "quoted text is not closed before this line";
const CLOSE_QUOTE: &str = "close the quote on the line where it begins, or indent the lines that follow";

/// Whether the text has conflict markers of git.
fn conflict(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("<<<<<<< ")) && text.lines().any(|line| line.starts_with(">>>>>>> "))
}

/// The message and the help for a kind of error.
fn words(kind: &ErrorKind, before: &str, after: &str, opened: &Opened) -> (String, String) {
    use ErrorKind as K;
    let line = || {
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        format!("{}{}", &before[start..], after.split('\n').next().unwrap_or_default())
    };
    let exact = match kind {
        K::MappingValueNotAllowed => return colon::unexpected(before, after),
        K::SimpleKeyExpected => colon::without_space(&line()),
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => colon::in_braces(before, after),
        _ => None,
    };
    let (message, help) = general(kind, before, after, opened);
    (message, exact.unwrap_or_else(|| help.to_owned()))
}

/// The same, for errors whose cause depends only on their kind.
fn general(kind: &ErrorKind, before: &str, after: &str, opened: &Opened) -> (String, &'static str) {
    use ErrorKind as K;
    let closed = before.trim_end_matches(' ').ends_with(['}', ']']);
    let (message, help) = match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabInPlainScalar
        | K::TabAtBlockScalarStart
        | K::InvalidBlockEntryWhitespace
        | K::InvalidMappingValueWhitespace => {
            ("YAML does not allow a tab here", "replace the tab with spaces, two per level")
        }
        K::ExpectedBlockMappingKey if closed && after.starts_with(',') => (
            "a comma cannot follow the closing brace or bracket here",
            "delete the comma: only the entries inside of `{ }` and `[ ]` are separated by commas",
        ),
        K::ExpectedBlockMappingKey if closed => (
            "unexpected text after a closing brace or bracket",
            "put quotes around text that contains braces or brackets: \"{service}-v{version}\"",
        ),
        K::ExpectedBlockMappingKey if before.ends_with("- ") => {
            ("expected a key, found a list item", "indent the list items two spaces deeper than the key of the list")
        }
        K::ExpectedBlockMappingKey | K::ExpectedBlockSequenceEntry => (
            "the indentation of this line does not match any key or list item above it",
            "align it with the other keys of the same map, or indent it two spaces deeper than the key it belongs to",
        ),
        K::SimpleKeyExpected => (
            "expected `key: value`, but this line has no colon followed by a space",
            "write a key as `region: eu-central-1`, and a list item as `- item`",
        ),
        K::InvalidIndentation if opened.quote.is_some() => (UNCLOSED_QUOTE, CLOSE_QUOTE),
        K::InvalidIndentation => (
            "this line must be indented, because a `[` or `{` above is still open",
            "close the bracket or brace, or indent all lines up to and including the closing one",
        ),
        K::UnclosedFlowCollection { open } => {
            return (
                format!("this `{open}` is never closed"),
                "add the closing bracket or brace, or put the text in quotes",
            );
        }
        K::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("`{open}` is closed by `{close}`"), "use a matching pair: `[` with `]`, `{` with `}`");
        }
        K::MisplacedFlowCollectionEnd => {
            ("this bracket or brace has no opening one", "delete it, or put the text in quotes")
        }
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator if closed => (
            "expected a comma or a closing bracket or brace here",
            "write a comma between items, and put quotes around text that contains braces or brackets: \
             \"{service}-v{version}\"",
        ),
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => (
            "expected a comma or a closing bracket or brace here",
            "write a comma between items, and put quotes around text that contains `: `",
        ),
        K::UnexpectedEofImplicitFlowMapping | K::UnexpectedEofFlowSequence | K::UnexpectedEofFlowMapping
            if after.starts_with(',') =>
        {
            ("an item is missing in front of this comma", "delete the extra comma")
        }
        K::InvalidQuotedScalarIndent | K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => {
            (UNCLOSED_QUOTE, CLOSE_QUOTE)
        }
        K::InvalidTrailingSingleQuotedScalar => (
            "unexpected text after a closing quote",
            "inside '…', write each quote twice ('it''s'), or use \"…\" instead",
        ),
        K::InvalidTrailingDoubleQuotedScalar => (
            "unexpected text after a closing quote",
            "inside \"…\", write a quote as \\\", and write a comma between two items",
        ),
        K::UnknownQuotedScalarEscape | K::InvalidQuotedScalarHexEscape | K::InvalidUnicodeEscape => (
            "YAML does not have this escape sequence",
            "inside \"…\", write a backslash as \\\\, or use '…', where a backslash is an ordinary character",
        ),
        K::UnexpectedCharacter { character } if character.is_control() => {
            return (format!("YAML does not allow the control character {character:?}"), "delete it");
        }
        K::UnexpectedCharacter { character } => {
            return (format!("text without quotes cannot begin with `{character}`"), "put the text in quotes");
        }
        K::MissingAnchorOrAliasName | K::UnknownAnchor => (
            "`*` and `&` begin a YAML alias or anchor, which are not part of the spec language",
            "put quotes around text that begins with `*` or `&`: \"*\"",
        ),
        K::UndeclaredTagHandle | K::InvalidTagTerminator | K::ExpectedTagBang | K::MissingTagUri => (
            "`!` begins a YAML tag, which is not part of the spec language",
            "put quotes around text that begins with `!`: \"!\"",
        ),
        K::BlockSequenceEntryNotAllowed => (
            "a list cannot begin with `-` on the line of its key",
            "write it as `[a, b]`, or begin it on the next line",
        ),
        K::BlockEntryInFlowCollection => {
            ("`-` cannot be used inside brackets", "separate the items with commas: `[a, b]`")
        }
        K::CommentNotSeparated | K::CommentInterceptedScalar => (
            "`#` begins a comment, but there is no space in front of it",
            "write a space in front of `#`, or put the text in quotes",
        ),
        K::InvalidBlockScalarHeader => {
            ("nothing may follow `|` or `>` on the same line", "begin the text on the next line, or put it in quotes")
        }
        K::DirectiveDisallowed => ("YAML directives (`%`) are not part of the spec language", "delete this line"),
        K::BomInsideDocument => {
            ("the file has a byte order mark in the middle", "delete it, or save the file again as UTF-8 without a BOM")
        }
        _ if after.starts_with(':') && !after[1..].starts_with(char::is_whitespace) => {
            ("a space is missing after this colon", "write a space between the colon and the value, as in `cart: {}`")
        }
        _ => (
            "invalid YAML",
            "indent with two spaces per level, and put quotes around text that contains `: ` or ` #`, or begins with \
             one of { [ * & ! % @",
        ),
    };
    (message.to_owned(), help)
}
