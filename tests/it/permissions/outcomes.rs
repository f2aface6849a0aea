//! What assertions count as an effect: every action that AWS documents for it.

use std::collections::BTreeSet;

use ecrgen::iam::OUTCOMES;

use super::SHOP;
use crate::harness::Compiled;

/// The messages about a spec with one entry that has these actions, and an assertion that no one has an effect.
fn broken(actions: &[&str], outcome: &str) -> Vec<String> {
    let can = actions.iter().map(|action| format!("\"ecr:{action}\"")).collect::<Vec<_>>().join(", ");
    let spec = format!(
        "platform: p\nenvironment: e\nregion: eu-west-1\nrepositories: {{ app: {{}} }}\n\
         access: {{ odd: {{ can: [{can}], repositories: all, roles: [r] }} }}\nassert: {{ it: {{ can: [{outcome}] }} }}\n"
    );
    let compiled = Compiled::of(&spec);
    let failed = compiled.findings().iter().filter(|found| found.code.name == "failed-assertion");
    failed.map(|found| found.message.clone()).collect()
}

/// ECR API reference: `DeleteRepository` with `force` deletes the images, a lifecycle policy expires them, replication and
/// imports add them, and `PutImageTagMutability` unlocks tags.
#[test]
fn an_effect_is_caused_by_each_action_that_is_enough() {
    for (outcome, ways) in [
        ("delete", &[&["BatchDeleteImage"] as &[_], &["DeleteRepository"], &["PutLifecyclePolicy"]] as &[&[&str]]),
        ("push", &[&["PutImage"], &["ReplicateImage"], &["BatchImportUpstreamImage"]]),
        ("move-tags", &[&["PutImageTagMutability"], &["BatchDeleteImage", "PutImage"]]),
        ("change-access", &[&["SetRepositoryPolicy"], &["DeleteRepositoryPolicy"]]),
    ] {
        for way in ways {
            assert_eq!(broken(way, outcome).len(), 1, "{way:?} is enough to {outcome}");
        }
    }
    for (action, outcome) in [
        ("UpdateImageStorageClass", "delete"),
        ("DeleteLifecyclePolicy", "delete"),
        ("CompleteLayerUpload", "push"),
        ("PutImage", "move-tags"),
        ("BatchDeleteImage", "move-tags"),
        ("GetRepositoryPolicy", "change-access"),
    ] {
        assert_eq!(broken(&[action], outcome), [""; 0], "{action} is not enough to {outcome}");
    }
}

#[test]
fn the_message_lists_every_way_that_a_principal_has() {
    assert_eq!(
        broken(&["DeleteRepository", "PutLifecyclePolicy"], "delete"),
        [
            "\"it\" does not hold: odd has ecr:DeleteRepository and ecr:PutLifecyclePolicy on app, each of which is enough to \
          delete images"
        ]
    );
    assert_eq!(
        broken(&["BatchDeleteImage", "PutImage", "PutImageTagMutability"], "move-tags"),
        [
            "\"it\" does not hold: odd has ecr:PutImageTagMutability and ecr:BatchDeleteImage with ecr:PutImage on app, each of \
          which is enough to move immutable tags"
        ]
    );
}

/// An apply can delete a repository with its images, and write a lifecycle policy that does.
#[test]
fn the_apply_role_can_delete_images() {
    for (assertion, holds) in [("only: [operators]", false), ("only: [operators, apply]", true)] {
        let compiled = Compiled::of(format!("{SHOP}assert:\n  it: {{ can: [delete], {assertion} }}\n"));
        let failed = compiled.findings().iter().find(|found| found.code.name == "failed-assertion");
        assert_eq!(failed.is_none(), holds, "{failed:?}");
        if let Some(failed) = failed {
            assert!(
                failed.message.contains("apply has ") && failed.message.contains("ecr:PutLifecyclePolicy"),
                "{failed:?}"
            );
        }
    }
}

/// `docs/access.md` has the table of effects: each way is a row, the first one with the name of the effect.
#[test]
fn the_documentation_has_the_table_of_effects() {
    let page = std::fs::read_to_string("docs/access.md").expect("the page exists");
    let table = page.split("| effect |").nth(1).expect("the table exists");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let documented: Vec<BTreeSet<&str>> =
        rows.map(|row| row.split('`').filter(|code| code.starts_with("ecr:")).collect()).collect();
    let ways = OUTCOMES.iter().flat_map(|outcome| outcome.ways());
    let ours: Vec<BTreeSet<&str>> = ways.map(|way| way.iter().map(|action| action.name).collect()).collect();
    assert_eq!(documented, ours);
    for outcome in OUTCOMES {
        assert!(table.contains(&format!("| `{}`: {} |", outcome.name, outcome.what)), "{}", outcome.name);
    }
}
