//! Applies and destroys the twins' root modules.

use super::account::life::Applied;
use super::account::parliament;
use super::rendering::{distinct, twin, twin_names};
use super::workspace::{self, Asked};
use super::{audited, piksel, questions};

/// The twins that the tests below apply. Twins that compile to the same files are applied once.
const APPLIED: [&str; 2] = ["piksel", "piksel-audited"];

#[test]
fn every_twin_is_applied() {
    let of_piksel = twin_names().into_iter().filter(|name| name.starts_with("piksel"));
    let groups = distinct(of_piksel.map(|name| (name.clone(), twin(&name))));
    for (names, _) in groups {
        let applied = names.iter().filter(|name| APPLIED.contains(&name.as_str()));
        assert_eq!(applied.count(), 1, "one of {names:?}");
    }
}

#[test]
fn piksel_is_applied_and_destroyed() {
    let Some(applied) = Applied::twin("piksel", 19) else { return };
    let asked_by_plan = applied.settles();
    let account = applied.account();
    piksel::is_there(&account, applied.prepared["issuer"].as_str().expect("a text"));
    questions::are_answered(&account, applied.prepared["issuer"].as_str().expect("a text"));
    for kind in ["trails", "buckets", "event_rules", "log_groups", "log_policies", "topics"] {
        assert!(account.names(kind).is_empty(), "monitoring is off unless the spec wants it: {kind}");
    }
    workspace::roles_are_there(&account);
    parliament::finds_nothing(&applied.moto);
    workspace::boundary_is_there(&account);
    applied.protects(&["aws_ecr_repository.piksel_core"]);
    let asked = Asked {
        plan: asked_by_plan,
        apply: applied.asked.clone(),
        destroy: applied.destroys_completely(&["ecr:DeleteRepository"]),
    };
    workspace::permissions_suffice(&account, &asked);
}

#[test]
fn piksel_audited_is_applied_and_destroyed() {
    let Some(applied) = Applied::twin("piksel-audited", 40) else { return };
    let asked_by_plan = applied.settles();
    let account = applied.account();
    piksel::is_there(&account, applied.prepared["issuer"].as_str().expect("a text"));
    audited::is_there(&account);
    audited::events_arrive(&applied.moto);
    workspace::roles_are_there(&account);
    parliament::finds_nothing(&applied.moto);
    workspace::boundary_is_there(&account);
    applied.protects(&["aws_ecr_repository.piksel_core", "aws_s3_bucket.ecr_trail"]);
    let asked = Asked {
        plan: asked_by_plan,
        apply: applied.asked.clone(),
        destroy: applied.destroys_completely(&["ecr:DeleteRepository"]),
    };
    workspace::permissions_suffice(&account, &asked);
}
