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
pub(super) fn matches(pattern: &str, text: &str) -> bool {
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

    #[test]
    fn many_stars_are_not_slower() {
        assert!(!super::matches(&"a*".repeat(200), &"a".repeat(199)));
        assert!(!super::matches(&("a*".repeat(50) + "b"), &"a".repeat(5_000)));
    }
}
