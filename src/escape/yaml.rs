//! Text as a scalar of YAML.

use std::fmt::Write;

use super::is_deceptive;

/// A scalar that every YAML parser reads as this text. It is quoted unless it is a simple word, because words such as `on` and
/// numbers mean something else (YAML 1.1, "Language-Independent Types"; YAML 1.2.2, 5.7, "Escaped Characters").
pub fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_deceptive(c) => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a text is a word that needs no quotes: it begins with a letter, also after one dot, and is not a word that a parser may
/// read as a Boolean, as a number or as nothing.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 11] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", ".inf", ".nan"];
    let word = text.to_ascii_lowercase();
    let is_safe = |c: char| c.is_ascii_alphanumeric() || "_./@=-".contains(c);
    let after_dot = text.strip_prefix('.').unwrap_or(text);
    after_dot.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_safe)
        && !WORDS.contains(&word.as_str())
        // An exponent without digits before it (YAML 1.1, "Floating-Point Language-Independent Type").
        && !word.starts_with(".e-")
}
