//! Verdicts on images, case by case.

use std::num::NonZeroU32;

use ecrgen::lifecycle::{
    Action, Criterion, Doubt, Image, Outcome, Pattern, Policy, Rule, Selection, Storage, TagList, Tags, Tie, Verdict,
    evaluate,
};

use super::model::INDEX;
use ecrgen::time::Time;

const DAY: i64 = 86_400;
const NOW: Time = Time(1_800_000_000);

/// A policy with these rules in the order of their priorities.
pub fn policy(rules: impl IntoIterator<Item = (Tags, Criterion, Action)>) -> Policy {
    let rule = |(position, (tags, criterion, action))| Rule {
        priority: number(position),
        description: None,
        selection: Selection { tags, criterion },
        action,
    };
    Policy { rules: (1..).zip(rules).map(rule).collect() }
}

/// A number of days or images.
pub fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap()
}

/// Images with a tag that matches this pattern.
pub fn tagged(pattern: &str) -> Tags {
    Tags::Tagged(TagList::Patterns(vec![Pattern::new(pattern).unwrap()]))
}

/// An image that was pushed this many seconds ago.
pub fn image(digest: &str, tag: Option<&str>, age: i64) -> Image {
    Image {
        digest: digest.to_owned(),
        tags: tag.into_iter().map(str::to_owned).collect(),
        pushed: Time(NOW.0 - age),
        pulled: None,
        storage: Storage::Standard { activated_at: None },
        size: 0,
        media_type: None,
        subject: None,
        children: Vec::new(),
    }
}

fn archived(image: Image, age: i64) -> Image {
    Image { storage: Storage::Archive { archived_at: Time(NOW.0 - age) }, ..image }
}

fn restored(image: Image, age: i64) -> Image {
    Image { storage: Storage::Standard { activated_at: Some(Time(NOW.0 - age)) }, ..image }
}

fn verdict(policy: &Policy, images: &[Image], digest: &str) -> Verdict {
    let position = images.iter().position(|image| image.digest == digest).unwrap();
    evaluate(policy, images, NOW)[position]
}

fn outcome(policy: &Policy, image: Image) -> Outcome {
    evaluate(policy, &[image], NOW)[0].outcome
}

const EXPIRE: Action = Action::Expire;
const ARCHIVE: Action = Action::TransitionToArchive;

fn count(keep: u32) -> Criterion {
    Criterion::CountMoreThan(number(keep))
}

fn pushed(days: u32) -> Criterion {
    Criterion::SincePushed { days: number(days) }
}

fn transitioned(days: u32) -> Criterion {
    Criterion::SinceTransitioned { days: number(days) }
}

#[test]
fn expires_an_image_one_second_after_it_reaches_the_age() {
    let policy = policy([(Tags::Any, pushed(7), EXPIRE)]);
    assert_eq!(outcome(&policy, image("a", None, 7 * DAY)), Outcome::Kept);
    assert_eq!(outcome(&policy, image("a", None, 7 * DAY + 1)), Outcome::Expired);
}

#[test]
fn treats_the_push_as_the_last_pull_of_an_image_that_was_never_pulled() {
    let policy = policy([(Tags::Any, Criterion::SincePulled { days: number(90) }, ARCHIVE)]);
    assert_eq!(outcome(&policy, image("a", None, 91 * DAY)), Outcome::Archived);
    let pulled = |age| Image { pulled: Some(Time(NOW.0 - age)), ..image("a", None, 91 * DAY) };
    assert_eq!(outcome(&policy, pulled(90 * DAY)), Outcome::Kept);
    assert_eq!(outcome(&policy, pulled(90 * DAY + 1)), Outcome::Archived);
}

#[test]
fn restoring_an_image_resets_its_time_since_pull() {
    let policy = policy([(Tags::Any, Criterion::SincePulled { days: number(90) }, ARCHIVE)]);
    let pulled_before = Image { pulled: Some(Time(NOW.0 - 100 * DAY)), ..image("a", None, 200 * DAY) };
    assert_eq!(outcome(&policy, restored(pulled_before.clone(), 90 * DAY)), Outcome::Kept);
    assert_eq!(outcome(&policy, restored(pulled_before, 90 * DAY + 1)), Outcome::Archived);
}

#[test]
fn time_in_the_archive_starts_when_the_image_was_archived() {
    let policy = policy([(Tags::Any, transitioned(90), EXPIRE)]);
    assert_eq!(outcome(&policy, archived(image("a", None, 400 * DAY), 90 * DAY)), Outcome::Kept);
    assert_eq!(outcome(&policy, archived(image("a", None, 400 * DAY), 90 * DAY + 1)), Outcome::Expired);
    assert_eq!(outcome(&policy, image("a", None, 400 * DAY)), Outcome::Kept);
}

