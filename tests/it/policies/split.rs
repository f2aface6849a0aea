//! How a permission policy is divided, whatever stands in it.

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

/// What Terraform's `jsonencode` sends of it; the texts here hold nothing that it escapes.
fn characters(document: &Document) -> usize {
    document.to_json(&bindings()).to_string().chars().count()
}

fn repository(name: &str) -> Text {
    Text::from(format!("arn:aws:ecr:eu-central-1:123456789012:repository/{name}"))
}

fn sid(name: &str) -> Sid {
    name.parse().expect("letters and digits")
}

/// A policy on repositories, one on everything, and one on as many keys.
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

/// Every single thing it says: a statement without its resources, and one of these.
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
    assert_eq!(parts.len(), count, "no number is there twice");
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
    fn the_parts_say_what_the_whole_says(repositories in names(500), keys in 0usize..80) {
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
    fn a_repository_more_or_less_changes_one_part(repositories in names(500), new in "[a-z]{1,40}", keys in 0usize..80) {
        prop_assume!(!repositories.contains(&new) && !repositories.is_empty());
        let before = by_number(parts(&policy(&repositories, keys), &bindings()));
        let more = repositories.iter().cloned().chain([new]).collect();
        let after = by_number(parts(&policy(&more, keys), &bindings()));
        let changed = before.iter().filter(|(number, part)| after.get(number) != Some(part));
        prop_assert!(changed.count() <= 1, "of {:?} to {:?}", before.keys(), after.keys());
        let changed = after.iter().filter(|(number, part)| before.contains_key(number) && before.get(number) != Some(part));
        prop_assert!(changed.count() <= 1, "the other way round");
    }
}

#[test]
fn a_policy_is_divided_when_it_has_one_character_too_many() {
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

/// Nobody is helped by halving it for ever.
#[test]
fn what_speaks_of_one_thing_stays_whole() {
    let document = policy(&BTreeSet::from(["x".repeat(7_000)]), 0);
    let parts = parts(&document, &bindings());
    assert_eq!(parts.len(), 2, "the login is another thing");
    assert_eq!(parts.iter().filter(|part| characters(&part.document) > MOST_CHARACTERS).count(), 1);
}

/// The places are part of what is committed: another hash would move every repository of every divided policy. The
/// numbers are those of a second implementation, in another language.
#[test]
fn places_are_for_ever() {
    let repositories = (0..400).map(|i| format!("service-{i:03}")).collect();
    let parts = by_number(parts(&policy(&repositories, 0), &bindings()));
    let part_of = |text: &Text| {
        let holds = |document: &Document| meaning([document]).iter().any(|(_, resource)| resource == text);
        *parts.iter().find(|(_, document)| holds(document)).expect("it is somewhere").0
    };
    let numbers = [0, 1, 2, 3, 4, 5, 77, 149, 399];
    let found = numbers.map(|number| part_of(&repository(&format!("service-{number:03}"))));
    assert_eq!(found, [3, 1, 2, 8, 4, 3, 1, 1, 2]);
    assert_eq!(part_of(&Text::from("*")), 2);
}

/// Nobody should need many more policies than the quota of ten for what ten can hold when they are full.
#[test]
fn divided_policies_are_more_than_half_full() {
    for count in [100, 200, 300, 500, 1_000] {
        let repositories = (0..count).map(|i| format!("service-{i:04}")).collect();
        let whole = policy(&repositories, 0);
        let needed = characters(&whole).div_ceil(MOST_CHARACTERS);
        let parts = parts(&whole, &bindings()).len();
        println!("{count} repositories: {parts} policies, {needed} if they were full");
        assert!(parts <= 2 * needed, "{count}: {parts} for {needed}");
    }
}
