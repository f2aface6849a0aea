//! Comparisons of two policies on the same images, as text.

use crate::escape::terminal::Charset;
use crate::lifecycle::Outcome;
use crate::prose::count;
use crate::simulation::{Change, Comparison, History};

/// How a policy differs from `other` on the images of a listing, as a separate paragraph.
pub fn comparison(comparison: &Comparison, other: &str, charset: Charset) -> String {
    format!("\nCompared with {}, this policy {}.\n", charset.sanitize(other), difference(comparison))
}

/// How many images of a schedule a policy leaves, compared with `other`, as a separate paragraph.
pub fn history_comparison(this: &History, there: &History, other: &str, charset: Charset) -> String {
    let (here, there) = (this.last().left(), there.last().left());
    format!(
        "\nCompared with {}, which leaves {}, this policy leaves {here}.\n",
        charset.sanitize(other),
        count(there, "image")
    )
}

/// The end of a sentence, for example `expires 41 more, 2 of them in use`.
fn difference(comparison: &Comparison) -> String {
    let Comparison { more, fewer, otherwise } = comparison;
    let phrases = [
        phrase("expires", "more", more, Outcome::Expired),
        phrase("archives", "more", more, Outcome::Archived),
        phrase("expires", "fewer", fewer, Outcome::Expired),
        phrase("archives", "fewer", fewer, Outcome::Archived),
        phrase("expires", "that the other archives", otherwise, Outcome::Expired),
        phrase("archives", "that the other expires", otherwise, Outcome::Archived),
    ];
    let phrases: Vec<String> = phrases.into_iter().flatten().collect();
    match phrases.is_empty() {
        true => "treats every image the same".into(),
        false => phrases.join("; "),
    }
}

fn phrase(verb: &str, how: &str, changes: &[Change], outcome: Outcome) -> Option<String> {
    let changes: Vec<&Change> = changes.iter().filter(|change| change.outcome == outcome).collect();
    let of_them = |what: &str, is: fn(&Change) -> bool| match changes.iter().filter(|change| is(change)).count() {
        0 => String::new(),
        some => format!(", {some} of them {what}"),
    };
    let (used, doubt) = (of_them("in use", |change| change.in_use), of_them("uncertain", |change| !change.certain));
    (!changes.is_empty()).then(|| format!("{verb} {} {how}{used}{doubt}", changes.len()))
}
