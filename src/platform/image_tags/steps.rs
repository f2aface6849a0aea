//! The tags of a class, character by character: the form of each placeholder.

use std::ops::RangeInclusive;

use crate::platform::Scope;
use crate::platform::naming::template::Piece;

/// A step: characters of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// One character.
    One(Set),
    /// Any number of characters, including none.
    Many(Set),
}

/// A set of characters that a tag can contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Set {
    This(char),
    Digits,
    Hex,
    /// Lowercase letters and digits: the first character of a branch slug.
    Word,
    /// The other characters of a branch slug.
    Slug,
    /// The characters after the numbers of a version.
    Suffix,
    /// The first character of a tag.
    First,
    /// All characters of a tag.
    All,
    /// All printable ASCII characters.
    Printable,
}

/// The characters of a pattern or a service. Tags have fewer.
pub(super) const PRINTABLE: RangeInclusive<char> = ' '..='~';

impl Step {
    /// The characters that it accepts.
    pub(super) fn set(self) -> Set {
        match self {
            Step::One(set) | Step::Many(set) => set,
        }
    }

    /// The position in a sequence after the step at `place` has consumed a character.
    pub(super) fn after(self, place: usize) -> usize {
        match self {
            Step::One(_) => place + 1,
            Step::Many(_) => place,
        }
    }
}

impl Set {
    /// Whether it has this character.
    pub(super) fn has(self, c: char) -> bool {
        match self {
            Set::This(this) => c == this,
            _ => PRINTABLE.contains(&c) && (self.characters() >> u32::from(c)) & 1 == 1,
        }
    }

    /// Its printable characters, as bits at their ASCII codes.
    pub(super) fn characters(self) -> u128 {
        match self {
            Set::This(c) if PRINTABLE.contains(&c) => 1 << u32::from(c),
            Set::This(_) => 0,
            Set::Digits => DIGITS,
            Set::Hex => HEX,
            Set::Word => DIGITS | LOWERCASE,
            Set::Slug => DIGITS | LOWERCASE | DOT | DASH | UNDERSCORE,
            Set::Suffix => ALPHANUMERIC | DOT | DASH,
            Set::First => ALPHANUMERIC | UNDERSCORE,
            Set::All => ALPHANUMERIC | UNDERSCORE | DOT | DASH,
            Set::Printable => between(' ', '~'),
        }
    }

    /// How little it says about a character: the binary logarithm of its size, in hundredths.
    pub(super) fn width(self) -> u32 {
        match self {
            Set::This(_) => 0,
            Set::Digits => 332,
            Set::Hex => 400,
            Set::Word => 517,
            Set::Slug => 529,
            Set::First => 598,
            Set::Suffix => 600,
            Set::All => 602,
            Set::Printable => 657,
        }
    }
}

const DIGITS: u128 = between('0', '9');
const HEX: u128 = DIGITS | between('a', 'f');
const LOWERCASE: u128 = between('a', 'z');
const ALPHANUMERIC: u128 = DIGITS | LOWERCASE | between('A', 'Z');
const DOT: u128 = between('.', '.');
const DASH: u128 = between('-', '-');
const UNDERSCORE: u128 = between('_', '_');

/// The bits of the ASCII characters from `first` to `last`.
const fn between(first: char, last: char) -> u128 {
    let count = last as u32 - first as u32 + 1;
    ((1 << count) - 1) << first as u32
}

/// The step of one given character.
pub(super) fn exactly(c: char) -> Step {
    Step::One(Set::This(c))
}

/// The steps for a piece of a template ("Placeholders" of the language: versions are semantic, commits hexadecimal).
pub(super) fn steps(piece: Piece<'_>, service: &str, scope: &Scope) -> Vec<Step> {
    let repeated = |set, count| vec![Step::One(set); count];
    let text = |text: &str| text.chars().map(exactly).collect();
    let begun = |first, rest| vec![Step::One(first), Step::Many(rest)];
    let name = match piece {
        Piece::Literal(literal) => return text(literal),
        Piece::Placeholder(name) => name,
    };
    match name {
        "service" => text(service),
        "environment" => text(&scope.environment),
        "version" => {
            let number = begun(Set::Digits, Set::Digits);
            let dot = vec![exactly('.')];
            [number.clone(), dot.clone(), number.clone(), dot, number, vec![Step::Many(Set::Suffix)]].concat()
        }
        "git_tag" => begun(Set::First, Set::All),
        "branch" => begun(Set::Word, Set::Slug),
        "timestamp" => repeated(Set::Digits, 14),
        "date" => repeated(Set::Digits, 8),
        "sha" => repeated(Set::Hex, 40),
        other => match other.strip_prefix("sha:").and_then(|digits| digits.parse().ok()) {
            Some(digits) => repeated(Set::Hex, digits),
            None => vec![Step::Many(Set::All)],
        },
    }
}
