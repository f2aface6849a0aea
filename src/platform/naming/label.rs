//! Names inside Terraform: labels of resources and parts of file names, made injectively.

use std::fmt;

/// A Terraform name made from a name of the spec; different names never become the same label.
///
/// Single hyphens become `_`, slashes `__`; what is rare is spelled out between hyphens, which Terraform
/// allows inside a name and which nothing else here produces: `_` is `-u-`, `.` is `-d-`, three hyphens
/// `-3-`, anything else its number, `-x5b-`. A leading digit gets an `_`, because Terraform names begin with a letter or `_`.
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

    /// Whether it can be part of a file name: file systems take 255 bytes, and ours add less than 55.
    pub fn fits_a_file_name(&self) -> bool {
        self.0.len() <= 200
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
