//! The class of a tag.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::platform::Platform;
use crate::platform::image_tags::classes::COSIGN;
use crate::platform::image_tags::{Reading, readings};
use crate::report::envelope;
use crate::report::style::Style;

/// The classes that a tag belongs to.
pub struct Found<'a> {
    /// The tag.
    pub tag: &'a str,
    /// Its classes, the narrowest first, each with the environments of the spec in which it exists.
    pub readings: Vec<(Reading<'a>, Vec<&'a str>)>,
    /// The environment to deploy to, if that is the question.
    pub deployable: Option<&'a str>,
}

impl<'a> Found<'a> {
    /// Reads a tag as one of these platforms.
    pub fn of(tag: &'a str, platforms: &[&'a Platform], deployable: Option<&'a str>) -> Found<'a> {
        let mut all: Vec<(Reading, Vec<&str>)> = Vec::new();
        for platform in platforms {
            let services = platform.repositories.iter().flat_map(|repository| &repository.services);
            let mut services: Vec<&str> = services.map(String::as_str).collect();
            services.sort_unstable();
            services.dedup();
            let classes = &platform.classes.here;
            let cosign = (!classes.iter().any(|class| class.name == COSIGN.name)).then_some(&*COSIGN);
            for reading in readings(classes.iter().chain(cosign), &services, &platform.scope, tag) {
                let is_same = |(other, _): &&mut (Reading, _)| other.is_same(&reading);
                match all.iter_mut().find(is_same) {
                    Some((_, environments)) => environments.push(&platform.scope.environment),
                    None => all.push((reading, vec![&platform.scope.environment])),
                }
            }
        }
        all.sort_by_key(|(reading, _)| reading.width());
        Found { tag, readings: all, deployable }
    }

    /// Whether the tag belongs to a class, and can be deployed where that is the question.
    pub fn is_accepted(&self) -> bool {
        let Some((reading, _)) = self.readings.first() else { return false };
        self.deployable.is_none_or(|environment| !reading.class.never_in.iter().any(|never| never == environment))
    }
}

#[derive(Serialize)]
struct Body<'a> {
    tag: &'a str,
    deployable: Option<bool>,
    reading: Option<Class<'a>>,
    others: Vec<Class<'a>>,
}

#[derive(Serialize)]
struct Class<'a> {
    class: &'a str,
    environments: &'a [&'a str],
    never_in: &'a [String],
    values: &'a BTreeMap<&'a str, String>,
}

/// One document with the narrowest class and the others.
pub fn json(found: &Found) -> String {
    let mut classes = found.readings.iter().map(|(reading, environments)| Class {
        class: &reading.class.name,
        environments,
        never_in: &reading.class.never_in,
        values: &reading.values,
    });
    let deployable = found.deployable.map(|_| found.is_accepted());
    envelope::document(&Body { tag: found.tag, deployable, reading: classes.next(), others: classes.collect() })
}

/// The narrowest class with its values, and the names of the others.
pub fn text(found: &Found, style: Style) -> String {
    let tag = found.tag;
    let Some(((reading, environments), others)) = found.readings.split_first() else {
        return style.charset.sanitize(&format!("`{tag}` is not a tag of any class")) + "\n";
    };
    let class = &reading.class.name;
    let mut lines = vec![match found.deployable {
        Some(environment) if found.is_accepted() => {
            format!("yes: {tag} of class {class} can be deployed to {environment}")
        }
        Some(environment) => format!("no: {tag} of class {class} is never in {environment}"),
        None => format!("{tag} is a tag of class {class}"),
    }];
    let mut row = |name: &str, value: &str| lines.push(format!("  {name:<12}  {value}"));
    reading.values.iter().for_each(|(name, value)| row(name, value));
    row("exists in", &environments.join(", "));
    if !reading.class.never_in.is_empty() {
        row("never in", &reading.class.never_in.join(", "));
    }
    if !others.is_empty() {
        let mut names: Vec<&str> = others.iter().map(|(reading, _)| reading.class.name.as_str()).collect();
        names.dedup();
        row("also", &names.join(", "));
    }
    style.charset.sanitize_lines(&lines.join("\n")) + "\n"
}
