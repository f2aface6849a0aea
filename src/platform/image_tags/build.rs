//! The tags of a build.

use crate::iam::matches_pattern;
use crate::platform::Scope;
use crate::platform::image_tags::class::Class;
use crate::platform::image_tags::made_from::{MadeFrom, base};
use crate::platform::image_tags::reading::readings;
use crate::platform::image_tags::slug::slug;
use crate::platform::naming::template::{Piece, pieces};
use crate::time::{Time, date, second};
use crate::value::TagName;

/// What the tags of an image depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// The git ref that is built.
    pub reference: Reference,
    /// The hash of the commit, in lowercase.
    pub commit: String,
    /// The time of the build.
    pub time: Time,
}

/// A git ref.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// `refs/heads/NAME`.
    Branch(String),
    /// `refs/tags/NAME`.
    Tag(String),
    /// Another ref, such as that of a pull request, by its full name. Its builds get no tags.
    Other(String),
}

impl Reference {
    /// Reads a full name, such as `refs/heads/main`. `None` for a short name, which can be that of a branch or a tag.
    pub fn parse(full: &str) -> Option<Reference> {
        let name = |prefix| full.strip_prefix(prefix).filter(|name| !name.is_empty()).map(str::to_owned);
        let branch = name("refs/heads/").map(Reference::Branch);
        let tag = || name("refs/tags/").map(Reference::Tag);
        branch.or_else(tag).or_else(|| name("refs/").map(|_| Reference::Other(full.to_owned())))
    }

    /// The full name.
    pub fn full(&self) -> String {
        match self {
            Reference::Branch(name) => format!("refs/heads/{name}"),
            Reference::Tag(name) => format!("refs/tags/{name}"),
            Reference::Other(full) => full.clone(),
        }
    }

    /// What it is, in words: ``branch `main` ``.
    fn words(&self) -> String {
        match self {
            Reference::Branch(name) => format!("branch `{name}`"),
            Reference::Tag(name) => format!("git tag `{name}`"),
            Reference::Other(full) => format!("`{full}`"),
        }
    }
}

/// What a class means for a build.
#[derive(Clone, Debug)]
pub struct BuildTag<'c> {
    /// The class.
    pub class: &'c Class,
    /// The tag, or the reason that it has none.
    pub outcome: Outcome,
}

/// The tag of a build for one class, or the reason that it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The image gets this tag.
    Tag(String),
    /// The class is not for this build. The reason is a part of a sentence after a colon.
    NotMade(String),
    /// The class is for this build, but the tag would be invalid, or belong to another class. The reason is a sentence.
    Refused(String),
}

/// The tags of a build, in the order of the classes. `service` must not be `None` if a class names the service.
///
/// `services` are all services of the spec: a tag can belong to another service than the one that is built.
pub fn tags_of<'c>(
    classes: &'c [Class],
    service: Option<&str>,
    services: &[&str],
    scope: &Scope,
    build: &Build,
) -> Vec<BuildTag<'c>> {
    let tag = |class: &'c Class| BuildTag { class, outcome: outcome(class, service, scope, build) };
    let made: Vec<BuildTag<'c>> = classes.iter().map(tag).collect();
    let claims = |one: &BuildTag<'c>| claim(one, &made, classes, service, services, scope);
    let claimed: Vec<Option<Outcome>> = made.iter().map(claims).collect();
    made.into_iter()
        .zip(claimed)
        .map(|(one, claim)| BuildTag { outcome: claim.unwrap_or(one.outcome), ..one })
        .collect()
}

fn outcome(class: &Class, service: Option<&str>, scope: &Scope, build: &Build) -> Outcome {
    let not_made = match (class.made_from(), &build.reference) {
        (MadeFrom::GitTags | MadeFrom::Versions, Reference::Tag(_))
        | (MadeFrom::Branches(None), Reference::Branch(_)) => None,
        (MadeFrom::Branches(Some(pattern)), Reference::Branch(name)) if matches_pattern(pattern, name) => None,
        (MadeFrom::Branches(Some(pattern)), _) => Some(format!("it is for builds of branch `{pattern}`")),
        (MadeFrom::Branches(None), _) => Some("it is for builds of branches".to_owned()),
        (MadeFrom::GitTags | MadeFrom::Versions, _) => Some("it is for builds of git tags".to_owned()),
        (MadeFrom::Nothing(why), _) => Some(why.to_owned()),
    };
    if let Some(why) = not_made {
        return Outcome::NotMade(why);
    }
    let mut tag = String::new();
    for piece in pieces(&class.template) {
        match piece {
            Piece::Literal(text) => tag.push_str(text),
            Piece::Placeholder(name) => match value(name, service, scope, build) {
                Ok(value) => tag.push_str(&value),
                Err(outcome) => return outcome,
            },
        }
    }
    match TagName::parse(&tag) {
        Some(_) => Outcome::Tag(tag),
        None => Outcome::Refused(format!("{} would get the tag `{tag}`, which {}", build.reference.words(), bad(&tag))),
    }
}

