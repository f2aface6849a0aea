//! Comparisons of two policies on the same images, as text.

use std::fmt::Write;

use super::words::{action, tags};
use crate::escape::terminal::Charset;
use crate::lifecycle::Outcome;
use crate::prose::count;
use crate::report::layout::fit;
use crate::report::style::Style;
use crate::simulation::{Change, Comparison, Fate, History, short_digest};
use crate::time::date;

/// Maximum number of images to list. JSON has them all.
const ROWS: usize = 20;

/// How a policy differs from `other` on the images of a listing, as a separate paragraph, and the images that differ.
pub fn comparison(comparison: &Comparison, other: &str, style: Style) -> String {
    let other = style.charset.sanitize(other);
    let text = match comparison.all().next().is_some() {
        true => format!("\nCompared with {other}, this policy {}:\n", difference(comparison)),
        false => format!("\nCompared with {other}, this policy treats every image the same.\n"),
    };
    fit(&(text + &images(comparison, Source::Listing, style.charset)), style.width)
}

/// How many images of a schedule a policy leaves, compared with `other`, as a separate paragraph, and the images that differ
/// in the end.
pub fn history_comparison([this, there]: [&History; 2], comparison: &Comparison, other: &str, style: Style) -> String {
    let (here, there) = (this.last().left(), count(there.last().left(), "image"));
    let other = style.charset.sanitize(other);
    let end = if comparison.all().next().is_some() { ". Images that differ:" } else { "." };
    let text = format!("\nCompared with {other}, which leaves {there}, this policy leaves {here}{end}\n");
    fit(&(text + &images(comparison, Source::Schedule, style.charset)), style.width)
}

/// The end of a sentence, for example `expires 41 more, 2 of them in use`.
fn difference(comparison: &Comparison) -> String {
    let Comparison { more, fewer, otherwise, later } = comparison;
    let phrases = [
        phrase("expires", "more", more, |change| change.here.outcome == Outcome::Expired),
        phrase("archives", "more", more, |change| change.here.outcome == Outcome::Archived),
        phrase("expires", "fewer", fewer, |change| change.there.outcome == Outcome::Expired),
        phrase("archives", "fewer", fewer, |change| change.there.outcome == Outcome::Archived),
        phrase("expires", "that the other archives", otherwise, |change| change.here.outcome == Outcome::Expired),
        phrase("archives", "that the other expires", otherwise, |change| change.here.outcome == Outcome::Archived),
        phrase("acts on", "at another time", later, |_| true),
    ];
    phrases.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn phrase(verb: &str, how: &str, changes: &[Change], is: fn(&Change) -> bool) -> Option<String> {
    let changes: Vec<&Change> = changes.iter().filter(|change| is(change)).collect();
    let of_them = |what: &str, is: fn(&Change) -> bool| match changes.iter().filter(|change| is(change)).count() {
        0 => String::new(),
        some => format!(", {some} of them {what}"),
    };
    let (used, doubt) = (of_them("in use", |change| change.in_use), of_them("uncertain", |change| !change.certain));
    (!changes.is_empty()).then(|| format!("{verb} {} {how}{used}{doubt}", changes.len()))
}

/// Where the images come from. Those of a schedule have made-up digests, which tell nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Listing,
    Schedule,
}

/// One line per image that differs.
fn images(comparison: &Comparison, source: Source, charset: Charset) -> String {
    let changes: Vec<&Change> = comparison.all().collect();
    let shown = &changes[..changes.len().min(ROWS)];
    let width = shown.iter().map(|change| tags(&change.tags, charset).chars().count()).max().unwrap_or(0).min(40);
    let mut text = String::new();
    for change in shown {
        let digest = match source {
            Source::Listing => format!("{:20} ", charset.sanitize(short_digest(&change.digest))),
            Source::Schedule => String::new(),
        };
        let (pushed, tags) = (date(change.pushed), tags(&change.tags, charset));
        let (used, doubt) =
            (if change.in_use { "; in use" } else { "" }, if change.certain { "" } else { "; uncertain" });
        let (here, there) = (fate(change.here), fate(change.there));
        let _ = writeln!(text, "  {digest}{pushed}  {tags:width$}  {here} instead of {there}{doubt}{used}");
    }
    if changes.len() > ROWS {
        let more = count(changes.len() - ROWS, "more image");
        let _ = writeln!(text, "  ... {more}; --format json lists all");
    }
    text
}

/// `expire`, `keep until 2026-12-09` or `keep`.
fn fate(Fate { outcome, when }: Fate) -> String {
    match (outcome, when) {
        (Outcome::Kept, Some(when)) => format!("keep until {}", date(when)),
        _ => action(outcome).to_owned(),
    }
}
