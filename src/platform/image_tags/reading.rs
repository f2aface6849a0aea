//! The classes that a tag belongs to, and the values of its placeholders.

use std::collections::BTreeMap;

use crate::platform::Scope;
use crate::platform::image_tags::class::Class;
use crate::platform::image_tags::made_from::base;
use crate::platform::image_tags::steps::{Step, steps};
use crate::platform::naming::template::{Piece, pieces};

/// A way to read a tag: as a tag of this class, with these values.
#[derive(Clone, Debug)]
pub struct Reading<'c> {
    /// The class.
    pub class: &'c Class,
    /// The values of the placeholders by name, without `any`. A value that the tag does not determine is missing: in
    /// `{branch}-{version}`, the border between the two can be unclear.
    pub values: BTreeMap<&'c str, String>,
    /// How much the class leaves open about this tag, in hundredths of a bit.
    width: u32,
}

impl Reading<'_> {
    /// How much the class leaves open about the tag. The narrowest reading has the least.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Whether another reading, perhaps in another environment, has the same class and values.
    pub fn is_same(&self, other: &Reading<'_>) -> bool {
        self.class.name == other.class.name && self.values == other.values
    }
}

/// The ways to read a tag as one of these classes, the narrowest first: `v1.5.0` is rather a tag of `v{version}` than of
/// `{any}`. Of equally narrow ones, the first in the order of the classes and services is first. A template with `{service}`
/// can be read once per service.
pub fn readings<'c>(
    classes: impl IntoIterator<Item = &'c Class>,
    services: &[&str],
    scope: &Scope,
    tag: &str,
) -> Vec<Reading<'c>> {
    let mut found: Vec<Reading<'c>> = Vec::new();
    for class in classes {
        let services = if class.names_service() { services } else { &[""] };
        found.extend(services.iter().filter_map(|service| Form::of(class, service, scope).read(tag)));
    }
    found.sort_by_key(|reading| reading.width);
    found
}

/// The form of the tags of a class and a service.
struct Form<'c> {
    class: &'c Class,
    steps: Vec<Step>,
    /// The placeholders, each with the positions of its first step and of the step after it.
    placeholders: Vec<(&'c str, usize, usize)>,
}

impl<'c> Form<'c> {
    fn of(class: &'c Class, service: &str, scope: &Scope) -> Form<'c> {
        let mut form = Form { class, steps: Vec::new(), placeholders: Vec::new() };
        for piece in pieces(&class.template) {
            let start = form.steps.len();
            form.steps.extend(steps(piece, service, scope));
            if let Piece::Placeholder(name) = piece {
                form.placeholders.push((base(name), start, form.steps.len()));
            }
        }
        form
    }

    /// The values of the placeholders in a tag; `None` if the tag does not have this form.
    fn read(&self, tag: &str) -> Option<Reading<'c>> {
        let characters: Vec<char> = tag.chars().collect();
        let (from_start, to_end) = (self.widths(&characters), self.can_end(&characters));
        let width = from_start[self.steps.len()][characters.len()]?;
        // The positions in the tag at which a step can begin.
        let borders = |step: usize| -> Vec<usize> {
            let is_border = |at: &usize| from_start[step][*at].is_some() && to_end[step][*at];
            (0..=characters.len()).filter(is_border).collect()
        };
        let values = self.placeholders.iter().filter(|(name, ..)| *name != "any").filter_map(|(name, first, after)| {
            let ([start], [end]) = (&borders(*first)[..], &borders(*after)[..]) else { return None };
            Some((*name, characters[*start..*end].iter().collect()))
        });
        Some(Reading { class: self.class, values: values.collect(), width })
    }

    /// For each step and each position in the tag: the least width of the characters before, if the steps before accept them.
    fn widths(&self, tag: &[char]) -> Vec<Vec<Option<u32>>> {
        let mut widths = vec![vec![None; tag.len() + 1]; self.steps.len() + 1];
        widths[0][0] = Some(0);
        for (i, step) in self.steps.iter().enumerate() {
            for j in 0..=tag.len() {
                let Some(width) = widths[i][j] else { continue };
                let mut reach = |step: usize, at: usize, width: u32| {
                    let least: &mut Option<u32> = &mut widths[step][at];
                    *least = Some(least.map_or(width, |least| least.min(width)));
                };
                if let Step::Many(_) = step {
                    reach(i + 1, j, width);
                }
                if tag.get(j).is_some_and(|c| step.set().has(*c)) {
                    reach(step.after(i), j + 1, width + step.set().width());
                }
            }
        }
        widths
    }

    /// For each step and each position in the tag: whether the steps from there accept the rest.
    fn can_end(&self, tag: &[char]) -> Vec<Vec<bool>> {
        let mut can = vec![vec![false; tag.len() + 1]; self.steps.len() + 1];
        can[self.steps.len()][tag.len()] = true;
        for (i, step) in self.steps.iter().enumerate().rev() {
            for j in (0..=tag.len()).rev() {
                let skips = matches!(step, Step::Many(_)) && can[i + 1][j];
                let takes = tag.get(j).is_some_and(|c| step.set().has(*c)) && can[step.after(i)][j + 1];
                can[i][j] = skips || takes;
            }
        }
        can
    }
}
