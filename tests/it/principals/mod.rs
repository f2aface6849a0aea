//! The kinds of principal: what each kind gets in the output, and what every kind must have.

mod codebuild;
mod trust;

use std::collections::BTreeSet;

use ecrgen::iam::Verb;
use ecrgen::permissions::EffectivePermissions;
use ecrgen::principals::{KINDS, Kind, Means};

use crate::harness::{Compiled, repository};

/// A spec whose only access entry is the example of a kind.
fn spec(kind: &Kind) -> String {
    format!(
        "platform: shop\nenvironment: prod\nregion: eu-central-1\nrepositories: {{ shop: {{}} }}\naccess:\n  one: {}\n",
        kind.example
    )
}

/// The verb that the example of a kind grants.
fn verb(kind: &Kind) -> Verb {
    let granted = Verb::ALL.into_iter().find(|verb| kind.example.contains(&format!("can: [{verb}]")));
    granted.expect("the example grants a verb")
}

#[test]
fn each_key_belongs_to_one_kind() {
    let companions = KINDS.iter().flat_map(|kind| kind.companions).map(|companion| companion.key);
    let keys: Vec<&str> = KINDS.iter().map(|kind| kind.key).chain(companions).collect();
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
}

/// A kind that is decoded and then ignored would render without an error and grant its principals nothing.
#[test]
fn the_example_of_each_kind_grants_its_verb() {
    for kind in KINDS {
        let compiled = Compiled::of(spec(kind));
        assert_eq!(compiled.errors(), [""; 0], "{}", kind.key);
        assert_eq!(compiled.platform().access[0].principal.kind().key, kind.key);
        let policies = compiled.policies();
        let rights = EffectivePermissions::of(&policies);
        let wanted: Vec<_> = (kind.actions)(verb(kind)).into_iter().filter(|action| action.is_scopable()).collect();
        let held = rights.groups.iter().flat_map(|group| rights.granted_on(group)).map(|(_, granted)| granted);
        let has_all = |held: &ecrgen::permissions::Permissions| wanted.iter().all(|action| held.has(action));
        assert!(held.into_iter().any(has_all), "{}: no one can {}", kind.key, verb(kind));
        let output = compiled.files().into_values().collect::<String>();
        for action in wanted {
            assert!(output.contains(action.name), "{}: {} is in no file", kind.key, action.name);
        }
    }
}

/// The output has the resource that the means of a principal stand for.
#[test]
fn the_example_of_each_kind_compiles_to_the_resource_of_its_means() {
    for kind in KINDS {
        let compiled = Compiled::of(spec(kind));
        assert_eq!(compiled.errors(), [""; 0], "{}", kind.key);
        let means = compiled.platform().access[0].principal.means();
        let file = match means {
            Means::RepositoryPolicy(_) => "prod/ecr/repository_shop.tf",
            Means::Roles(_) | Means::OtherRoles(_) | Means::PermissionSet(_) => "prod/ecr/access_one.tf",
        };
        let text = &compiled.files()[file];
        let resource = match means {
            Means::RepositoryPolicy(_) => "aws_ecr_repository_policy",
            Means::Roles(_) => "aws_iam_role",
            Means::OtherRoles(_) => "aws_iam_role_policy_attachment",
            Means::PermissionSet(_) => "aws_ssoadmin_permission_set",
        };
        assert!(text.contains(&format!("resource \"{resource}\"")), "{}: {text}", kind.key);
    }
}

#[test]
fn each_verb_is_accepted_or_rejected_with_a_reason() {
    for kind in KINDS {
        for wanted in Verb::ALL {
            let spec = spec(kind).replace(&format!("can: [{}]", verb(kind)), &format!("can: [{wanted}]"));
            let compiled = Compiled::of(spec);
            let found: Vec<_> = compiled.findings().iter().filter(|finding| finding.code.is_error()).collect();
            match kind.refused.iter().find(|(verb, _)| *verb == wanted) {
                Some((_, why)) => {
                    assert_eq!(found.len(), 1, "{} {wanted}: {found:#?}", kind.key);
                    assert_eq!(found[0].code.name, "refused-verb");
                    assert!(found[0].message.ends_with(why), "{}", found[0].message);
                }
                None => assert!(found.is_empty(), "{} {wanted}: {found:#?}", kind.key),
            }
        }
    }
}

/// A kind that is missing in the list would not be decoded, and the Rust compiler would not notice.
#[test]
fn each_file_is_the_kind_of_the_same_name_in_the_list() {
    let folder = std::fs::read_dir(repository().join("src/principals/kinds")).expect("the kinds");
    let names = folder.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
    let files = names.filter_map(|name| Some(name.strip_suffix(".rs")?.to_owned())).filter(|name| name != "mod");
    let kinds: BTreeSet<String> = KINDS.iter().map(|kind| kind.key.to_owned()).collect();
    assert_eq!(files.collect::<BTreeSet<_>>(), kinds);
}
