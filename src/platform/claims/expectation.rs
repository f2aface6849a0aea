//! Resolved expectations about retention.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::Spec;
use crate::language::expect::{self, Fate};
use crate::lifecycle::Outcome;
use crate::platform::{Classes, Scope, repositories};
use crate::simulation::{Expected, Pushes, Rate, Scenario, ScenarioImages, parse_size};
use crate::source::{Span, Spanned};
use crate::value::{ClassName, PushRate, PushedTags, Sentence};

/// An expectation of one repository's retention.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The sentence that names it.
    pub sentence: String,
    /// The place of the sentence.
    pub span: Span,
    /// The repository's key.
    pub repository: String,
    /// The images that are pushed, and how long the policy runs.
    pub scenario: Scenario,
    /// What must be true at the end, with its places.
    pub expected: Vec<(Expected, Span)>,
}

/// The size of an image if none is written. Savings and counts do not depend on it.
const SOME_SIZE: u64 = 500 << 20;

/// Resolves all expectations. Those with classes that do not exist in this environment are left out.
pub fn resolve(spec: &Spec, classes: &Classes, scope: &Scope, faults: &mut Vec<Diagnostic>) -> Vec<Expectation> {
    let mut expectations = Vec::new();
    for (sentence, written) in spec.expect.iter().flat_map(|map| &map.entries) {
        let path = format!("expect.{}", sentence.as_str());
        let missing = repositories::unknown(&written.repository, spec, scope).or_else(|| incomplete(written));
        if let Some(fault) = missing {
            faults.push(fault.at(path));
            continue;
        }
        match expectation(sentence, written, classes) {
            Ok(expectation) => expectations.extend(expectation),
            Err(fault) => faults.push(fault.at(path)),
        }
    }
    expectations
}

/// The error of keys that are missing or cannot be combined: `tag` needs `age` and `is`, and `pushes` needs `for` and
/// at least one of `kept` and `saved`.
fn incomplete(written: &expect::Expectation) -> Option<Diagnostic> {
    let of_one = [("age", written.age.as_ref().map(|age| age.span)), ("is", written.is.as_ref().map(|is| is.span))];
    let of_many = [
        ("for", written.r#for.as_ref().map(|days| days.span)),
        ("kept", written.kept.as_ref().map(|kept| kept.span)),
        ("saved", written.saved.as_ref().map(|saved| saved.span)),
        ("image_size", written.image_size.as_ref().map(|size| size.span)),
    ];
    let (what, needed, others): (_, &[_], &[_]) = match &written.tag {
        Some(_) => ("tag", &of_one, &of_many),
        None => ("pushes", &of_many[..1], &of_one),
    };
    if let Some((key, Some(span))) = others.iter().find(|(_, span)| span.is_some()) {
        let message = format!("`{key}` cannot be used with `{what}`");
        let help = "write `tag`, `age` and `is` to test one image, or `pushes`, `for` and `kept` or `saved` to test a \
                    schedule";
        return Some(Diagnostic::new(&codes::KEYS_EXCLUDE_EACH_OTHER, *span, message).help(help));
    }
    let missing = needed.iter().find(|(_, span)| span.is_none()).map(|(key, _)| format!("`{key}` is missing"));
    let goalless = written.pushes.is_some() && written.kept.is_none() && written.saved.is_none();
    let missing = missing.or_else(|| goalless.then(|| "`kept` or `saved` is missing".into()))?;
    Some(Diagnostic::new(&codes::MISSING_KEY, written.span, missing).help(format!("add it next to `{what}`")))
}

/// The resolved expectation; `None` if a class does not exist in this environment.
fn expectation(
    sentence: &Spanned<Sentence>,
    written: &expect::Expectation,
    classes: &Classes,
) -> Result<Option<Expectation>, Diagnostic> {
    let days = written.age.as_ref().or(written.r#for.as_ref()).map_or(1, |days| days.days());
    let images = match (&written.tag, &written.pushes) {
        (Some(tag), _) => ScenarioImages::One(tag.as_str().to_owned()),
        (None, pushes) => {
            let size = written.image_size.as_ref().map_or(Ok(SOME_SIZE), |size| parse_size(size.as_str()));
            let size = size.expect("the form of a size is what `parse_size` reads");
            let mut schedule = Vec::new();
            for (names, rate) in pushes.iter().flat_map(|map| &map.entries) {
                match tags(names, classes)? {
                    Some(tags) => schedule.push(Pushes { tags, rate: self::rate(rate), days, size }),
                    None => return Ok(None),
                }
            }
            ScenarioImages::Schedule(schedule)
        }
    };
    let is = written.is.as_ref().map(|is| (Expected::Is(outcome(is.value)), is.span));
    let kept = written.kept.as_ref().map(|kept| (Expected::Kept(kept.get() as usize), kept.span));
    let saved = written.saved.as_ref();
    let saved = saved.map(|saved| (Expected::Saved(saved.as_str().trim_end_matches('%').to_owned()), saved.span));
    Ok(Some(Expectation {
        sentence: sentence.as_str().to_owned(),
        span: sentence.span,
        repository: written.repository.as_str().to_owned(),
        scenario: Scenario { images, days },
        expected: [is, kept, saved].into_iter().flatten().collect(),
    }))
}

/// The templates of the tags of an image.
fn tags(names: &Spanned<PushedTags>, classes: &Classes) -> Result<Option<Vec<String>>, Diagnostic> {
    let mut templates = Vec::new();
    let mut begin = 0;
    for name in names.as_str().split('+') {
        let place = names.part(begin..begin + name.len());
        begin += name.len() + 1;
        if name == "untagged" {
            continue;
        }
        let name = ClassName::parse(name).expect("the form of pushes is made of names of classes");
        match classes.find(&Spanned { value: name, span: place.unwrap_or(names.span) })? {
            Some(class) => templates.push(class.template.value.clone()),
            None => return Ok(None),
        }
    }
    Ok(Some(templates))
}

fn rate(rate: &Spanned<PushRate>) -> Rate {
    Rate::parse(rate.as_str()).expect("the form of a rate is what `Rate::parse` reads")
}

fn outcome(fate: Fate) -> Outcome {
    match fate {
        Fate::Kept => Outcome::Kept,
        Fate::Expired => Outcome::Expired,
        Fate::Archived => Outcome::Archived,
    }
}
