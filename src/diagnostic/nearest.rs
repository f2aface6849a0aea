//! "did you mean": the one place that guesses which name was meant.

/// The nearest of some words, near enough to have been meant.
pub fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let length = word.chars().count();
    let most = (length / 3).max(1);
    let word = word.to_lowercase();
    // Lengths that differ by more need no look at the letters, and nobody waits for a hint out of thousands.
    let near = words.into_iter().filter(|other| other.chars().count().abs_diff(length) <= most).take(200);
    let distance = |other: &str| strsim::osa_distance(&word, &other.to_lowercase());
    let (nearest, distance) = near.map(|other| (other, distance(other))).min_by_key(|(_, d)| *d)?;
    (distance <= most).then_some(nearest)
}

/// The first of some words that begins or ends with the given one, as the full name of an abbreviation does; otherwise
/// the nearest.
pub fn abbreviated_or_nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let words: Vec<&str> = words.into_iter().collect();
    let full_name = words.iter().copied().find(|full| full.starts_with(word) || full.ends_with(word));
    full_name.or_else(|| nearest(word, words))
}

/// How many words are listed to choose from.
const LISTED: usize = 20;

/// "did you mean `x`?", or what there is to choose from.
pub fn did_you_mean<'w>(word: &str, words: impl IntoIterator<Item = &'w str> + Clone, all: &str) -> String {
    if let Some(near) = nearest(word, words.clone()) {
        return format!("did you mean `{near}`?");
    }
    let mut words = words.into_iter();
    let listed: Vec<&str> = words.by_ref().take(LISTED).collect();
    match (listed.as_slice(), words.count()) {
        ([], _) => format!("there are no {all}"),
        (listed, 0) => format!("{all}: {}", listed.join(", ")),
        (listed, more) => format!("{all}: {}, and {more} more", listed.join(", ")),
    }
}
