//! A platform to drafts: each file generated, verified against the provider schemas and printed.

use std::sync::mpsc::sync_channel;
use std::thread::Builder;

use crate::diagnostic::{Diagnostic, codes};
use crate::generate::{self, Content, Generated};
use crate::halves::MANY;
use crate::platform::Platform;
use crate::platform::root_module::Pin;
use crate::policies::Policies;
use crate::terraform::{self, Pins, Version};
use crate::tree::Draft;

/// How many files are handed over at once: enough that handing over costs nothing, few enough to hold as trees.
const BATCH: usize = 64;

/// How many batches may wait to be printed.
const WAITING: usize = 4;

/// The drafts of a platform, in order; what was found goes to `findings`.
pub(super) fn drafts(policies: &Policies, findings: &mut Vec<Diagnostic>) -> Vec<Draft> {
    let pins = pins(policies.platform);
    let mut drafts = Vec::new();
    let print = |file| drafts.push(draft(file, &pins, findings));
    if policies.platform.repositories.len() < MANY {
        generate::generate(policies, print);
    } else {
        generate_aside(policies, print);
    }
    drafts
}

/// The same as [`generate::generate`], on a second thread if the machine gives one: that one makes trees while this one
/// takes those before, and each has half of the work. It is this one that prints, because it has the memory that reading
/// the spec took and no longer needs.
fn generate_aside(policies: &Policies, take: impl FnMut(Generated)) {
    std::thread::scope(|scope| {
        let (queue, batches) = sync_channel(WAITING);
        let generator = move || {
            let hand_over = |batch| queue.send(batch).expect("the printer listens until the queue is gone");
            let mut batch = Vec::new();
            generate::generate(policies, |file| {
                batch.push(file);
                if batch.len() == BATCH {
                    hand_over(std::mem::take(&mut batch));
                }
            });
            hand_over(batch);
        };
        let Ok(generator) = Builder::new().spawn_scoped(scope, generator) else {
            return generate::generate(policies, take);
        };
        batches.into_iter().flatten().for_each(take);
        generator.join().expect("generating does not panic");
    });
}

/// Verifies and prints a file. A fault here is one of ours or of the pins, and still names the line it came from.
fn draft(file: Generated, pins: &Pins, findings: &mut Vec<Diagnostic>) -> Draft {
    let body = match file.content {
        Content::Text(text) => text,
        Content::Hcl(body) => {
            for fault in terraform::verify(&body, pins) {
                let message = format!("{} would not work: {}", file.path, fault.message);
                let finding = Diagnostic::new(&codes::TERRAFORM, fault.origin.unwrap_or(file.origin), message);
                findings.push(Diagnostic { help: fault.help, ..finding });
            }
            terraform::print(&body)
        }
    };
    Draft { path: file.path, body, origin: Some(file.origin) }
}

/// The lowest versions that the platform's constraints admit. A constraint without a lower end admits the oldest.
fn pins(platform: &Platform) -> Pins {
    let lowest = |pin: &Pin| pin.constraint.lowest().unwrap_or_else(|| Version::new(0, 0, 0));
    let pins = Pins::new().terraform(lowest(&platform.root.version));
    platform.root.providers.iter().fold(pins, |pins, (name, pin)| pins.provider(name, lowest(pin)))
}
