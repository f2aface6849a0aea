//! Numbers and lists in sentences.

/// The number of names that a message lists. The rest is a number.
pub const NAMED: usize = 8;

/// The same for long names, such as paths, and where the message goes on after them.
pub const FEW_NAMED: usize = 4;

/// `1 file`, `2 files`.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// The first `shown` names and the number of the rest: `a, b and 3 more`.
pub fn few<'n>(names: impl Iterator<Item = &'n str>, shown: usize) -> String {
    let names: Vec<&str> = names.collect();
    match names.len().saturating_sub(shown) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..shown].join(", ")),
    }
}

/// The first `shown` names in backquotes and the number of the rest: `` `a` and `b` ``, `` `a`, `b` and 3 more ``.
pub fn named<'n>(names: impl Iterator<Item = &'n str>, shown: usize) -> String {
    listed(names.map(|name| format!("`{name}`")), shown)
}

/// The first `shown` names and the number of the rest: `a and b`, `a, b and 3 more`.
pub fn listed(names: impl Iterator<Item = String>, shown: usize) -> String {
    let names: Vec<String> = names.collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() && names.len() <= shown => format!("{} and {last}", first.join(", ")),
        names => few(names.iter().map(String::as_str), shown),
    }
}

/// Alternatives in backquotes: `` `a`, `b` or `c` ``.
pub fn alternatives<'n>(words: impl Iterator<Item = &'n str>) -> String {
    either(words.map(|word| format!("`{word}`")))
}

/// Alternatives: `a, b or c`.
pub fn either(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        names => names.concat(),
    }
}
