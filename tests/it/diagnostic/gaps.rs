//! Which parts of a spec are complete, compared with the definition: all paths are compared with all gaps.

use std::collections::BTreeSet;

use ecrgen::diagnostic::{Diagnostic, Gaps, codes};
use proptest::prelude::*;

/// Paths of up to three names, some of which begin with others.
fn path() -> impl Strategy<Value = String> {
    let names = prop_oneof![
        Just("repositories"),
        Just("repository_defaults"),
        Just("repositories-old"),
        Just("waive"),
        Just("a"),
        Just("a-b"),
        Just("ab"),
    ];
    prop::collection::vec(names, 0..4).prop_map(|names| names.join("."))
}

fn gaps(paths: &[String]) -> Gaps {
    let errors: Vec<_> =
        paths.iter().map(|path| Diagnostic::without_place(&codes::UNREADABLE_FILE, "m").at(path)).collect();
    Gaps::of(&errors)
}

fn contains(outer: &str, inner: &str) -> bool {
    outer.is_empty() || inner == outer || inner.starts_with(&format!("{outer}."))
}

fn touches(gap: &str, path: &str) -> bool {
    let by_default = contains("repository_defaults", gap) && contains("repositories", path);
    by_default || contains(gap, path) || contains(path, gap)
}

proptest! {
    #[test]
    fn a_part_is_complete_if_no_gap_touches_it(paths in prop::collection::vec(path(), 0..6), asked in path()) {
        let expected = !paths.iter().any(|gap| touches(gap, &asked));
        prop_assert_eq!(gaps(&paths).spare(&asked), expected);
    }

    #[test]
    fn the_entries_of_a_map_that_have_errors_are_named(paths in prop::collection::vec(path(), 0..6)) {
        let expected: BTreeSet<String> = paths
            .iter()
            .filter(|gap| contains("waive", gap))
            .map(|gap| gap.split('.').nth(1).unwrap_or_default().to_owned())
            .collect();
        let gaps = gaps(&paths);
        let found: BTreeSet<String> = gaps.below("waive").map(str::to_owned).collect();
        prop_assert_eq!(found, expected);
    }
}
