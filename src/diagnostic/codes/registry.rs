//! Registry-wide settings.

use crate::diagnostic::Example::Words;
use crate::diagnostic::codes::{codes, spec};

codes! {
    SCANNED_ELSEWHERE = {
        name: "scanned-elsewhere",
        severity: Note,
        what: "No image of a repository is scanned on push, because another spec or environment sets what the registry scans.",
        why: "AWS has one scanning configuration per account and region, and ignores the setting of a repository as soon as there is \
              one. ecrgen computes the configuration from the repositories of one spec, so its filters may match none of another \
              spec in the same registry. With `account` in both, it covers the repositories of other environments of the spec.",
        bad: Words("
`shop.yaml` has `registry: {}`, and `mill.yaml` has repositories in the same `account` and `region`.
"),
        good: Words("
The repositories of `mill.yaml` have `scan_on_push: false`, or move to an environment of `shop.yaml`.
"),
        source: "ECR user guide, \"Scan images for software vulnerabilities in Amazon ECR\"",
    }
    CONTINUOUS_SCAN_UNAVAILABLE = {
        name: "continuous-scan-unavailable",
        severity: Error,
        what: "A repository has `scan_continuously: true`, but this spec does not set up enhanced scanning.",
        why: "Only Amazon Inspector scans images again after the push. Whether it does is a setting of the whole registry, of \
              which AWS has one per account and region, so one spec must define it: with `registry: { scanner: enhanced }`. \
              Otherwise, the images would never be scanned again.",
        bad: spec!("
repositories: { shop: { scan_continuously: true } }
"),
        good: spec!("
repositories: { shop: { scan_continuously: true } }
registry: { scanner: enhanced }
"),
        source: "ECR API reference, RegistryScanningRule, `scanFrequency`; ECR user guide, \"Scan images for OS and \
                 programming language package vulnerabilities in Amazon ECR\"",
    }
    SCAN_BY_VARIABLE = {
        name: "scan-by-variable",
        severity: Error,
        what: "`scan_on_push` is a variable or a reference, and the spec defines the registry-wide settings.",
        why: "With `registry`, the filters of the registry decide which repositories are scanned, and not the setting of each \
              repository. ecrgen computes the filters when it compiles the spec, before any variable has a value, so the \
              variable would have no effect.",
        bad: spec!("
repositories: { shop: { scan_on_push: { variable: scan, default: true } } }
registry: {}
"),
        good: spec!("
repositories: { shop: { scan_on_push: true } }
registry: {}
"),
        source: "ECR API reference, PutRegistryScanningConfiguration; PutImageScanningConfiguration, which it replaces",
    }
    INSPECTOR_WITHOUT_ENHANCED = {
        name: "inspector-without-enhanced",
        severity: Error,
        what: "`enable_inspector: true` in a registry with basic scanning.",
        why: "Inspector scans images only in a registry with enhanced scanning. When Inspector is turned on for ECR, it changes \
              the registry to enhanced scanning, and the next apply would change it back.",
        bad: spec!("
repositories: { shop: {} }
registry: { enable_inspector: true }
"),
        good: spec!("
repositories: { shop: {} }
registry: { scanner: enhanced, enable_inspector: true }
"),
        source: "Amazon Inspector user guide, \"Activating a scan type\"",
    }
}
