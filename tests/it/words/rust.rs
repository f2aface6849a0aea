//! String literals and doc comments of Rust source, without its code and other comments.

use super::texts::Words;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string literal of any form.
    Literal,
    /// Doc comments on consecutive lines.
    Doc,
}

/// The literals and doc comments in the order of the source. Lines count from 1.
pub fn pieces(source: &str) -> Vec<(Kind, Words)> {
    let mut pieces: Vec<(Kind, Words)> = Vec::new();
    let (mut at, mut line) = (0, 1);
    let mut doc_ends_on = None;
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let mut length = first.len_utf8();
        if rest.starts_with("//") {
            length = rest.find('\n').unwrap_or(rest.len());
            if let Some(text) = doc_comment(&rest[..length]) {
                if doc_ends_on.is_none_or(|last| last + 1 != line) {
                    pieces.push((Kind::Doc, Words::default()));
                }
                let (_, words) = pieces.last_mut().expect("a doc comment was begun");
                words.push_line(text, line);
                doc_ends_on = Some(line);
            }
        } else if rest.starts_with("/*") {
            length = block_comment(rest);
        } else if first == '"' {
            let (words, end) = quoted(rest, line);
            pieces.push((Kind::Literal, words));
            length = end;
        } else if first == '\'' {
            length = character_or_lifetime(rest);
        } else if first.is_alphabetic() || first == '_' {
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let hashes = rest[length..].len() - rest[length..].trim_start_matches('#').len();
            let opens = rest[length + hashes..].starts_with('"');
            if ["r", "br", "cr"].contains(&&rest[..length]) && opens {
                let start = length + hashes + 1;
                let closing = format!("\"{}", "#".repeat(hashes));
                let text = rest[start..].find(&closing).map_or(&rest[start..], |end| &rest[start..start + end]);
                let mut words = Words::default();
                words.push_lines(text, line);
                pieces.push((Kind::Literal, words));
                length = (start + text.len() + closing.len()).min(rest.len());
            }
        }
        line += rest[..length].matches('\n').count();
        at += length;
    }
    pieces
}

/// The text of `/// text` and `//! text`, not of `//// text`.
fn doc_comment(comment: &str) -> Option<&str> {
    let text = comment.strip_prefix("//!").or_else(|| comment.strip_prefix("///"))?;
    (!text.starts_with('/')).then_some(text)
}

/// The length of a block comment; they nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

/// The length of `'a'` or `'\n'`, or of the quote of a lifetime.
fn character_or_lifetime(rest: &str) -> usize {
    let mut chars = rest.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), Some(escaped)) => {
            let after = 2 + escaped.len_utf8();
            rest[after..].find('\'').map_or(rest.len(), |end| after + end + 1)
        }
        (Some(c), Some('\'')) => 2 + c.len_utf8(),
        _ => 1,
    }
}

/// The text of a string literal with its escapes resolved, and the length of the literal.
fn quoted(rest: &str, first_line: usize) -> (Words, usize) {
    let (mut words, mut line) = (Words::default(), first_line);
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (words, at + 1),
            '\\' => match chars.next() {
                Some((_, '\n')) => {
                    line += 1;
                    while let Some((_, space)) = chars.next_if(|(_, c)| c.is_whitespace()) {
                        line += usize::from(space == '\n');
                    }
                }
                Some((_, 'n' | 't' | 'r')) => words.push(' ', line),
                Some((_, 'x')) => {
                    let _ = (chars.next(), chars.next());
                    words.push('?', line);
                }
                Some((_, 'u')) => {
                    while chars.next_if(|(_, c)| *c != '}').is_some() {}
                    let _ = chars.next();
                    words.push('?', line);
                }
                Some((_, escaped)) => words.push(escaped, line),
                None => {}
            },
            c => {
                words.push(c, line);
                line += usize::from(c == '\n');
            }
        }
    }
    (words, rest.len())
}

#[test]
fn reads_literals_and_doc_comments_only() {
    let source = r####"//! The first
//! doc comment.
// not "this"
/* nor /* "this" */ or "that" */
//// nor this
const A: &[char] = &['"', '\'', '\\', 'x']; // "no"
fn f<'a>(r#for: &'a str) { g("an \"escaped\" text", r#"a raw "text""#, b"bytes", br"raw bytes"); }
/// Another
const B: &str = "two \
                 lines, \u{1f600} and \x41";
const C: &str = r"C:\";
"####;
    let found = pieces(source);
    let texts: Vec<(Kind, &str, usize)> =
        found.iter().map(|(kind, words)| (*kind, words.text(), words.line(0))).collect();
    let expected = [
        (Kind::Doc, "the first doc comment.", 1),
        (Kind::Literal, "an \"escaped\" text", 7),
        (Kind::Literal, "a raw \"text\"", 7),
        (Kind::Literal, "bytes", 7),
        (Kind::Literal, "raw bytes", 7),
        (Kind::Doc, "another", 8),
        (Kind::Literal, "two lines, ? and ?", 9),
        (Kind::Literal, "c:\\", 11),
    ];
    assert_eq!(texts, expected);
    let two_lines = &found[6].1;
    assert_eq!(two_lines.line(two_lines.text().find("lines").expect("it is there")), 10);
}
