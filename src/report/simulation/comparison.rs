//! Two policies over the same images, for people.

use crate::escape::terminal::Charset;
use crate::lifecycle::Outcome;
use crate::simulation::{Change, Comparison, History};

/// In what a policy differs from `other` on the images of a listing: a paragraph of its own.
pub fn comparison(comparison: &Comparison, other: &str, charset: Charset) -> String {
    format!("\nCompared with {}, this policy {}.\n", charset.sanitize(other), difference(comparison))
}

/// What a policy leaves of a schedule beside what `other` leaves: a paragraph of its own.
pub fn history_comparison(this: &History, there: &History, other: &str, charset: Charset) -> String {
    let (here, there) = (this.last().left(), there.last().left());
    format!("\n{} leaves {there} images, this policy {here}.\n", charset.sanitize(other))
}

/// The end of a sentence, for example `expires 41 more, 2 of them in use`.
fn difference(comparison: &Comparison) -> String {
    let Comparison { more, fewer, otherwise } = comparison;
    let phrases = [
        phrase("expires", "more", more, Outcome::Expired),
        phrase("archives", "more", more, Outcome::Archived),
        phrase("expires", "fewer", fewer, Outcome::Expired),
        phrase("archives", "fewer", fewer, Outcome::Archived),
        phrase("expires", "that it would archive", otherwise, Outcome::Expired),
        phrase("archives", "that it would expire", otherwise, Outcome::Archived),
    ];
    let phrases: Vec<String> = phrases.into_iter().flatten().collect();
    match phrases.is_empty() {
        true => "does the same to every image".into(),
        false => phrases.join("; "),
    }
}

fn phrase(verb: &str, how: &str, changes: &[Change], outcome: Outcome) -> Option<String> {
    let count = changes.iter().filter(|change| change.outcome == outcome).count();
    let in_use = changes.iter().filter(|change| change.outcome == outcome && change.in_use).count();
    let used = if in_use > 0 { format!(", {in_use} of them in use") } else { String::new() };
    (count > 0).then(|| format!("{verb} {count} {how}{used}"))
}
