//! Patterns for `workspace.manages` that cover the repositories of a platform.

use std::collections::BTreeSet;

use crate::platform::Platform;

/// More patterns than this are no shorter way to list repositories.
const MOST: usize = 8;

/// Patterns that cover the repositories of a platform, as the spec would write them: what all names have in common up to a
/// separator, or else the first word of each. `None` if that takes too many.
pub fn proposed(platform: &Platform, environments: usize) -> Option<String> {
    let names: BTreeSet<&str> = platform.repositories.iter().map(|repository| repository.name.as_str()).collect();
    let first = names.first()?;
    let common = names.iter().fold(*first, |one, other| common_words(one, other));
    let patterns: BTreeSet<String> = match common {
        "" => names.iter().map(|name| first_word(name)).collect(),
        common => BTreeSet::from([format!("{common}*")]),
    };
    let environment = platform.scope.environment.as_str();
    let written = |pattern: &String| match environments {
        1 => format!("\"{pattern}\""),
        _ => format!("\"{}\"", with_placeholder(pattern, environment)),
    };
    let listed: Vec<String> = patterns.iter().map(written).collect();
    (patterns.len() <= MOST).then(|| format!("[{}]", listed.join(", ")))
}

/// Whether a character separates the words of a name.
pub fn is_separator(c: char) -> bool {
    "/._-".contains(c)
}

/// The words at the beginning of both names, with the separator after them.
fn common_words<'n>(one: &'n str, other: &str) -> &'n str {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    one[..same].rfind(is_separator).map_or("", |at| &one[..=at])
}

fn first_word(name: &str) -> String {
    name.find(is_separator).map_or_else(|| name.to_owned(), |at| format!("{}*", &name[..=at]))
}

/// A pattern with `{environment}` in place of the word that is the name of the environment.
fn with_placeholder(pattern: &str, environment: &str) -> String {
    let words: Vec<&str> = pattern.split_inclusive(is_separator).collect();
    let replace = |word: &&str| match word.strip_prefix(environment) {
        Some(rest) if rest.len() <= 1 => format!("{{environment}}{rest}"),
        _ => (*word).to_owned(),
    };
    words.iter().map(replace).collect()
}
