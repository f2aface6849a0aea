//! Errors of YAML's syntax in the words of somebody who writes specs.

use granit_parser::{ErrorKind, ScanError};

use super::limits::MAX_DEPTH;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;

/// What is wrong, where, and what to do about it.
pub(super) fn fault(error: &ScanError, file: u32, text: &str) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    // The parser stops behind a tab that it does not take.
    let start = if before.ends_with('\t') { at - 1 } else { at };
    let offset = |i: usize| u32::try_from(i).expect("files are smaller than 4 GiB");
    let span = Span { file, start: offset(start), end: offset(start + 1) };
    if let ErrorKind::RecursionLimitExceeded = error.kind() {
        let message = format!("maps and lists nest deeper than {MAX_DEPTH} levels here");
        return Diagnostic::new(&codes::TOO_LARGE, span, message).help("the language needs ten");
    }
    let (message, help) = match conflict(text) {
        true => ("a merge conflict is left in this file".to_owned(), "resolve it: look for `<<<<<<<` and `>>>>>>>`"),
        false => words(error.kind(), before, after),
    };
    Diagnostic::new(&codes::YAML_SYNTAX, span, message).help(help)
}

/// Whether git left its marks.
fn conflict(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("<<<<<<< ")) && text.lines().any(|line| line.starts_with(">>>>>>> "))
}

/// Message and help.
fn words(kind: &ErrorKind, before: &str, after: &str) -> (String, &'static str) {
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
            ("a tab stands here, and YAML indents with spaces only", "put two spaces a level instead")
        }
        K::ExpectedBlockMappingKey if closed => (
            "text goes on behind a closing brace or bracket",
            "text with braces or brackets needs quotes: \"{service}-v{version}\"",
        ),
        K::ExpectedBlockMappingKey if before.ends_with("- ") => {
            ("a list item stands here among the keys of a map", "indent the items of a list deeper than its key")
        }
        K::ExpectedBlockMappingKey | K::ExpectedBlockSequenceEntry => (
            "this line is indented like none of the lines it could belong to",
            "keys of one map stand in one column, and what belongs to a key stands two spaces deeper",
        ),
        K::MappingValueNotAllowed => (
            "this colon stands where no key can be",
            "keys of one map stand in one column, each colon has a space behind it (on the line above too), and text that \
             holds `: ` needs quotes",
        ),
        K::SimpleKeyExpected => (
            "this line has no `key: value`",
            "a key ends with a colon and a space: `region: eu-central-1`; an item of a list begins with `- `",
        ),
        K::InvalidIndentation => (
            "a `[` or `{` above is still open, and this line is not indented",
            "close it, or indent what stands in it, the closing one too",
        ),
        K::UnclosedFlowCollection { open } => {
            return (format!("this `{open}` is never closed"), "close it, or put the text in quotes");
        }
        K::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("what `{open}` opens is closed by `{close}`"), "correct one of the two");
        }
        K::MisplacedFlowCollectionEnd => {
            ("this bracket or brace closes nothing", "leave it out, or put the text in quotes")
        }
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator if closed => (
            "neither a comma nor the end follows here",
            "put a comma between two items; text with braces or brackets needs quotes: \"{service}-v{version}\"",
        ),
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => (
            "neither a comma nor the end follows here",
            "put a comma between two items; text that holds `: ` needs quotes",
        ),
        K::UnexpectedEofImplicitFlowMapping | K::UnexpectedEofFlowSequence | K::UnexpectedEofFlowMapping
            if after.starts_with(',') =>
        {
            ("an item is missing before this comma", "leave one comma out")
        }
        K::InvalidQuotedScalarIndent | K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => (
            "quoted text is still open here",
            "close the quote on the line where it begins, or indent the lines that follow",
        ),
        K::InvalidTrailingSingleQuotedScalar => {
            ("text goes on behind a closing quote", "inside '…' a quote is written twice: 'it''s'; or use \"…\"")
        }
        K::InvalidTrailingDoubleQuotedScalar => {
            ("text goes on behind a closing quote", "inside \"…\" a quote is written \\\"; a comma parts two items")
        }
        K::UnknownQuotedScalarEscape | K::InvalidQuotedScalarHexEscape | K::InvalidUnicodeEscape => (
            "YAML does not know this escape",
            "inside \"…\" a backslash is written \\\\; inside '…' it stands for itself",
        ),
        K::UnexpectedCharacter { character } if character.is_control() => {
            return (format!("the control character {character:?} cannot stand here"), "leave it out");
        }
        K::UnexpectedCharacter { character } => {
            return (format!("text cannot begin with `{character}`"), "put the text in quotes");
        }
        K::MissingAnchorOrAliasName | K::UnknownAnchor => (
            "`*` and `&` begin an alias or an anchor of YAML, and neither is part of the spec language",
            "text that begins with `*` or `&` needs quotes: \"*\"",
        ),
        K::UndeclaredTagHandle | K::InvalidTagTerminator | K::ExpectedTagBang | K::MissingTagUri => (
            "`!` begins a tag of YAML, and tags are not part of the spec language",
            "text that begins with `!` needs quotes",
        ),
        K::BlockSequenceEntryNotAllowed => {
            ("a list cannot begin with `-` on the line of its key", "write it as [a, b], or begin it on the next line")
        }
        K::BlockEntryInFlowCollection => {
            ("`-` stands inside brackets", "between brackets commas part the items: [a, b]")
        }
        K::CommentNotSeparated | K::CommentInterceptedScalar => {
            ("a comment begins here without a space before it", "put a space before `#`, or quotes around the text")
        }
        K::InvalidBlockScalarHeader => {
            ("behind `|` or `>` the line has to end", "begin the text on the next line, or put it in quotes")
        }
        K::DirectiveDisallowed => ("lines with `%` are not part of the spec language", "leave this line out"),
        K::BomInsideDocument => ("a byte order mark stands inside the file", "save the file again as plain UTF-8"),
        _ => (
            "this is not YAML",
            "indent with spaces, two a level, and put quotes around text that holds `: `, ` #` or begins with one of \
             { [ * & ! % @",
        ),
    };
    (message.to_owned(), help)
}
