//! The tags of a build.

use serde::Serialize;

use crate::platform::Platform;
use crate::platform::image_tags::class::Class;
use crate::platform::image_tags::{Build, BuildTag, Outcome};
use crate::report::envelope;
use crate::report::style::Style;
use crate::time::second;

/// The tags of a build. None of them is refused.
pub struct Built<'a> {
    /// The platform in one environment. In the others, the tags are the same.
    pub platform: &'a Platform,
    /// The service that is built; `None` if the tags of all services are the same.
    pub service: Option<&'a str>,
    /// The build.
    pub build: &'a Build,
    /// What each class means for it.
    pub tags: &'a [BuildTag<'a>],
}

#[derive(Serialize)]
struct Body<'a> {
    platform: &'a str,
    environment: &'a str,
    service: Option<&'a str>,
    r#ref: String,
    sha: &'a str,
    time: String,
    tags: Vec<Tag<'a>>,
    omitted: Vec<Omitted<'a>>,
}

#[derive(Serialize)]
struct Tag<'a> {
    tag: &'a str,
    class: &'a str,
    moving: Option<bool>,
    never_in: &'a [String],
}

#[derive(Serialize)]
struct Omitted<'a> {
    class: &'a str,
    reason: &'a str,
}

impl<'a> Built<'a> {
    /// The tags that the image gets, each with its class.
    fn made(&self) -> impl Iterator<Item = (&'a Class, &'a str)> {
        self.tags.iter().filter_map(|one| match &one.outcome {
            Outcome::Tag(tag) => Some((one.class, tag.as_str())),
            _ => None,
        })
    }

    /// The classes that have no tag for this build, and why.
    fn omitted(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.tags.iter().filter_map(|one| match &one.outcome {
            Outcome::NotMade(why) => Some((one.class.name.as_str(), why.as_str())),
            _ => None,
        })
    }

    /// Whether the image gets a tag.
    pub fn has_tags(&self) -> bool {
        self.made().next().is_some()
    }
}

/// One tag per line, for shells.
pub fn text(built: &Built) -> String {
    built.made().map(|(_, tag)| format!("{tag}\n")).collect()
}

/// Why there are no tags, for people.
pub fn reasons(built: &Built, style: Style) -> String {
    let reference = built.build.reference.full();
    let text = match built.tags.is_empty() {
        true => "no image tags: the spec has no `image_tags`".into(),
        false => {
            let reasons = built.omitted().map(|(class, why)| format!("\n  class {class}: {why}"));
            format!("no image tags for {reference}{}", reasons.collect::<String>())
        }
    };
    style.charset.sanitize_lines(&text) + "\n"
}

/// One document with the tags, and the reasons why other classes have none.
pub fn json<'a>(built: &Built<'a>) -> String {
    let tag = |(class, tag): (&'a Class, &'a str)| Tag {
        tag,
        class: &class.name,
        moving: class.moving.as_ref().map(|moving| moving.value),
        never_in: &class.never_in,
    };
    envelope::document(&Body {
        platform: &built.platform.scope.platform,
        environment: &built.platform.scope.environment,
        service: built.service,
        r#ref: built.build.reference.full(),
        sha: &built.build.commit,
        time: second(built.build.time),
        tags: built.made().map(tag).collect(),
        omitted: built.omitted().map(|(class, reason)| Omitted { class, reason }).collect(),
    })
}
