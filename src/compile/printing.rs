//! Turns a platform into drafts: generates each file, verifies it against the provider schemas and prints it.

use crate::change::record::{self, Found};
use crate::diagnostic::{Diagnostic, Label, codes};
use crate::generate::{self, Content, Generated};
use crate::platform::Platform;
use crate::platform::root_module::Pin;
use crate::policies::Policies;
use crate::prose::count;
use crate::terraform::{self, Pins, Version};
use crate::tree::Draft;

/// The drafts of a platform, in order, and the resources in them whose loss hurts. Findings are added to `findings`.
pub(super) fn drafts(policies: &Policies, findings: &mut Vec<Diagnostic>) -> (Vec<Draft>, Vec<Found>) {
    let (platform, pins) = (policies.platform, pins(policies.platform));
    let (mut drafts, mut resources, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for (draft, found, of_file) in generate::generate(policies, |file| draft(file, platform, &pins)) {
        drafts.push(draft);
        resources.extend(found);
        faults.extend(of_file);
    }
    findings.extend(once_per_cause(faults));
    (drafts, resources)
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
fn draft(file: Generated, platform: &Platform, pins: &Pins) -> (Draft, Vec<Found>, Vec<Diagnostic>) {
    let (mut resources, mut findings) = (Vec::new(), Vec::new());
    let body = match file.content {
        Content::Text(text) => text,
        Content::Hcl(body) => {
            for fault in terraform::verify(&body, pins) {
                let message = format!(
                    "generated `{}` does not work with all versions that the spec allows: {}",
                    file.path, fault.message
                );
                let finding = Diagnostic::new(&codes::TERRAFORM, fault.origin.unwrap_or(file.origin), message);
                findings.push(Diagnostic { help: fault.help, ..finding });
            }
            resources = record::resources(&file.path, &body, platform);
            terraform::print(&body)
        }
    };
    (Draft { path: file.path, body, origin: file.origin }, resources, findings)
}

/// The lowest versions that the platform's constraints allow. A constraint without a lower bound allows every version.
fn pins(platform: &Platform) -> Pins {
    let lowest = |pin: &Pin| pin.constraint.lowest().unwrap_or_else(|| Version::new(0, 0, 0));
    let pins = Pins::new().terraform(lowest(&platform.root.version));
    platform.root.providers.iter().fold(pins, |pins, (name, pin)| pins.provider(name, lowest(pin)))
}
