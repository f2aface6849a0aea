//! Checks a tree against what the oldest allowed versions of Terraform, the providers and the modules accept.

mod content;
mod fault;
mod fit;
mod newer;
mod pins;
mod place;

pub use fault::Fault;
pub use pins::Pins;

use std::fmt;

use super::body::{Block, Body, Statement};
use super::constraint::Constraint;
use super::expr::Expr;
use super::schema::module_versions::{self, Series as ModuleSeries};
use super::schema::{self, Entity};
use super::version::Version;
use crate::diagnostic::abbreviated_or_nearest;
use crate::source::Span;
use content::{ANYTHING, Source};
use place::Place;

/// Everything in a `.tf` file that Terraform would reject or that is newer than the pins, in file order.
///
/// Resources of providers without a table and modules that are not in the tables are not checked.
pub fn verify(body: &Body, pins: &Pins) -> Vec<Fault> {
    let mut check = Check { pins, faults: Vec::new() };
    for statement in body.statements() {
        match statement {
            Statement::Block(block) => check.top_level(block),
            Statement::Attribute(attribute) => {
                let message = format!("argument `{}` is outside of all blocks", attribute.name);
                check.faults.push(Fault { origin: attribute.origin, owner: None, message, help: None });
            }
        }
    }
    check.faults
}

struct Check<'a> {
    pins: &'a Pins,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn top_level(&mut self, block: &Block) {
        let place = &Place::of(block);
        let kind = block.kind.as_str();
        let Some(language) = schema::find("block", kind) else {
            let help = abbreviated_or_nearest(kind, schema::names("block"));
            return self.fault(place, format!("Terraform has no block `{kind}`"), help.map(did_you_mean));
        };
        if language.labels != Some(block.labels.len()) {
            return self.fault(place, format!("`{place}` has the wrong number of labels"), None);
        }
        self.since(place, &format_args!("block `{kind}`"), "terraform", language.since.as_ref());
        let words = Source { owner: "terraform", content: &language.content };
        match kind {
            "resource" | "data" => self.instance(place, words),
            "module" => self.module(place, words),
            _ => self.content(place, &[words]),
        }
    }

    /// A resource or data source.
    fn instance(&mut self, place: &Place<'_>, words: Source) {
        let (kind, type_) = (place.block.kind.as_str(), place.block.labels[0].as_str());
        let provider = type_.split('_').next().unwrap_or(type_);
        match schema::find(kind, type_) {
            Some(entity) => {
                self.since(place, &format_args!("`{type_}`"), provider, entity.since.as_ref());
                self.content(place, &[Source { owner: provider, content: &entity.content }, words]);
                self.ignored_changes(place, entity);
            }
            None if schema::names(kind).any(|known| known.split('_').next() == Some(provider)) => {
                let help = abbreviated_or_nearest(type_, schema::names(kind));
                let noun = if kind == "data" { "data source" } else { kind };
                self.fault(place, format!("unknown {noun} `{type_}`"), help.map(did_you_mean));
            }
            None => self.content(place, &[words, ANYTHING]),
        }
        self.one_of(place, "count", "for_each");
    }

    /// A module, whose version decides which inputs it has.
    fn module(&mut self, place: &Place<'_>, words: Source) {
        match known_module(place.block) {
            Some((source, version, series)) => {
                for (name, lowest) in series.needs() {
                    self.since(place, &format_args!("module `{source}`"), name, Some(&lowest));
                }
                let entity = schema::find("module", source).expect("a module with known versions has a table");
                self.newer_inputs(place, source, &version);
                self.content(place, &[Source { owner: source, content: &entity.content }, words]);
            }
            None => self.content(place, &[words, ANYTHING]),
        }
        self.one_of(place, "count", "for_each");
    }

    /// Reports inputs that only later versions of a module have.
    fn newer_inputs(&mut self, place: &Place<'_>, source: &str, version: &Version) {
        for statement in place.block.body.statements() {
            let Some(since) = module_versions::since(source, statement.name()).filter(|since| version < since) else {
                continue;
            };
            let message = format!(
                "`{}` of `{place}` needs version {since} of `{source}`, but {version} is used",
                statement.name()
            );
            let origin = version_origin(place.block).or(place.origin);
            let help = Some(format!("raise the version of the module to {since} or later"));
            self.faults.push(Fault { origin, owner: None, message, help });
        }
    }

    /// Checks that the arguments in `lifecycle { ignore_changes = [name] }` exist.
    fn ignored_changes(&mut self, place: &Place<'_>, entity: &Entity) {
        let ignored = place.block.blocks("lifecycle").filter_map(|lifecycle| lifecycle.argument("ignore_changes"));
        for list in ignored.filter_map(|value| if let Expr::List(list) = value { Some(list) } else { None }) {
            for item in list.items() {
                let Expr::Traversal(traversal) = item else {
                    self.fault(place, format!("`ignore_changes` of `{place}` takes argument names"), None);
                    continue;
                };
                let name = traversal.root().as_str();
                if entity.content.find(name).is_none() {
                    self.unknown(place, name, &[Source { owner: "", content: &entity.content }]);
                }
            }
        }
    }

    fn one_of(&mut self, place: &Place<'_>, one: &str, other: &str) {
        if place.block.argument(one).is_some() && place.block.argument(other).is_some() {
            self.fault(place, format!("`{place}` has both `{one}` and `{other}`"), None);
        }
    }

    /// Reports something that needs a newer version than the pin of its owner, a provider or `terraform`.
    fn since(&mut self, place: &Place<'_>, what: &dyn fmt::Display, owner: &str, since: Option<&Version>) {
        let (Some(since), Some(pin)) = (since, self.pins.get(owner)) else { return };
        if pin < since {
            let (what_is_old, setting) = match owner {
                "terraform" => ("Terraform".to_owned(), "`required_version`".to_owned()),
                provider => (format!("provider {provider}"), format!("the version of provider {provider}")),
            };
            let message = format!("{what} in `{place}` needs {what_is_old} {since}, but {pin} is allowed");
            let (owner, help) = (Some(owner.to_owned()), Some(format!("raise {setting} to `>= {since}`")));
            self.faults.push(Fault { origin: place.origin, owner, message, help });
        }
    }

    fn fault(&mut self, place: &Place<'_>, message: String, help: Option<String>) {
        self.faults.push(Fault { origin: place.origin, owner: None, message, help });
    }
}

/// The source, the version and its series, if they are known.
fn known_module(block: &Block) -> Option<(&str, Version, &'static ModuleSeries)> {
    let (Expr::String(source), Expr::String(version)) = (block.argument("source")?, block.argument("version")?) else {
        return None;
    };
    let lowest = Constraint::parse(version).ok()?.lowest()?;
    let series = ModuleSeries::of(source, &lowest)?;
    Some((source, lowest, series))
}

/// The place in the spec that the version of a module comes from.
fn version_origin(block: &Block) -> Option<Span> {
    block.body.statements().find_map(|statement| match statement {
        Statement::Attribute(attribute) if attribute.name.as_str() == "version" => attribute.origin,
        _ => None,
    })
}
fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}