#[test]
fn a_count_treats_a_restored_image_as_new() {
    let policy = policy([(Tags::Any, count(1), EXPIRE)]);
    let images = [restored(image("old", None, 9 * DAY), DAY), image("new", None, 2 * DAY)];
    assert_eq!(verdict(&policy, &images, "old").outcome, Outcome::Kept);
    assert_eq!(verdict(&policy, &images, "new").outcome, Outcome::Expired);
}

#[test]
fn names_the_claiming_rule_even_if_it_keeps_the_image() {
    let policy = policy([(tagged("v*"), count(1), EXPIRE), (Tags::Any, pushed(1), EXPIRE)]);
    let images = [image("v", Some("v1"), 9 * DAY), image("other", Some("x"), 9 * DAY)];
    let kept = Verdict { outcome: Outcome::Kept, claimed_by: Some(0), acted_by: None, tie: None, doubt: None };
    assert_eq!(verdict(&policy, &images, "v"), kept);
    let expired = Verdict { outcome: Outcome::Expired, claimed_by: Some(1), acted_by: Some(1), tie: None, doubt: None };
    assert_eq!(verdict(&policy, &images, "other"), expired);
}

#[test]
fn applies_rules_by_priority_instead_of_text_order() {
    let mut policy = policy([(tagged("*"), pushed(1), EXPIRE), (tagged("v*"), count(9), EXPIRE)]);
    policy.rules[0].priority = number(20);
    assert_eq!(outcome(&policy, image("a", Some("v1"), 9 * DAY)), Outcome::Kept);
}

/// An old image index with the two old manifests that it lists.
fn multi_platform() -> [Image; 3] {
    let children = vec!["amd64".to_owned(), "arm64".to_owned()];
    [
        Image { children, media_type: Some(INDEX.to_owned()), ..image("index", Some("v1"), 30 * DAY) },
        image("amd64", None, 30 * DAY),
        image("arm64", None, 30 * DAY),
    ]
}

#[test]
fn keeps_untagged_manifests_that_an_index_lists() {
    let policy = policy([(Tags::Untagged, pushed(7), EXPIRE)]);
    let held =
        Verdict { outcome: Outcome::Kept, claimed_by: Some(0), acted_by: None, tie: Some(Tie::HeldBy(0)), doubt: None };
    assert_eq!(verdict(&policy, &multi_platform(), "amd64"), held);
}

#[test]
fn expires_the_manifests_of_an_index_in_a_later_run() {
    let policy = policy([(tagged("v*"), pushed(7), EXPIRE), (Tags::Untagged, pushed(7), EXPIRE)]);
    let images = multi_platform();
    assert_eq!(verdict(&policy, &images, "index").outcome, Outcome::Expired);
    assert_eq!(verdict(&policy, &images, "amd64").outcome, Outcome::Kept);
    assert_eq!(verdict(&policy, &images[1..], "amd64").outcome, Outcome::Expired);
}

#[test]
fn archives_the_manifests_of_an_archived_index() {
    let policy = policy([(Tags::Any, pushed(7), ARCHIVE)]);
    let [index, amd64, arm64] = multi_platform();
    let images = [archived(index, DAY), amd64, arm64];
    assert_eq!(verdict(&policy, &images, "amd64").outcome, Outcome::Archived);
}

#[test]
fn expires_a_signature_together_with_its_subject() {
    let policy = policy([(Tags::Untagged, pushed(7), EXPIRE), (tagged("v*"), count(1), EXPIRE)]);
    let signature = Image { subject: Some("old".to_owned()), ..image("signature", None, DAY) };
    let images = [image("new", Some("v2"), DAY), image("old", Some("v1"), 2 * DAY), signature];
    let follows = Verdict {
        outcome: Outcome::Expired,
        claimed_by: Some(0),
        acted_by: Some(1),
        tie: Some(Tie::Follows(1)),
        doubt: None,
    };
    assert_eq!(verdict(&policy, &images, "signature"), follows);
}

#[test]
fn expires_a_chain_of_referrers_together_with_the_image() {
    let policy = policy([(tagged("v*"), pushed(7), EXPIRE)]);
    let refers = |digest, subject: &str| Image { subject: Some(subject.to_owned()), ..image(digest, None, DAY) };
    let images = [refers("signature of sbom", "sbom"), refers("sbom", "image"), image("image", Some("v1"), 9 * DAY)];
    assert_eq!(verdict(&policy, &images, "signature of sbom").outcome, Outcome::Expired);
}

