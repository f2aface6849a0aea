//! A spec and the file that it extends.

use crate::harness::Specs;

/// A base whose retention rule counts the images of two services together, which causes a warning.
const BASE: &str = "\
region: eu-central-1
repositories:
  all: { services: [cart, search], retention: [{ keep: 5, of: tagged }] }
";

#[test]
fn a_warning_points_to_its_cause_in_the_base_spec() {
    let spec = "extends: base.yaml\nplatform: shop\nenvironment: shared\n";
    let compiled = Specs::of(spec).file("base.yaml", BASE).compile();
    assert_eq!(compiled.codes(), ["shared-retention-count"]);
    let place = compiled.findings()[0].labels[0].span;
    assert_eq!(compiled.sources().file(place.file).name, "base.yaml");
    assert_eq!(compiled.sources().position(place).0, 3);
}
