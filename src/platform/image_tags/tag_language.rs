//! The set of tags of a class, precise enough to find a tag that an ECR pattern matches.

use std::cell::OnceCell;
use std::collections::{HashSet, VecDeque};
use std::ops::RangeInclusive;

use crate::platform::Scope;
use crate::platform::image_tags::class::Class;
use crate::platform::naming::template::{Piece, pieces};

/// All tags of a class, as one sequence of steps per service.
#[derive(Debug)]
pub struct TagLanguage<'p> {
    class: &'p Class,
    services: &'p [String],
    scope: &'p Scope,
    /// Created when they are needed, because a repository can have hundreds of services.
    forms: OnceCell<Vec<Vec<Step>>>,
    /// A form of which all forms are a part: there, a service is any text.
    wide: OnceCell<Vec<Step>>,
}

/// A step: characters of a set.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// One character.
    One(Set),
    /// Any number of characters, including none.
    Many(Set),
}

/// A set of characters that a tag can contain.
#[derive(Clone, Copy, Debug)]
enum Set {
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

const PRINTABLE: RangeInclusive<char> = ' '..='~';

impl Step {
    fn set(self) -> Set {
        match self {
            Step::One(set) | Step::Many(set) => set,
        }
    }

    /// The position in a sequence after the step at `place` has consumed a character.
    fn after(self, place: usize) -> usize {
        match self {
            Step::One(_) => place + 1,
            Step::Many(_) => place,
        }
    }
}

impl Set {
    fn has(self, c: char) -> bool {
        match self {
            Set::This(this) => c == this,
            Set::Digits => c.is_ascii_digit(),
            Set::Hex => c.is_ascii_digit() || ('a'..='f').contains(&c),
            Set::Word => c.is_ascii_digit() || c.is_ascii_lowercase(),
            Set::Slug => Set::Word.has(c) || "._-".contains(c),
            Set::Suffix => c.is_ascii_alphanumeric() || c == '.' || c == '-',
            Set::First => c.is_ascii_alphanumeric() || c == '_',
            Set::All => Set::First.has(c) || ".-".contains(c),
            Set::Printable => PRINTABLE.contains(&c),
        }
    }
}

impl<'p> TagLanguage<'p> {
    /// The tags of a class in a repository with these services.
    pub fn of(class: &'p Class, services: &'p [String], scope: &'p Scope) -> TagLanguage<'p> {
        TagLanguage { class, services, scope, forms: OnceCell::new(), wide: OnceCell::new() }
    }

    /// A tag of the class that matches this pattern, in which `*` matches any characters: a shortest one of the first service
    /// that has one.
    pub fn tag_matching(&self, pattern: &str) -> Option<String> {
        let pattern: Vec<Step> =
            pattern.chars().map(|c| if c == '*' { Step::Many(Set::All) } else { exactly(c) }).collect();
        self.forms_near(&pattern).iter().find_map(|form| common(form, &pattern))
    }

    /// Whether this is a tag of the class.
    pub fn contains(&self, tag: &str) -> bool {
        let tag: Vec<Step> = tag.chars().map(exactly).collect();
        self.forms_near(&tag).iter().any(|form| common(form, &tag).is_some())
    }

    /// The forms, or none if no service's form has anything in common with a sequence.
    fn forms_near(&self, other: &[Step]) -> &[Vec<Step>] {
        let can_match = self.services.len() < 2 || common(self.wide(), other).is_some();
        if can_match { self.forms() } else { &[] }
    }

    fn wide(&self) -> &[Step] {
        let steps = |piece| match piece {
            Piece::Placeholder("service") => vec![Step::Many(Set::Printable)],
            piece => steps(piece, "", self.scope),
        };
        self.wide.get_or_init(|| pieces(&self.class.template).flat_map(steps).collect())
    }

    fn forms(&self) -> &[Vec<Step>] {
        let steps = |piece, service: &String| steps(piece, service, self.scope);
        let form = |service| pieces(&self.class.template).flat_map(|piece| steps(piece, service)).collect();
        self.forms.get_or_init(|| self.services.iter().map(form).collect())
    }
}

fn exactly(c: char) -> Step {
    Step::One(Set::This(c))
}

/// The steps for a piece of a template ("Placeholders" of the language: versions are semantic, commits hexadecimal).
fn steps(piece: Piece<'_>, service: &str, scope: &Scope) -> Vec<Step> {
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

/// A pair of positions in two sequences, and how the search came to it.
struct Place {
    at: (usize, usize),
    /// The place before, as an index into the places of the search, and the character between the two.
    from: Option<usize>,
    character: Option<char>,
}

/// A shortest text that both sequences match. It is found by a breadth-first search over pairs of positions.
fn common(a: &[Step], b: &[Step]) -> Option<String> {
    let mut places = vec![Place { at: (0, 0), from: None, character: None }];
    let mut waiting = VecDeque::from([0]);
    let mut seen = HashSet::new();
    while let Some(place) = waiting.pop_front() {
        let (i, j) = places[place].at;
        if !seen.insert((i, j)) {
            continue;
        }
        if i == a.len() && j == b.len() {
            return Some(text(&places, place));
        }
        let mut reach = |at, character| {
            places.push(Place { at, from: Some(place), character });
            places.len() - 1
        };
        // Skipping a `Many` consumes no character.
        if let Some(Step::Many(_)) = a.get(i) {
            waiting.push_front(reach((i + 1, j), None));
        }
        if let Some(Step::Many(_)) = b.get(j) {
            waiting.push_front(reach((i, j + 1), None));
        }
        let (Some(first), Some(second)) = (a.get(i), b.get(j)) else { continue };
        if let Some(c) = shared(first.set(), second.set()) {
            waiting.push_back(reach((first.after(i), second.after(j)), Some(c)));
        }
    }
    None
}

/// The first character of both sets.
fn shared(first: Set, second: Set) -> Option<char> {
    match (first, second) {
        (Set::This(c), other) | (other, Set::This(c)) => (PRINTABLE.contains(&c) && other.has(c)).then_some(c),
        _ => PRINTABLE.into_iter().find(|c| first.has(*c) && second.has(*c)),
    }
}

/// The characters on the way to a place.
fn text(places: &[Place], last: usize) -> String {
    let way = std::iter::successors(Some(last), |place| places[*place].from);
    let mut characters: Vec<char> = way.filter_map(|place| places[place].character).collect();
    characters.reverse();
    characters.into_iter().collect()
}
