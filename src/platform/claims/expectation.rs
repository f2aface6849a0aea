//! Resolved expectations about retention.

use crate::decode::Map;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::Spec;
use crate::language::expect::{self, Fate};
use crate::lifecycle::{Outcome, Pattern};
use crate::platform::image_tags::class::{Class, Services};
use crate::platform::{Classes, Platform, Scope, repositories};
use crate::simulation::{Activity, Expected, OneImage, Pulls, Pushes, Rate, Scenario, ScenarioImages, parse_size};
use crate::source::{Span, Spanned};
use crate::value::{ClassName, Days, PushRate, PushedTags, Sentence, TagName};

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

/// The most images that the schedules of a spec may push and pull, with the days of all expectations, in all environments
/// together: a simulation takes time for each of them.
const MOST_SIMULATED: u64 = 500_000;

/// The error of expectations whose simulations would take too long. The environments have no expectations then.
pub fn limit(environments: &mut [Platform]) -> Option<Diagnostic> {
    let mut together = 0;
    let of_all = environments.iter().flat_map(|environment| &environment.expectations);
    let exceeding = of_all.into_iter().find(|expectation| {
        together += expectation.scenario.size();
        together > MOST_SIMULATED
    })?;
    let message = format!(
        "the expectations are too long: together, in all environments, they push more than {MOST_SIMULATED} images or take more than \
         as many days"
    );
    let fault = Diagnostic::new(&codes::TOO_LARGE, exceeding.span, message).label("limit exceeded here");
    let fault = fault.help("write a shorter `for`, or fewer pushes per day").at("expect");
    environments.iter_mut().for_each(|environment| environment.expectations.clear());
    Some(fault)
}

/// Resolves all expectations. Those with classes that do not exist in this environment are left out.
pub fn resolve(spec: &Spec, classes: &Classes, scope: &Scope, faults: &mut Vec<Diagnostic>) -> Vec<Expectation> {
    let mut expectations = Vec::new();
    for (sentence, written) in spec.expect.iter().flat_map(|map| &map.entries) {
        let path = format!("expect.{}", sentence.as_str());
        let missing = repositories::unknown(&written.repository, written.repository.span, spec, scope)
            .or_else(|| incomplete(written));
        if let Some(fault) = missing {
            faults.push(fault.at(path));
            continue;
        }
        faults.extend(lone_moving_tag(written, classes, scope).map(|note| note.at(&path)));
        match expectation(sentence, written, classes) {
            Ok(expectation) => expectations.extend(expectation),
            Err(fault) => faults.push(fault.at(path)),
        }
    }
    expectations
}

