//! Splitting any permission policy.

use std::collections::{BTreeMap, BTreeSet};

use ecrgen::iam::{Action, Bindings, Document, Element, Sid, Statement, Text};
use ecrgen::policies::split::PolicyPart;
use ecrgen::policies::split::parts;
use proptest::prelude::*;

/// IAM user guide, "IAM and AWS STS quotas".
const MOST_CHARACTERS: usize = 6_144;

fn bindings() -> Bindings {
    Bindings::commercial("eu-central-1", "123456789012")
}

/// The number of characters that Terraform's `jsonencode` writes. The texts here contain nothing that it escapes.
fn characters(document: &Document) -> usize {
    document.to_json(&bindings()).to_string().chars().count()
}

fn repository(name: &str) -> Text {
    Text::from(format!("arn:aws:ecr:eu-central-1:123456789012:repository/{name}"))
}

fn sid(name: &str) -> Sid {
    name.parse().expect("letters and digits")
}

/// A policy with a statement for repositories, one for `*`, and one for this many keys.
fn policy(repositories: &BTreeSet<String>, keys: usize) -> Document {
    let pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"];
    let mut statements = Vec::new();
    if !repositories.is_empty() {
        let pull = Statement::allow(pull.map(Action::named)).sid(sid("Repositories"));
        statements.push(pull.on(repositories.iter().map(|name| repository(name))));
    }
    let login = Statement::allow([Action::named("ecr:GetAuthorizationToken")]).sid(sid("Registry"));
    statements.push(login.on([Text::from("*")]));
    if keys > 0 {
        let key = |i| Text::from(format!("arn:aws:kms:eu-central-1:123456789012:key/{i:036}"));
        let keys = Statement::allow([Action::named("kms:DescribeKey")]).sid(sid("Keys")).on((0..keys).map(key));
        statements.push(keys);
    }
    Document::new(statements)
}

/// Everything that the documents state, as pairs of a statement without resources and one of its resources.
fn meaning<'d>(documents: impl IntoIterator<Item = &'d Document>) -> Vec<(Statement, Text)> {
    let statements = documents.into_iter().flat_map(|document| &document.statements);
    let mut meaning: Vec<(Statement, Text)> = statements
        .flat_map(|statement| {
            let Some(Element::Only(resources)) = statement.resources.clone() else { panic!("{statement:?}") };
            let bare = Statement { resources: None, ..statement.clone() };
            resources.into_iter().map(move |resource| (bare.clone(), resource))
        })
        .collect();
    meaning.sort();
    meaning
}

fn by_number(parts: Vec<PolicyPart>) -> BTreeMap<u64, Document> {
    let count = parts.len();
    let parts: BTreeMap<u64, Document> = parts.into_iter().map(|part| (part.number, part.document)).collect();
    assert_eq!(parts.len(), count, "numbers are unique");
    parts
}

fn names(at_most: usize) -> impl Strategy<Value = BTreeSet<String>> {
    let alike = (0u32..2000).prop_map(|number| format!("service-{number:04}"));
    let any = "[a-z]{1,8}(/[a-z0-9-]{0,60}[a-z0-9])?";
    proptest::collection::btree_set(prop_oneof![3 => alike, 1 => any], 0..at_most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_parts_are_equivalent_to_the_whole(repositories in names(500), keys in 0usize..80) {
        let whole = policy(&repositories, keys);
        let parts = by_number(parts(&whole, &bindings()));
        prop_assert_eq!(meaning(parts.values()), meaning([&whole]));
        for (number, part) in &parts {
            prop_assert!(characters(part) <= MOST_CHARACTERS, "{} has {}", number, characters(part));
            prop_assert!(!part.statements.is_empty());
        }
        if characters(&whole) <= MOST_CHARACTERS {
            prop_assert_eq!(parts, BTreeMap::from([(1, whole)]));
        } else {
            prop_assert!(parts.len() > 1);
        }
    }

    #[test]
    fn adding_or_removing_a_repository_changes_one_part(repositories in names(500), new in "[a-z]{1,40}", keys in 0usize..80) {
        prop_assume!(!repositories.contains(&new) && !repositories.is_empty());
        let before = by_number(parts(&policy(&repositories, keys), &bindings()));
        let more = repositories.iter().cloned().chain([new]).collect();
        let after = by_number(parts(&policy(&more, keys), &bindings()));
        let changed = before.iter().filter(|(number, part)| after.get(number) != Some(part));
        prop_assert!(changed.count() <= 1, "of {:?} to {:?}", before.keys(), after.keys());
        let changed = after.iter().filter(|(number, part)| before.contains_key(number) && before.get(number) != Some(part));
        prop_assert!(changed.count() <= 1, "of the parts after the change");
    }
}

#[test]
fn splits_a_policy_with_one_character_too_many() {
    let of = |length: usize| {
        let two = |length: usize| policy(&BTreeSet::from(["a".repeat(length - 1), "b".repeat(8)]), 0);
        let empty = characters(&two(1));
        two(length - empty + 1)
    };
    for (length, wanted) in [(MOST_CHARACTERS - 1, 1), (MOST_CHARACTERS, 1), (MOST_CHARACTERS + 1, 2)] {
        let document = of(length);
        assert_eq!(characters(&document), length);
        assert_eq!(parts(&document, &bindings()).len(), wanted, "{length}");
    }
}

/// A single resource cannot be split further.
#[test]
fn does_not_split_a_single_resource() {
    let document = policy(&BTreeSet::from(["x".repeat(7_000)]), 0);
    let parts = parts(&document, &bindings());
    assert_eq!(parts.len(), 2, "the login is a separate resource");
    assert_eq!(parts.iter().filter(|part| characters(&part.document) > MOST_CHARACTERS).count(), 1);
}

/// The assignment is part of the committed output: with another hash, every repository in every split policy would
/// move. The numbers come from a second implementation in another language.
#[test]
fn the_assignment_to_parts_is_stable() {
    let repositories = (0..400).map(|i| format!("service-{i:03}")).collect();
    let parts = by_number(parts(&policy(&repositories, 0), &bindings()));
    let part_of = |text: &Text| {
        let holds = |document: &Document| meaning([document]).iter().any(|(_, resource)| resource == text);
        *parts.iter().find(|(_, document)| holds(document)).expect("a part contains it").0
    };
    let numbers = [0, 1, 2, 3, 4, 5, 77, 149, 399];
    let found = numbers.map(|number| part_of(&repository(&format!("service-{number:03}"))));
    assert_eq!(found, [3, 1, 2, 8, 4, 3, 1, 1, 2]);
    assert_eq!(part_of(&Text::from("*")), 2);
}

/// Splitting must not waste much of the quota of ten policies.
#[test]
fn split_policies_are_at_least_half_full() {
    for count in [100, 200, 300, 500, 1_000] {
        let repositories = (0..count).map(|i| format!("service-{i:04}")).collect();
        let whole = policy(&repositories, 0);
        let needed = characters(&whole).div_ceil(MOST_CHARACTERS);
        let parts = parts(&whole, &bindings()).len();
        println!("{count} repositories: {parts} policies, at least {needed} needed");
        assert!(parts <= 2 * needed, "{count}: {parts} for {needed}");
    }
}
