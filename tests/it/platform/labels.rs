//! Labels in Terraform.

use ecrgen::platform::Label;
use ecrgen::platform::naming::label::{Spelling, respelled};
use proptest::prelude::*;

use crate::harness::shop;

#[test]
fn labels_are_what_people_write() {
    for (name, label) in [
        ("cart", "cart"),
        ("my-app", "my_app"),
        ("my_app", "my_app"),
        ("my.app", "my_app"),
        ("team/my-app", "team__my_app"),
        ("a--b", "a__b"),
        ("9lives", "_9lives"),
        ("a+b", "a-x2b-b"),
    ] {
        assert_eq!(Label::of(name).as_str(), label, "{name}");
    }
}

#[test]
fn two_names_with_the_same_label_are_refused() {
    let pairs = [("my-app", "my_app"), ("my.app", "my-app"), ("a/b", "a__b"), ("a--b", "a/b")];
    for (one, other) in pairs {
        assert_eq!(shop(format!("repositories: {{ {one}: {{}}, {other}: {{}} }}\n")).codes(), ["labels-collide"]);
    }
    let accounts =
        "access: { p: { can: [pull], repositories: all, irsa: { cluster: c, service_accounts: [a/b-c, a/b.c] } } }";
    assert_eq!(
        shop(format!("repositories: {{ shop: {{}} }}\n{accounts}\n")).codes(),
        ["irsa-pull-without-node", "labels-collide"]
    );
    // A `removed` block for the address of an existing resource is an error in Terraform.
    assert_eq!(shop("repositories: { my-app: {} }\nremoved: { my_app: retain }\n").codes(), ["labels-collide"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The guard finds the new address of any earlier one.
    #[test]
    fn an_earlier_label_leads_to_the_present_one(name in "[a-z0-9]{1,3}((\\.|_|/|__|-{1,12})[a-z0-9]{1,3}){0,5}", part in "(-p[0-9]{1,2})?") {
        let label = Label::of(&name);
        let earlier = format!("{}{part}", label.spelled(Spelling::Escaped));
        prop_assert_eq!(respelled(&earlier).unwrap_or(earlier), format!("{label}{part}"));
    }
}
