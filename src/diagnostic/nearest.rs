//! "did you mean": the only place that guesses which name the user intended.

use super::synonyms::SYNONYMS;

/// The word that the author probably intended: the nearest one, if it is near enough to be a likely misspelling, or
/// else one that means the same elsewhere.
pub fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str> + Clone) -> Option<&'w str> {
    misspelled(word, words.clone()).or_else(|| synonym(word, words))
}

fn synonym<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let plain = word.to_lowercase().replace('-', "_");
    let row = SYNONYMS.iter().filter(|(written, _)| written.contains(&plain.as_str()));
    let meant: Vec<&str> = row.map(|(_, meant)| *meant).collect();
    words.into_iter().filter(|word| meant.contains(word)).min_by_key(|word| meant.iter().position(|m| m == word))
}

fn misspelled<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let length = word.chars().count();
    let most = (length / 3).max(1);
    let word = word.to_lowercase();
    // Words whose lengths differ by more cannot be near. The limit keeps the hint fast if there are thousands of words.
    let near = words.into_iter().filter(|other| other.chars().count().abs_diff(length) <= most).take(200);
    let distance = |other: &str| strsim::osa_distance(&word, &other.to_lowercase());
    let (nearest, distance) = near.map(|other| (other, distance(other))).min_by_key(|(_, d)| *d)?;
    (distance <= most).then_some(nearest)
}

/// The first word that starts or ends with the given one, as the full name of an abbreviation does, or else the nearest
/// word.
pub fn abbreviated_or_nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let words: Vec<&str> = words.into_iter().collect();
    let full_name = words.iter().copied().find(|full| full.starts_with(word) || full.ends_with(word));
    full_name.or_else(|| misspelled(word, words))
}

/// Number of words that are listed at most.
const LISTED: usize = 20;

/// "did you mean `x`?", or a list of the known words if none is near.
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