#[test]
fn expires_a_long_chain_of_referrers_listed_before_their_subjects() {
    let policy = policy([(tagged("v*"), pushed(7), EXPIRE)]);
    let referrer = |i: usize| Image { subject: Some((i + 1).to_string()), ..image(&i.to_string(), None, DAY) };
    let last = image("20000", Some("v1"), 9 * DAY);
    let images: Vec<Image> = (0..20_000).map(referrer).chain([last]).collect();
    let verdicts = evaluate(&policy, &images, NOW);
    assert!(verdicts.iter().all(|verdict| verdict.outcome == Outcome::Expired));
    assert_eq!(verdicts[0].tie, Some(Tie::Follows(1)));
}

#[test]
fn an_image_that_depends_on_a_cycle_is_independent_too() {
    let policy = policy([(tagged("v*"), pushed(7), EXPIRE)]);
    let image = |digest, subject: &str, tag| Image { subject: Some(subject.to_owned()), ..image(digest, tag, 9 * DAY) };
    let images =
        [image("first", "a", None), image("a", "b", Some("v1")), image("b", "a", None), image("last", "b", Some("v2"))];
    let outcomes = evaluate(&policy, &images, NOW).into_iter().map(|verdict| verdict.outcome);
    assert_eq!(outcomes.collect::<Vec<_>>(), [Outcome::Kept, Outcome::Expired, Outcome::Kept, Outcome::Expired]);
}

#[test]
fn treats_images_in_a_dependency_cycle_as_independent() {
    let policy = policy([(Tags::Any, pushed(7), EXPIRE)]);
    let refers = |digest, subject: &str| Image { subject: Some(subject.to_owned()), ..image(digest, None, 9 * DAY) };
    let images = [refers("a", "b"), refers("b", "a"), refers("self", "self")];
    assert!(evaluate(&policy, &images, NOW).iter().all(|verdict| verdict.outcome == Outcome::Expired));
}

#[test]
fn doubts_images_of_the_same_second_at_the_limit_of_a_count() {
    let policy = policy([(Tags::Any, count(2), EXPIRE)]);
    let images = [image("a", None, 1), image("b", None, 2), image("c", None, 2), image("d", None, 3)];
    let doubts: Vec<Option<Doubt>> = evaluate(&policy, &images, NOW).iter().map(|verdict| verdict.doubt).collect();
    assert_eq!(doubts, [None, Some(Doubt::Tied), Some(Doubt::Tied), None]);
}

#[test]
fn is_certain_about_images_of_the_same_second_away_from_the_limit() {
    let policy = policy([(Tags::Any, count(2), EXPIRE)]);
    let images = [image("a", None, 1), image("b", None, 1), image("c", None, 2), image("d", None, 2)];
    assert!(evaluate(&policy, &images, NOW).iter().all(|verdict| verdict.doubt.is_none()));
}

#[test]
fn doubts_an_image_that_exceeds_a_count_only_because_of_manifests() {
    let policy = policy([(Tags::Any, count(3), EXPIRE)]);
    let old = [image("old", Some("v0"), 60 * DAY), image("older", Some("v00"), 90 * DAY)];
    let images = [multi_platform().as_slice(), &old].concat();
    let doubtful = verdict(&policy, &images, "old");
    assert_eq!((doubtful.outcome, doubtful.doubt), (Outcome::Expired, Some(Doubt::Counting)));
}

#[test]
fn doubts_a_restored_image_if_only_its_push_is_old() {
    let policy = policy([(Tags::Any, pushed(30), EXPIRE)]);
    let doubt = |pushed, activated| evaluate(&policy, &[restored(image("a", None, pushed), activated)], NOW)[0].doubt;
    assert_eq!(doubt(90 * DAY, 10 * DAY), Some(Doubt::Restored));
    assert_eq!(doubt(90 * DAY, 60 * DAY), None);
    assert_eq!(doubt(20 * DAY, 10 * DAY), None);
}

#[test]
fn doubts_an_untagged_image_if_an_index_has_no_list_of_manifests() {
    let policy = policy([(Tags::Untagged, pushed(7), EXPIRE)]);
    let [index, amd64, _] = multi_platform();
    let images = [Image { children: Vec::new(), ..index }, amd64];
    assert_eq!(verdict(&policy, &images, "amd64").doubt, Some(Doubt::UnlistedIndex));
    assert_eq!(verdict(&policy, &images[1..], "amd64").doubt, None);
}

