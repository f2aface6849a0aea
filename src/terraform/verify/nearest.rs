//! The name that was probably meant.

/// The candidate that begins or ends with the word, or else differs from it by the fewest letters, if those are few.
pub(super) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let candidates: Vec<&str> = candidates.collect();
    let contains = |candidate: &&&str| candidate.ends_with(word) || candidate.starts_with(word);
    let close = |(distance, _): &(usize, &str)| *distance <= 1 + word.len() / 4;
    candidates.iter().find(contains).copied().or_else(|| {
        let distances = candidates.iter().map(|candidate| (distance(word, candidate), *candidate));
        distances.min().filter(close).map(|(_, candidate)| candidate)
    })
}

/// How many letters have to be added, removed or changed (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in right.bytes().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distance_counts_added_removed_and_changed_letters() {
        let cases = [("", "abc", 3), ("kitten", "sitting", 3), ("flaw", "lawn", 2), ("same", "same", 0)];
        for (left, right, expected) in cases {
            assert_eq!(distance(left, right), expected, "{left} {right}");
        }
    }

    #[test]
    fn a_word_without_likeness_has_no_nearest_name() {
        assert_eq!(nearest("zzz", ["name", "policy"].into_iter()), None);
    }
}
