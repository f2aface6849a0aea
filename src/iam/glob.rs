//! Patterns with `*` (zero or more characters) and `?` (exactly one character) that must match the whole text.

/// Whether the pattern covers the whole text. The running time is proportional to the product of both lengths,
/// regardless of the number of stars.
pub(super) fn covers(pattern: &[Glob], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(Glob::Any) => {
                last_star = Some((p, t));
                p += 1;
            }
            Some(one) if one.accepts(text[t]) => (p, t) = (p + 1, t + 1),
            _ => match last_star {
                Some((star, taken)) => {
                    last_star = Some((star, taken + 1));
                    (p, t) = (star + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|rest| *rest == Glob::Any)
}

/// Whether there is a text that both patterns cover.
pub(super) fn overlap(one: &[Glob], other: &[Glob]) -> bool {
    // `row[j]` is whether the rest of `one` and `other[j..]` overlap.
    let mut row: Vec<bool> = (0..=other.len()).map(|j| other[j..].iter().all(|glob| *glob == Glob::Any)).collect();
    for (rest, head) in one.iter().enumerate().rev().map(|(i, head)| (&one[i + 1..], *head)) {
        let mut next = vec![false; other.len() + 1];
        next[other.len()] = head == Glob::Any && rest.iter().all(|glob| *glob == Glob::Any);
        for (j, their) in other.iter().enumerate().rev() {
            next[j] = match (head, *their) {
                (Glob::Any, _) | (_, Glob::Any) => row[j] || next[j + 1],
                (Glob::Char(one), Glob::Char(other)) => one == other && row[j + 1],
                _ => row[j + 1],
            };
        }
        row = next;
    }
    row[0]
}

/// Whether there is a text that both patterns match.
pub fn overlaps(one: &str, other: &str) -> bool {
    overlap(&parse(one), &parse(other))
}

/// One element of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glob {
    /// Exactly this character.
    Char(char),
    /// `?`
    One,
    /// `*`
    Any,
}

impl Glob {
    fn accepts(self, character: char) -> bool {
        self == Glob::One || self == Glob::Char(character)
    }
}

/// Reads `*` and `?` as wildcards and every other character as itself.
pub(super) fn parse(pattern: &str) -> Vec<Glob> {
    let globs = pattern.chars().map(|character| match character {
        '*' => Glob::Any,
        '?' => Glob::One,
        other => Glob::Char(other),
    });
    globs.collect()
}

/// Whether a pattern covers the text. The comparison is case-sensitive.
pub fn matches(pattern: &str, text: &str) -> bool {
    covers(&parse(pattern), text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    /// A direct implementation of the definition, without regard to speed.
    fn by_definition(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern, text) {
            ([], _) => text.is_empty(),
            ([b'*', rest @ ..], _) => (0..=text.len()).any(|taken| by_definition(rest, &text[taken..])),
            ([one, rest @ ..], [character, others @ ..]) => {
                (*one == b'?' || one == character) && by_definition(rest, others)
            }
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn patterns_match_as_defined(pattern in "[ab*?]{0,7}", text in "[ab]{0,9}") {
            let expected = by_definition(pattern.as_bytes(), text.as_bytes());
            prop_assert_eq!(super::matches(&pattern, &text), expected);
        }
    }

    proptest! {
        /// Over an alphabet of two letters, patterns of this length that overlap at all share a short text.
        #[test]
        fn patterns_overlap_if_a_text_matches_both(one in "[ab*?]{0,3}", other in "[ab*?]{0,3}") {
            let texts = (0..=6_u32).flat_map(|length| (0..1_u32 << length).map(move |bits| (length, bits)));
            let text = |(length, bits): (u32, u32)| -> Vec<u8> {
                (0..length).map(|at| if bits >> at & 1 == 1 { b'a' } else { b'b' }).collect()
            };
            let expected = texts.map(text).any(|text| {
                by_definition(one.as_bytes(), &text) && by_definition(other.as_bytes(), &text)
            });
            prop_assert_eq!(super::overlap(&super::parse(&one), &super::parse(&other)), expected);
        }
    }

    #[test]
    fn many_stars_are_not_slower() {
        assert!(!super::matches(&"a*".repeat(200), &"a".repeat(199)));
        assert!(!super::matches(&("a*".repeat(50) + "b"), &"a".repeat(5_000)));
    }
}
