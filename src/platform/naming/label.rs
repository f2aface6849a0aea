//! Names in Terraform: labels of resources and parts of file names.

use std::fmt;

/// A Terraform name for a name of the spec.
///
/// `-`, `_` and `.` become `_`, and a slash becomes `__`. Any other character becomes its code, such as `-x2b-`. A `_` is
/// added in front of a leading digit, because Terraform names begin with a letter or `_`. Two names can have the same
/// label: `my-app` and `my_app`. If both are in one module, compiling reports it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    text: String,
    /// As it was spelled before, if that differs.
    escaped: Option<Box<str>>,
}

/// How labels are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// As described at [`Label`].
    Plain,
    /// As ecrgen spelled them before: `_` as `-u-`, `.` as `-d-`, and three hyphens as `-3-`.
    Escaped,
}

impl Label {
    /// The label of a name.
    pub fn of(name: &str) -> Self {
        let text = spell(name, Spelling::Plain);
        let escaped = spell(name, Spelling::Escaped);
        Label { escaped: (escaped != text).then(|| escaped.into_boxed_str()), text }
    }

    /// The text of the label of a name.
    pub fn text_of(name: &str) -> String {
        spell(name, Spelling::Plain)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text in this spelling.
    pub fn spelled(&self, spelling: Spelling) -> &str {
        match (spelling, &self.escaped) {
            (Spelling::Escaped, Some(escaped)) => escaped,
            _ => &self.text,
        }
    }

    /// Its length.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Whether it fits in a file name: file systems allow 255 bytes, and ecrgen adds fewer than 55.
    pub fn fits_a_file_name(&self) -> bool {
        self.text.len() <= 200
    }
}

fn spell(name: &str, spelling: Spelling) -> String {
    let mut label = String::new();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        label.push('_');
    }
    let mut characters = name.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, spelling) {
            ('-', Spelling::Escaped) => {
                let mut run = 1;
                while characters.next_if_eq(&'-').is_some() {
                    run += 1;
                }
                label.push_str(&if run == 1 { "_".to_owned() } else { format!("-{run}-") });
            }
            ('_', Spelling::Escaped) => label.push_str("-u-"),
            ('.', Spelling::Escaped) => label.push_str("-d-"),
            ('-' | '_' | '.', Spelling::Plain) => label.push('_'),
            ('/', _) => label.push_str("__"),
            (plain, _) if plain.is_ascii_alphanumeric() => label.push(plain),
            (other, _) => label.push_str(&format!("-x{:x}-", u32::from(other))),
        }
    }
    label
}

/// The address with its labels spelled as they are now, if they are spelled the earlier way.
pub fn respelled(address: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('-') {
        // The number of a part, such as `-p2`, ends the label.
        let Some((escape, after)) = after.split_once('-') else { break };
        text.push_str(before);
        match (escape, escape.parse::<u8>()) {
            ("u" | "d", _) => text.push('_'),
            (_, Ok(hyphens)) => text.push_str(&"_".repeat(hyphens.into())),
            // The code of another character, spelled the same in both ways.
            _ => text.push_str(&format!("-{escape}-")),
        }
        rest = after;
    }
    text.push_str(rest);
    (text != address).then_some(text)
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
