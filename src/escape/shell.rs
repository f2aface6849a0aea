//! Text as a word of a POSIX shell.

/// A word that the shell passes on unchanged. It is quoted only if that is necessary (POSIX.1-2024, Shell Command
/// Language, 2.2.2, "Single-Quotes").
pub fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:@%,".contains(c);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}
