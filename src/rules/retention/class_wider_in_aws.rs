//! A tag class whose ECR pattern also matches tags of another class.

use std::collections::HashSet;

use super::subject::{Images, Subject, patterns};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Criterion, Tags};
use crate::rules::{Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "class-wider-in-aws",
        severity: Severity::Note,
        what: "A retention rule selects a tag class whose ECR pattern also matches tags of another class.",
        why: "ECR patterns only support `*`, so `v{version}` becomes `v*`. Images of the other class are then counted or expired \
          as if they belonged to this one. The tag in the message fits the template of the other class, so it can be \
          pushed any day. If the rule deletes images that the other class keeps longer, the finding is a warning.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"{branch}-{sha:7}\" }
repositories:
  shop: { retention: [{ keep: 30, of: release }, { expire_after: 7d, of: build }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"build-{branch}-{sha:7}\" }
repositories:
  shop: { retention: [{ keep: 30, of: release }, { expire_after: 7d, of: build }] }
",
        ),
        source: "ECR user guide, \"Lifecycle policy properties\"",
        is_claim: false,
    },
    check: |facts| Subject::all(facts).flat_map(findings).collect(),
};

fn findings(subject: &Subject) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut seen = HashSet::new();
    for wide in subject.order.iter().filter_map(|&rule| Wide::of(subject, rule)) {
        for other in others(subject, &wide) {
            // With `per: service`, one class has several rules.
            if let Some(tag) = wide.stray(other)
                && seen.insert((wide.place, &other.class.name))
            {
                found.push(finding(subject, &wide, other, &tag));
            }
        }
    }
    found
}

/// A rule for one class.
struct Wide<'s> {
    rule: usize,
    pattern: String,
    class: &'s Images<'s>,
    /// Where the class is selected.
    place: Span,
}

impl<'s> Wide<'s> {
    /// The class whose pattern a rule has. A rule with `of_all` is not for one class: an image needs a tag of each.
    fn of(subject: &'s Subject, rule: usize) -> Option<Wide<'s>> {
        let Tags::Tagged(list) = &subject.selection(rule).tags else { return None };
        let [pattern] = <[String; 1]>::try_from(patterns(list)).ok()?;
        let all = subject.steady.iter().chain(&subject.moving);
        let all: Vec<&Images> = all.filter(|images| images.has_pattern(&pattern)).collect();
        let origin = subject.lifecycle.origins[rule];
        let Some(written) = subject.lifecycle.written.iter().find(|written| written.span == origin) else {
            return Some(Wide { rule, pattern, class: all.first()?, place: origin });
        };
        let mut names = written.of.iter().map(|of| &of.0).chain(written.of_each.iter().flatten());
        let (class, name) = names.find_map(|name| {
            let class = all.iter().find(|images| images.class.name == name.as_str())?;
            Some((*class, name))
        })?;
        Some(Wide { rule, pattern, class, place: name.span })
    }

    /// A tag of another class that the pattern of this rule matches but that does not belong to its class.
    fn stray(&self, other: &Images) -> Option<String> {
        other.tag_matching(&self.pattern).filter(|tag| !self.class.contains(tag))
    }
}

/// The other classes of which earlier rules leave images.
fn others<'s>(subject: &'s Subject, wide: &Wide) -> impl Iterator<Item = &'s Images<'s>> {
    let earlier = subject.before(wide.rule);
    let name = wide.class.class.name.as_str();
    let all = subject.steady.iter().chain(&subject.moving);
    all.filter(move |other| other.class.name != name && !subject.cover(earlier, other))
}

fn finding(subject: &Subject, wide: &Wide, other: &Images, tag: &str) -> Finding {
    let (class, other_class) = (&wide.class.class.name, &other.class.name);
    let start = format!("in ECR, the rule for class `{class}` has the pattern `{}`", wide.pattern);
    let image = format!("an image of class `{other_class}` such as `{tag}`");
    let prefix = prefix(wide, other);
    let at = |message: String| {
        let found = RULE.finding(wide.place, message).and(other.class.span, "the other class");
        found.at(subject.lifecycle.path(subject.repository))
    };
    match subject.fate(wide.rule, &image).filter(|_| is_kept_longer(subject, wide.rule, other)) {
        Some(fate) => {
            let mut found = at(format!("{start}, so it {fate}"));
            found.severity = Severity::Warning;
            found.help(format!("put a rule for class `{other_class}` first, or {prefix}"))
        }
        None => at(format!("{start}, so it also applies to images of class `{other_class}` (for example `{tag}`)"))
            .help(prefix),
    }
}

/// Advises a prefix for the class where it separates the tags: in front of the other class if the pattern begins with
/// text, and in front of the pattern itself if it begins with `*`.
fn prefix(wide: &Wide, other: &Images) -> String {
    let start = wide.pattern.split('*').next().unwrap_or_default();
    let separates = |name: &str| !start.is_empty() && !format!("{name}-").starts_with(start);
    let (class, unlike) = match separates(&other.class.name) {
        true => (&other.class, &wide.class.class),
        false => (&wide.class.class, &other.class),
    };
    format!(
        "give class `{0}` a prefix that tags of class `{1}` never have, for example `\"{0}-{2}\"`",
        class.name, unlike.name, class.template.value
    )
}

/// Whether the images of another class are kept longer than this rule keeps them, by the rule to which they belong
/// without it.
fn is_kept_longer(subject: &Subject, rule: usize, other: &Images) -> bool {
    let Some(owner) = subject.order.iter().copied().find(|&owner| owner != rule && subject.cover(&[owner], other))
    else {
        return true;
    };
    if subject.keeps_all(owner) {
        return true;
    }
    match (subject.selection(rule).criterion, subject.selection(owner).criterion) {
        (Criterion::SincePushed { .. }, Criterion::CountMoreThan(_)) => true,
        (Criterion::CountMoreThan(short), Criterion::CountMoreThan(long)) => long > short,
        (Criterion::SincePushed { days: short }, Criterion::SincePushed { days: long }) => long > short,
        _ => false,
    }
}