#[test]
fn doubts_whether_an_archived_index_keeps_its_manifests() {
    let policy = policy([(Tags::Untagged, pushed(7), EXPIRE)]);
    let verdict = |age| {
        let [index, amd64, arm64] = multi_platform();
        verdict(&policy, &[archived(index, age), amd64, arm64], "amd64")
    };
    let (held, released) = (verdict(DAY - 1), verdict(DAY));
    assert_eq!((held.outcome, held.tie), (Outcome::Kept, Some(Tie::HeldBy(0))));
    assert_eq!((released.outcome, released.tie), (Outcome::Expired, None));
    assert_eq!((held.doubt, released.doubt), (None, Some(Doubt::ArchivedIndex)));
}

#[test]
fn doubts_the_order_of_restored_images_in_a_count() {
    let policy = policy([(Tags::Any, count(2), EXPIRE)]);
    let images = |age| [restored(image("old", None, age), DAY), image("a", None, 2 * DAY), image("b", None, 3 * DAY)];
    let verdicts = evaluate(&policy, &images(9 * DAY), NOW);
    assert_eq!(
        verdicts.iter().map(|v| v.outcome).collect::<Vec<_>>(),
        [Outcome::Kept, Outcome::Kept, Outcome::Expired]
    );
    let doubt = Some(Doubt::RestoredOrder);
    assert_eq!(verdicts.iter().map(|v| v.doubt).collect::<Vec<_>>(), [doubt, None, doubt]);
    // It is among the newest two in either order.
    assert!(evaluate(&policy, &images(2 * DAY - 1), NOW).iter().all(|verdict| verdict.doubt.is_none()));
}

#[test]
fn archives_an_active_referrer_of_an_archived_subject() {
    let nothing = policy([(Tags::Any, pushed(999), EXPIRE)]);
    let refers = |digest, subject: &str| Image { subject: Some(subject.to_owned()), ..image(digest, None, DAY) };
    let images =
        [archived(image("image", Some("v1"), 9 * DAY), 2 * DAY), refers("sbom", "image"), refers("signature", "sbom")];
    let verdicts = evaluate(&nothing, &images, NOW);
    assert_eq!(verdicts[0].outcome, Outcome::Kept);
    for verdict in &verdicts[1..] {
        assert_eq!((verdict.outcome, verdict.acted_by, verdict.doubt), (Outcome::Archived, None, None));
    }
    let already = archived(refers("sbom", "image"), DAY);
    assert_eq!(verdict(&nothing, &[images[0].clone(), already], "sbom").outcome, Outcome::Kept);
}

#[test]
fn doubts_a_referrer_that_only_its_own_rule_would_expire() {
    let policy = policy([(Tags::Untagged, pushed(7), EXPIRE)]);
    let signature = Image { subject: Some("image".to_owned()), ..image("signature", None, 9 * DAY) };
    let kept = verdict(&policy, &[image("image", Some("v1"), 9 * DAY), signature], "signature");
    assert_eq!((kept.outcome, kept.doubt), (Outcome::Kept, Some(Doubt::Referrer)));
}

#[test]
fn is_certain_to_keep_the_manifests_of_an_index() {
    let policy = policy([(Tags::Untagged, count(1), EXPIRE)]);
    let kept = |digest| verdict(&policy, &multi_platform(), digest);
    assert_eq!((kept("amd64").outcome, kept("amd64").doubt), (Outcome::Kept, None));
    assert_eq!((kept("arm64").outcome, kept("arm64").doubt), (Outcome::Kept, None));
}

#[test]
fn an_empty_list_matches_nothing() {
    let policy = policy([(Tags::Tagged(TagList::Patterns(Vec::new())), pushed(1), EXPIRE)]);
    assert_eq!(outcome(&policy, image("a", Some("v1"), 9 * DAY)), Outcome::Kept);
}

#[test]
fn the_largest_numbers_keep_everything() {
    assert_eq!(outcome(&policy([(Tags::Any, count(u32::MAX), EXPIRE)]), image("a", None, 9 * DAY)), Outcome::Kept);
    assert_eq!(outcome(&policy([(Tags::Any, pushed(u32::MAX), EXPIRE)]), image("a", None, 9 * DAY)), Outcome::Kept);
}

#[test]
fn nothing_happens_without_rules_or_images() {
    assert_eq!(outcome(&policy([]), image("a", None, 9 * DAY)), Outcome::Kept);
    assert_eq!(evaluate(&policy([(Tags::Any, count(1), EXPIRE)]), &[], NOW), []);
}