/// The error of keys that are missing or cannot be combined: `tag` and `tags` need `age` and `is`, and `pushes` needs `for`
/// and at least one of `kept` and `saved`.
fn incomplete(written: &expect::Expectation) -> Option<Diagnostic> {
    let days = |key, days: &Option<Spanned<Days>>| (key, days.as_ref().map(|days| days.span));
    let of_one = [
        days("age", &written.age),
        ("is", written.is.as_ref().map(|is| is.span)),
        days("pulled", &written.pulled),
        days("archived", &written.archived),
        days("restored", &written.restored),
    ];
    let first_of = |map: &Option<Map<PushedTags, Spanned<PushRate>>>| Some(map.as_ref()?.entries.first()?.0.span);
    let of_many = [
        days("for", &written.r#for),
        ("kept", written.kept.as_ref().map(|kept| kept.span)),
        ("saved", written.saved.as_ref().map(|saved| saved.span)),
        ("image_size", written.image_size.as_ref().map(|size| size.span)),
        ("pulls", first_of(&written.pulls)),
        ("signed", written.signed.as_ref().and_then(|signed| Some(signed.first()?.span))),
    ];
    let (what, needed, others): (_, &[_], &[_]) = match (&written.tag, &written.tags) {
        (Some(_), _) => ("tag", &of_one[..2], &of_many),
        (None, Some(_)) => ("tags", &of_one[..2], &of_many),
        (None, None) => ("pushes", &of_many[..1], &of_one),
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
    let images = match &written.pushes {
        None => ScenarioImages::One(one_image(written)),
        Some(pushes) => match activity(written, pushes, days, classes)? {
            Some(activity) => ScenarioImages::Schedule(activity),
            None => return Ok(None),
        },
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

/// The single image of an expectation.
fn one_image(written: &expect::Expectation) -> OneImage {
    let ago = |days: &Option<Spanned<Days>>| days.as_ref().map(|days| days.days());
    let tags = written.tag.iter().filter(|tag| tag.as_str() != "untagged").chain(written.tags.iter().flatten());
    OneImage {
        tags: tags.map(|tag| tag.as_str().to_owned()).collect(),
        pulled: ago(&written.pulled),
        archived: ago(&written.archived),
        restored: ago(&written.restored),
    }
}

/// The schedule of an expectation; `None` if a class does not exist in this environment.
fn activity(
    written: &expect::Expectation,
    pushes: &Map<PushedTags, Spanned<PushRate>>,
    days: u32,
    classes: &Classes,
) -> Result<Option<Activity>, Diagnostic> {
    let size = written.image_size.as_ref().map_or(Ok(SOME_SIZE), |size| parse_size(size.as_str()));
    let size = size.expect("the form of a size is what `parse_size` reads");
    let mut activity = Activity::default();
    for (names, rate) in &pushes.entries {
        let Some(tags) = tags(names, classes)? else { return Ok(None) };
        activity.pushes.push(Pushes { tags, rate: self::rate(rate), days, size });
    }
    for (names, rate) in written.pulls.iter().flat_map(|map| &map.entries) {
        let Some(tags) = tags(names, classes)? else { return Ok(None) };
        activity.pulls.push(Pulls { tags, rate: self::rate(rate) });
    }
    activity.signed = written.signed.iter().flatten().map(|kind| kind.value.as_str().to_owned()).collect();
    Ok(Some(activity))
}

/// A note if an image has only tags of moving classes. A real image also has the tag of its build, and a rule for that
/// tag can take it.
fn lone_moving_tag(written: &expect::Expectation, classes: &Classes, scope: &Scope) -> Option<Diagnostic> {
    let moves = |class: &&Class| class.moving.as_ref().is_some_and(|moving| moving.value);
    let other = classes.here.iter().find(|class| !moves(class))?;
    let is_of = |class: &Class, tag: &str| {
        Pattern::new(class.pattern(Services::Any, scope)).is_ok_and(|pattern| pattern.matches(tag))
    };
    let only_moving = |tag: &str| {
        let mut of = classes.here.iter().filter(|class| is_of(class, tag)).peekable();
        of.peek().is_some() && of.all(|class| moves(&class))
    };
    let tags: Vec<&Spanned<TagName>> = written.tag.iter().chain(written.tags.iter().flatten()).collect();
    if let (Some(first), true) = (tags.first(), tags.iter().all(|tag| only_moving(tag.as_str()))) {
        let help = format!("write `tags: [..., {}]` with a tag of class `{}`", first.as_str(), other.name);
        return Some(alone(first.as_str(), first.span).help(help));
    }
    let lone =
        |names: &str| names.split('+').all(|name| classes.here.iter().any(|class| class.name == name && moves(&class)));
    let (names, _) = written.pushes.iter().flat_map(|map| &map.entries).find(|(names, _)| lone(names.as_str()))?;
    let help =
        format!("write `{}+{}` if each image also has a tag of class `{}`", other.name, names.as_str(), other.name);
    Some(alone(names.as_str(), names.span).help(help))
}

fn alone(tag: &str, span: Span) -> Diagnostic {
    let message = format!("the expectation is about images whose only tag is `{tag}`, which moves to the next image");
    Diagnostic::new(&codes::LONE_MOVING_TAG, span, message)
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
