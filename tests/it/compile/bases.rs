//! A spec and the file that it extends.

use crate::harness::Specs;

/// Its retention counts the images of two services together, which is a warning.
const BASE: &str = "\
region: eu-central-1
repositories:
  all: { services: [cart, search], retention: [{ keep: 5, of: tagged }] }
";

#[test]
fn a_warning_of_a_rule_points_into_the_base_where_its_cause_is_written() {
    let spec = "extends: base.yaml\nplatform: shop\nenvironment: shared\n";
    let compiled = Specs::of(spec).file("base.yaml", BASE).compile();
    assert_eq!(compiled.codes(), ["shared-retention-count"]);
    let place = compiled.findings()[0].labels[0].span;
    assert_eq!(compiled.sources().file(place.file).name, "base.yaml");
    assert_eq!(compiled.sources().position(place).0, 3);
}
