//! Numbers and lists in sentences.

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

/// Alternatives: `a, b or c`.
pub fn either(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        names => names.concat(),
    }
}
