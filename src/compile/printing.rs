//! Turns a platform into drafts: generates each file, verifies it against the provider schemas and prints it.

use super::addresses::{self, Declared};
use crate::change::record::{self, Found};
use crate::diagnostic::{Diagnostic, Label, codes};
use crate::generate::{self, Content, Generated};
use crate::platform::Platform;
use crate::platform::root_module::Pin;
use crate::policies::Policies;
use crate::prose::count;
use crate::source::Span;
use crate::terraform::{self, BrokenText, Pins, Version};
use crate::tree::Draft;

/// The printed files of a platform and what was found in them.
#[derive(Default)]
pub(super) struct Printed {
    /// The files, in order.
    pub(super) drafts: Vec<Draft>,
    /// The resources whose loss hurts.
    pub(super) resources: Vec<Found>,
    /// What the files declare.
    pub(super) declared: Vec<Declared>,
    /// Faults of the files.
    pub(super) findings: Vec<Diagnostic>,
}

/// Generates, verifies and prints the files of a platform.
pub(super) fn print(policies: &Policies) -> Printed {
    let (platform, pins) = (policies.platform, pins(policies.platform));
    let mut all = Printed::default();
    for printed in generate::generate(policies, |file| print_file(file, platform, &pins)) {
        all.drafts.extend(printed.drafts);
        all.resources.extend(printed.resources);
        all.declared.extend(printed.declared);
        all.findings.extend(printed.findings);
    }
    all.findings = once_per_cause(all.findings);
    all
}

/// The drafts of the files that the environments of a spec share. They are not Terraform.
pub(super) fn print_shared(environments: &[Policies]) -> Vec<Draft> {
    let draft = |file: Generated| match file.content {
        Content::Text(body) => Draft { path: file.path, body, origin: file.origin },
        Content::Hcl(_) => unreachable!("Terraform files belong to the module of one environment"),
    };
    generate::of_spec(environments).into_iter().map(draft).collect()
}

/// One error per help, because a version that is too low usually affects several arguments and files.
fn once_per_cause(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut causes: Vec<(Diagnostic, usize)> = Vec::new();
    for fault in faults {
        match causes.iter_mut().find(|(first, _)| first.help.is_some() && first.help == fault.help) {
            Some((first, others)) => {
                *others += 1;
                let is_new = |place: &Label| first.labels.iter().all(|label| label.span != place.span);
                let places = fault.labels.into_iter().filter(is_new).take(MARKED.saturating_sub(first.labels.len()));
                let places: Vec<Label> =
                    places.map(|label| Label { text: "also needed here".into(), ..label }).collect();
                first.labels.extend(places);
            }
            None => causes.push((fault, 0)),
        }
    }
    let with_count = |(fault, others): (Diagnostic, usize)| match others {
        0 => fault,
        others => {
            let message = format!("{}, as in {}", fault.message, count(others, "other place"));
            Diagnostic { message, ..fault }
        }
    };
    causes.into_iter().map(with_count).collect()
}

/// Most places that an error marks.
const MARKED: usize = 4;

/// Verifies and prints a file. An error here is a bug of ecrgen or comes from the pins; it still names the line of the
/// spec that the faulty part comes from.
fn print_file(file: Generated, platform: &Platform, pins: &Pins) -> Printed {
    let mut printed = Printed::default();
    let body = match file.content {
        Content::Text(text) => text,
        Content::Hcl(body) => {
            for fault in terraform::verify(&body, pins) {
                let message = format!(
                    "generated `{}` does not work with all versions that the spec allows: {}",
                    file.path, fault.message
                );
                let (needed, pin) =
                    (fault.origin.unwrap_or(file.origin), fault.owner.and_then(|owner| pinned(platform, &owner)));
                let finding = match pin {
                    Some(pin) => Diagnostic::new(&codes::TERRAFORM, pin, message)
                        .label("allows versions that are too old")
                        .and(needed, "needed here"),
                    None => Diagnostic::new(&codes::TERRAFORM, needed, message),
                };
                printed.findings.push(Diagnostic { help: fault.help, ..finding });
            }
            let broken = terraform::broken_texts(&body).into_iter();
            printed.findings.extend(broken.map(|text| broken_text(&text, file.origin)));
            printed.resources = record::resources(&file.path, &body, platform);
            printed.declared = addresses::declared(&file.path, &body, file.origin);
            terraform::print(&body)
        }
    };
    printed.drafts.push(Draft { path: file.path, body, origin: file.origin });
    printed
}

/// The error of a text that `jsonencode` turns into invalid JSON.
fn broken_text(text: &BrokenText, file: Span) -> Diagnostic {
    let (c, mark) = (text.character.escape_debug(), u32::from(text.mark));
    let message = format!(
        "`{c}` is followed by the combining mark U+{mark:04X} in a text of this policy, which Terraform would encode as \
         invalid JSON"
    );
    let fault = Diagnostic::new(&codes::BROKEN_JSON_TEXT, text.origin.unwrap_or(file), message);
    fault.help(format!("remove U+{mark:04X}, or write a space between the two"))
}

/// Where the spec has the version constraint of a provider, or of `terraform`.
fn pinned(platform: &Platform, owner: &str) -> Option<Span> {
    match owner {
        "terraform" => platform.root.version.span,
        provider => platform.root.providers.get(provider)?.span,
    }
}

/// The lowest versions that the platform's constraints allow. A constraint without a lower bound allows every version.
fn pins(platform: &Platform) -> Pins {
    let lowest = |pin: &Pin| pin.constraint.lowest().unwrap_or_else(|| Version::new(0, 0, 0));
    let pins = Pins::new().terraform(lowest(&platform.root.version));
    platform.root.providers.iter().fold(pins, |pins, (name, pin)| pins.provider(name, lowest(pin)))
}
