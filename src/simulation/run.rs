//! Simulation of one policy over one inventory at one point in time.

use super::outcome::ImageOutcome;
use crate::inventory::{Inventory, Usage, Uses};
use crate::lifecycle::{Criterion, Doubt, Forecast, Image, Outcome, Policy, StorageClass, Tie, Verdict, foresee};
use crate::prose::count;
use crate::time::Time;
use crate::value::Count;

/// What a policy would do to the images of a repository.
#[derive(Clone, Debug)]
pub struct Simulation<'i> {
    /// The repository's name.
    pub name: String,
    /// Its images.
    pub images: &'i [Image],
    /// The time of the simulation.
    pub at: Time,
    /// What happens to each image, in the order of `images`.
    pub outcomes: Vec<ImageOutcome>,
    /// Whether the listing has all images.
    pub complete: bool,
    /// References in use that match no image.
    pub unanswered: Vec<String>,
    /// Remarks in addition to the verdicts, one sentence each.
    pub remarks: Vec<String>,
}

impl Simulation<'_> {
    /// Images in use that this run would expire or archive, or that would follow because their image index does.
    pub fn lost_in_use(&self) -> impl Iterator<Item = (&Image, &ImageOutcome)> {
        let follows = |outcome: &ImageOutcome| outcome.follows_index && outcome.is_certain();
        self.in_use().filter(move |(_, outcome)| outcome.goes_for_certain() || follows(outcome))
    }

    /// Images in use for which that is uncertain.
    pub fn endangered_in_use(&self) -> impl Iterator<Item = (&Image, &ImageOutcome)> {
        let follows = |outcome: &ImageOutcome| outcome.follows_index && !outcome.is_certain();
        self.in_use().filter(move |(_, outcome)| outcome.may_go() || follows(outcome))
    }

    fn in_use(&self) -> impl Iterator<Item = (&Image, &ImageOutcome)> {
        self.images.iter().zip(&self.outcomes).filter(|(_, outcome)| !outcome.used_by.is_empty())
    }

    /// Images in use that this run keeps and a later run would expire or archive, unless they are replaced first.
    pub fn lost_later(&self) -> impl Iterator<Item = (&Image, &ImageOutcome)> {
        let now = |outcome: &ImageOutcome| outcome.goes() || outcome.may_go() || outcome.follows_index;
        self.in_use().filter(move |(_, outcome)| outcome.when.is_some() && !now(outcome))
    }
}

/// Runs a policy over an inventory.
pub fn simulate<'i>(policy: &Policy, inventory: &'i Inventory, usage: &Usage, at: Time) -> Simulation<'i> {
    let images = inventory.images.as_slice();
    let (verdicts, forecasts) = foresee(policy, images, at);
    let judge = Judge {
        policy,
        images,
        follows_index: following(&verdicts, &forecasts),
        verdicts,
        forecasts,
        complete: inventory.complete,
        typeless: images.iter().any(|image| image.media_type.is_none() && image.children.is_empty()),
    };
    let Uses { by_image, unanswered, remarks } = usage.of(inventory);
    let outcomes = by_image.into_iter().enumerate().map(|(i, uses)| {
        let used_by = uses.into_iter().map(ToString::to_string).collect();
        judge.outcome(i, used_by)
    });
    Simulation {
        name: inventory.repository.clone().unwrap_or_default(),
        images,
        at,
        outcomes: outcomes.collect(),
        complete: inventory.complete,
        unanswered: unanswered.into_iter().map(ToString::to_string).collect(),
        remarks: inventory
            .remarks
            .iter()
            .cloned()
            .chain(remarks)
            .chain(without_archive(policy, images))
            .chain(dead_rules(policy))
            .collect(),
    }
}

/// Remarks on a listing without archived images: DescribeImages only lists them on request.
fn without_archive(policy: &Policy, images: &[Image]) -> Option<String> {
    let of_archive = |rule: &crate::lifecycle::Rule| rule.selection.criterion.storage_class() == StorageClass::Archive;
    let listed = images.iter().any(|image| image.storage_class() == StorageClass::Archive);
    (policy.rules.iter().any(of_archive) && !listed).then(|| {
        "a rule acts on archived images, but the listing has none: list them with `--filter imageStatus=ANY`".into()
    })
}

/// Remarks on rules that never act on any image, listed or not.
fn dead_rules(policy: &Policy) -> impl Iterator<Item = String> {
    policy.by_priority().into_iter().filter_map(|rule| policy.never_acts(rule))
}

/// For each image, whether an index that keeps it goes in this run or right after it, and the image goes next.
///
/// Indexes can be nested: each image is looked at once, because what holds for an index that follows another one holds for
/// its images too. A listing can nest thousands of them, so this does not recurse. No two of them contain each other.
fn following(verdicts: &[Verdict], forecasts: &[Forecast]) -> Vec<bool> {
    let mut follows: Vec<Option<bool>> = vec![None; verdicts.len()];
    let mut nested = Vec::new();
    for start in 0..verdicts.len() {
        let mut image = start;
        let answer = loop {
            if let Some(known) = follows[image] {
                break known;
            }
            nested.push(image);
            let Some(Tie::HeldBy(index)) = verdicts[image].tie else { break false };
            let (own, of_index) = (forecasts[image].acted_on, forecasts[index].acted_on);
            if own.zip(of_index).is_none_or(|(own, time)| own > time.next_day()) {
                break false;
            }
            if verdicts[index].outcome != Outcome::Kept {
                break true;
            }
            image = index;
        };
        nested.drain(..).for_each(|image| follows[image] = Some(answer));
    }
    follows.into_iter().map(Option::unwrap_or_default).collect()
}

