//! Lifecycle policies, alone or in the output of AWS commands.

use ecrgen::diagnostic::Severity;
use ecrgen::escape::terminal::Charset;
use ecrgen::inventory::{Manifests, PolicyOutput, Usage, read};
use ecrgen::lifecycle::{self, Policy};
use ecrgen::report::findings::policy_file;

use super::harmless;
use super::listings::{now, simulated};

const IMAGES: &str = r#"{ "imageDetails": [
    { "imageDigest": "sha256:0000000000000000000000000000000000000000000000000000000000000001", "imageTags": ["latest", "v1"], "imagePushedAt": "2026-01-01T00:00:00Z", "imageSizeInBytes": 1 },
    { "imageDigest": "sha256:0000000000000000000000000000000000000000000000000000000000000002", "imageTags": ["v2"], "imagePushedAt": "2026-06-01T00:00:00Z", "imageSizeInBytes": 2290089984000000 },
    { "imageDigest": "sha256:0000000000000000000000000000000000000000000000000000000000000003", "imagePushedAt": "2026-11-01T00:00:00Z", "imageSizeInBytes": 1 }
] }"#;

/// Reads a policy, reports what AWS would say, and runs it.
pub fn policies(data: &[u8]) {
    let output = match PolicyOutput::read(&String::from_utf8_lossy(data)) {
        Ok(output) => output,
        Err(fault) => return harmless::failure("policy.json cannot be used:".into(), vec![fault]),
    };
    let policy = Policy::from_json(&output.text);
    let faults = policy.as_ref().map_or_else(Clone::clone, lifecycle::check);
    for charset in [Charset::Utf8, Charset::Ascii] {
        let printed = policy_file(charset, "policy.json", &faults);
        harmless::text(&printed);
        assert_eq!(printed.lines().count(), 2 * faults.len(), "a text adds a line: {printed:?}");
    }
    let Ok(policy) = policy else {
        assert!(!faults.is_empty(), "a policy is refused without a reason");
        return;
    };
    assert_eq!(Policy::from_json(&policy.to_json()).expect("ecrgen reads what it wrote"), policy);
    if faults.iter().all(|fault| fault.constraint.code.severity < Severity::Error) {
        let inventories = read(IMAGES.as_bytes(), &Manifests::default(), now()).expect("a valid listing");
        inventories.iter().for_each(|inventory| simulated(&policy, inventory, &Usage::default()));
    }
}
