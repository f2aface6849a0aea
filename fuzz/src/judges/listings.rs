//! Image listings, image manifests, and lists of images in use.

use ecrgen::inventory::{Inventory, Manifests, Usage, read};
use ecrgen::lifecycle::Policy;
use ecrgen::report::simulation::{self, Report};
use ecrgen::simulation::{Curves, Prices, simulate};
use ecrgen::source::Sources;
use ecrgen::time::{Time, parse_time};

use super::harmless;

const POLICY: &str = r#"{ "rules": [
    { "rulePriority": 1, "selection": { "tagStatus": "tagged", "tagPatternList": ["*"], "countType": "imageCountMoreThan", "countNumber": 1 }, "action": { "type": "expire" } },
    { "rulePriority": 2, "selection": { "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1 }, "action": { "type": "expire" } }
] }"#;

/// Reads the bytes as each of the three, and simulates a policy over what can be read.
pub fn listings(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut manifests = Manifests::default();
    if let Err(fault) = manifests.add("manifests.json", &text) {
        harmless::failure(fault, vec![]);
    }
    let usage = Usage::read(&text).unwrap_or_else(|faults| {
        harmless::failure("usage.txt cannot be used:".into(), faults);
        Usage::default()
    });
    match read(data, &manifests, now()) {
        Ok(inventories) => inventories.iter().for_each(|inventory| simulated(&policy(), inventory, &usage)),
        Err(faults) => harmless::failure("images.json cannot be used:".into(), faults),
    }
}

/// Every report of a simulation.
pub(super) fn simulated(policy: &Policy, inventory: &Inventory, usage: &Usage) {
    let run = || simulate(policy, inventory, usage, now());
    let listed = run().listed(&[]);
    for style in [harmless::UTF_8, harmless::ASCII] {
        harmless::text(&simulation::text(&run(), &listed, &Prices::default(), style));
    }
    let chart = simulation::svg(&Curves::of_simulation(&run()));
    harmless::text(&chart);
    assert!(!chart.contains("<script") && chart.matches("<svg").count() == 1, "{chart}");
    let report =
        Report { simulation: run(), listed, prices: Prices::default(), history: None, against: None, preview: None };
    let mut json = Vec::new();
    simulation::json(&[report], &Sources::default(), &[], &mut json).expect("writing to a vector cannot fail");
    harmless::json(&String::from_utf8(json).expect("JSON is UTF-8"));
}

fn policy() -> Policy {
    Policy::from_json(POLICY).expect("a valid policy")
}

pub(super) fn now() -> Time {
    parse_time("2026-11-27T12:00:00Z").expect("a time")
}
