//! Text as a word of a POSIX shell.

use super::is_deceptive;

/// A word that the shell passes on unchanged. It is quoted only if that is necessary (POSIX.1-2024, Shell Command
/// Language, 2.2.2, "Single-Quotes"). A word with line ends or other characters that act on a terminal is written with
/// escapes (2.2.4, "Dollar-Single-Quotes"), so that it is one visible line.
pub fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:@%,".contains(c);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false if text.contains(is_deceptive) => format!("$'{}'", text.chars().map(escaped).collect::<String>()),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

/// Octal escapes have three digits at most, so a digit can follow.
fn escaped(c: char) -> String {
    match c {
        '\'' | '\\' => format!("\\{c}"),
        c if is_deceptive(c) => c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("\\{byte:03o}")).collect(),
        c => c.to_string(),
    }
}
