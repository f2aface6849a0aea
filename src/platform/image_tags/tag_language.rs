//! The set of tags of a class, precise enough to find a tag that an ECR pattern matches.

use std::collections::VecDeque;
use std::sync::OnceLock;

use crate::platform::Scope;
use crate::platform::image_tags::class::Class;
use crate::platform::image_tags::steps::{Set, Step, exactly, steps};
use crate::platform::naming::template::{Piece, pieces};

/// All tags of a class, as one sequence of steps per service.
#[derive(Debug)]
pub struct TagLanguage<'p> {
    class: &'p Class,
    services: &'p [String],
    scope: &'p Scope,
    /// Created when they are needed, because a repository can have hundreds of services.
    forms: OnceLock<Vec<Vec<Step>>>,
    /// A form of which all forms are a part: there, a service is any text.
    wide: OnceLock<Vec<Step>>,
}

impl<'p> TagLanguage<'p> {
    /// The tags of a class in a repository with these services.
    pub fn of(class: &'p Class, services: &'p [String], scope: &'p Scope) -> TagLanguage<'p> {
        TagLanguage { class, services, scope, forms: OnceLock::new(), wide: OnceLock::new() }
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
    let mut seen = vec![false; (a.len() + 1) * (b.len() + 1)];
    while let Some(place) = waiting.pop_front() {
        let (i, j) = places[place].at;
        if std::mem::replace(&mut seen[i * (b.len() + 1) + j], true) {
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
    let both = first.characters() & second.characters();
    let code = u8::try_from(both.trailing_zeros()).expect("at most 128");
    (both != 0).then(|| char::from(code))
}

/// The characters on the way to a place.
fn text(places: &[Place], last: usize) -> String {
    let way = std::iter::successors(Some(last), |place| places[*place].from);
    let mut characters: Vec<char> = way.filter_map(|place| places[place].character).collect();
    characters.reverse();
    characters.into_iter().collect()
}
