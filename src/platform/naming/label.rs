//! Names in Terraform: labels of resources and parts of file names. Different names get different labels.

use std::fmt;

/// A Terraform name for a name of the spec. Different names never have the same label.
///
/// A single hyphen becomes `_` and a slash `__`. Rare characters are spelled out between hyphens, which Terraform
/// allows inside a name and which are used for nothing else here: `_` becomes `-u-`, `.` becomes `-d-`, three hyphens
/// become `-3-`, and any other character becomes its code, such as `-x5b-`. A `_` is added in front of a leading digit,
/// because Terraform names begin with a letter or `_`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label(String);

impl Label {
    /// The label of a name.
    pub fn of(name: &str) -> Self {
        let mut label = String::new();
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            label.push('_');
        }
        let mut characters = name.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '-' => {
                    let mut run = 1;
                    while characters.next_if_eq(&'-').is_some() {
                        run += 1;
                    }
                    label.push_str(&if run == 1 { "_".to_owned() } else { format!("-{run}-") });
                }
                '/' => label.push_str("__"),
                '_' => label.push_str("-u-"),
                '.' => label.push_str("-d-"),
                plain if plain.is_ascii_alphanumeric() => label.push(plain),
                other => label.push_str(&format!("-x{:x}-", u32::from(other))),
            }
        }
        Label(label)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it fits in a file name: file systems allow 255 bytes, and ecrgen adds fewer than 55.
    pub fn fits_a_file_name(&self) -> bool {
        self.0.len() <= 200
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