/// What is known about all images when evaluating one.
struct Judge<'s> {
    policy: &'s Policy,
    images: &'s [Image],
    verdicts: Vec<Verdict>,
    forecasts: Vec<Forecast>,
    /// Whether an index that keeps the image goes in this run or right after it, and the image goes next.
    follows_index: Vec<bool>,
    complete: bool,
    typeless: bool,
}

impl Judge<'_> {
    fn outcome(&self, image: usize, used_by: Vec<String>) -> ImageOutcome {
        let verdict = &self.verdicts[image];
        let doubt = self.doubt(image);
        let claimed = verdict.claimed_by.map_or(Outcome::Kept, |rule| self.policy.rules[rule].action.into());
        // A referrer that follows a subject in the archive is archived by no rule.
        let rule = verdict.acted_by.or(verdict.claimed_by.filter(|_| verdict.outcome == Outcome::Kept));
        ImageOutcome {
            kind: verdict.outcome,
            rule: rule.map(|rule| self.policy.rules[rule].priority.get()),
            possible: doubt.is_some().then_some(if verdict.outcome == Outcome::Kept {
                claimed
            } else {
                verdict.outcome
            }),
            doubt,
            doubt_of_dates: self.forecasts[image].doubt.map(|doubt| doubt.to_string()),
            follows_index: self.follows_index[image],
            reason: self.reason(image),
            when: self.forecasts[image].acted_on,
            gone: self.forecasts[image].gone,
            used_by,
        }
    }

    /// Returns why the outcome is uncertain: something that AWS does not specify or that the listing does not contain.
    fn doubt(&self, image: usize) -> Option<String> {
        let verdict = &self.verdicts[image];
        if let Some(doubt) = verdict.doubt {
            return Some(doubt.to_string());
        }
        if let Some(Tie::Follows(subject)) = verdict.tie {
            return self.incomplete(subject);
        }
        self.incomplete(image)
    }

    fn incomplete(&self, image: usize) -> Option<String> {
        let verdict = &self.verdicts[image];
        let untagged = self.images[image].tags.is_empty();
        if verdict.outcome != Outcome::Kept {
            let hidden = untagged && (self.typeless || !self.complete) && self.images[image].subject.is_none();
            return hidden.then(|| Doubt::UnlistedIndex.to_string());
        }
        let counted = verdict.claimed_by.map(|rule| self.policy.rules[rule].selection.criterion);
        let open = !self.complete && verdict.tie.is_none() && matches!(counted, Some(Criterion::CountMoreThan(_)));
        open.then(|| "the listing is incomplete: newer images on the missing pages would be counted first".into())
    }

    fn reason(&self, image: usize) -> String {
        let verdict = &self.verdicts[image];
        let by_rule = |rule: usize, acts: bool| {
            let rule = &self.policy.rules[rule];
            format!("rule {}: {}", rule.priority, measure(rule.selection.criterion, acts))
        };
        let own = match (verdict.acted_by, verdict.claimed_by) {
            (Some(rule), _) => by_rule(rule, true),
            (None, Some(rule)) => by_rule(rule, matches!(verdict.tie, Some(Tie::HeldBy(_)))),
            (None, None) => "no rule matches it".into(),
        };
        match verdict.tie {
            None => own,
            Some(Tie::HeldBy(index)) if self.follows_index[image] => {
                format!("{own}, and it goes after image index {}", short_digest(&self.images[index].digest))
            }
            Some(Tie::HeldBy(index)) => {
                format!("{own}, but image index {} still lists it", short_digest(&self.images[index].digest))
            }
            Some(Tie::Follows(subject)) => {
                let subject = short_digest(&self.images[subject].digest);
                match (verdict.acted_by, verdict.outcome) {
                    (Some(_), _) => format!("follows its subject {subject} ({own})"),
                    (None, Outcome::Kept) => format!("kept with its subject {subject}"),
                    (None, _) => format!("follows its subject {subject}, which is in the archive"),
                }
            }
        }
    }
}

/// Describes an image in terms of a rule's criterion, beyond its limit or not.
fn measure(criterion: Criterion, beyond: bool) -> String {
    let days = |n: std::num::NonZeroU32| count(n.get() as usize, "day");
    match (criterion, beyond) {
        (Criterion::CountMoreThan(keep), false) if keep.get() == Count::ALL => "all of them are kept".to_owned(),
        (Criterion::CountMoreThan(keep), true) => format!("not among the newest {keep}"),
        (Criterion::CountMoreThan(keep), false) => format!("among the newest {keep}"),
        (Criterion::SincePushed { days: n }, true) => format!("pushed more than {} ago", days(n)),
        (Criterion::SincePushed { days: n }, false) => format!("pushed no more than {} ago", days(n)),
        (Criterion::SincePulled { days: n }, true) => format!("last pulled more than {} ago", days(n)),
        (Criterion::SincePulled { days: n }, false) => format!("last pulled no more than {} ago", days(n)),
        (Criterion::SinceTransitioned { days: n }, true) => format!("archived more than {} ago", days(n)),
        (Criterion::SinceTransitioned { days: n }, false) => format!("archived no more than {} ago", days(n)),
    }
}

/// Shortens a digest to its algorithm and the first twelve digits.
pub fn short_digest(digest: &str) -> &str {
    let end = digest.find(':').map_or(12, |colon| colon + 13);
    digest.get(..end).unwrap_or(digest)
}