/// Why a text is not an image tag.
fn bad(tag: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    match tag.chars().find(|c| !allowed(*c)) {
        Some(c) => format!("is not valid because of `{c}`"),
        None if tag.starts_with(['.', '-']) => format!("cannot begin with `{}`", &tag[..1]),
        None => format!("has {} characters, but an image tag can have at most 128", tag.len()),
    }
}

/// The value of a placeholder in a build that the class is made from.
fn value(placeholder: &str, service: Option<&str>, scope: &Scope, build: &Build) -> Result<String, Outcome> {
    let digits = || second(build.time).replace(['-', ':', 'T', 'Z'], "");
    match (base(placeholder), &build.reference) {
        ("service", _) => Ok(service.unwrap_or_default().to_owned()),
        ("environment", _) => Ok(scope.environment.clone()),
        ("timestamp", _) => Ok(digits()),
        ("date", _) => Ok(date(build.time).replace('-', "")),
        ("sha", _) => commit(placeholder, &build.commit),
        ("git_tag", Reference::Tag(name)) => Ok(name.clone()),
        ("version", Reference::Tag(name)) => version(name),
        ("branch", Reference::Branch(name)) => slug(name).ok_or_else(|| {
            Outcome::Refused(format!("branch `{name}` has no letter or digit that an image tag can have"))
        }),
        (other, _) => unreachable!("`{{{other}}}` has no value in {:?}", build.reference),
    }
}

/// The first digits of a commit: all 40 if the placeholder has no number.
fn commit(placeholder: &str, commit: &str) -> Result<String, Outcome> {
    let digits = placeholder.strip_prefix("sha:").and_then(|digits| digits.parse().ok()).unwrap_or(40);
    match commit.get(..digits) {
        Some(commit) => Ok(commit.to_owned()),
        None => {
            let length = commit.len();
            Err(Outcome::Refused(format!("`{{{placeholder}}}` needs {digits} digits, but `{commit}` has {length}")))
        }
    }
}

/// The semantic version that a git tag names, without the `v` in front of it (semver.org, version 2.0.0).
fn version(git_tag: &str) -> Result<String, Outcome> {
    let version = git_tag.strip_prefix('v').unwrap_or(git_tag);
    if !is_semantic(version) {
        return Err(Outcome::NotMade(format!("git tag `{git_tag}` is not a version such as `v1.5.0`")));
    }
    match version.contains('+') {
        true => Err(Outcome::Refused(format!("git tag `{git_tag}` has a `+`, which an image tag cannot have"))),
        false => Ok(version.to_owned()),
    }
}

fn is_semantic(version: &str) -> bool {
    let is_number = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'))
    };
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_identifier = |text: &str| is_word(text) && (is_number(text) || !text.bytes().all(|b| b.is_ascii_digit()));
    let (rest, metadata) = version.split_once('+').map_or((version, None), |(rest, data)| (rest, Some(data)));
    let (numbers, suffix) = rest.split_once('-').map_or((rest, None), |(numbers, suffix)| (numbers, Some(suffix)));
    let numbers: Vec<&str> = numbers.split('.').collect();
    numbers.len() == 3
        && numbers.into_iter().all(is_number)
        && suffix.is_none_or(|suffix| suffix.split('.').all(is_identifier))
        && metadata.is_none_or(|metadata| metadata.split('.').all(is_word))
}

/// What becomes of a tag that is also a tag of another class or service, if the build does not give that class the same tag.
fn claim(
    one: &BuildTag,
    made: &[BuildTag],
    classes: &[Class],
    service: Option<&str>,
    services: &[&str],
    scope: &Scope,
) -> Option<Outcome> {
    let Outcome::Tag(tag) = &one.outcome else { return None };
    let is_free = pieces(&one.class.template).any(|it| matches!(it, Piece::Placeholder("branch" | "git_tag")));
    let at = |class: &Class| classes.iter().position(|it| it.name == class.name);
    let place = at(one.class);
    let found = readings(classes, services, scope, tag);
    let claimant = found.iter().enumerate().find_map(|(rank, reading)| {
        let is_other = reading.class.name != one.class.name;
        // Nested classes are the author's choice. Others share a tag because of the name of the ref.
        let is_accident = || is_free && at(reading.class) < place && !one.class.is_within(reading.class, scope);
        (is_other && (rank == 0 || is_accident())).then_some(reading.class)
    });
    if let Some(other) = claimant {
        let is_same = |it: &BuildTag| it.class.name == other.name && it.outcome == one.outcome;
        return Some(match made.iter().any(is_same) {
            true => Outcome::NotMade(format!("class `{}` has the same tag", other.name)),
            false => Outcome::Refused(format!("`{tag}` is also a tag of class `{}`", other.name)),
        });
    }
    let own = found.iter().find(|reading| reading.class.name == one.class.name);
    let Some(own) = own else {
        let name = &one.class.name;
        return Some(Outcome::Refused(format!("`{tag}` does not have the form of class `{name}`")));
    };
    let other = own.values.get("service").filter(|other| Some(other.as_str()) != service)?;
    Some(Outcome::Refused(format!("`{tag}` is also a tag of service `{other}`")))
}
