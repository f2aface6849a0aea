//! A tag that is the same for several images, in a repository whose tags cannot be moved.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::image_tags::class::Class;
use crate::platform::naming::template::{Piece, pieces};
use crate::platform::{Platform, Repository};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "tag-cannot-move",
        severity: Severity::Warning,
        what: "The tags of a class do not change from build to build, and the repository does not allow tags to move.",
        why: "ECR rejects the second push of a tag to an immutable repository, so the pipeline fails on its second run. If the \
              tag is meant to follow the newest image, the class needs `moving: true`.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { latest: latest }
repositories: { shop: {} }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { latest: { tag: latest, moving: true } }
repositories: { shop: {} }
",
        ),
        source: "ECR user guide, \"Preventing image tags from being overwritten in Amazon ECR\"",
        is_claim: false,
    },
    check,
};

/// The placeholders whose values differ from build to build.
const CHANGING: &[&str] = &["version", "git_tag", "sha", "timestamp", "date", "any"];

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let unmoved = platform.classes.here.iter().filter(|class| class.moving.is_none() && !changes(class));
    unmoved.filter_map(|class| finding(platform, class)).collect()
}

fn changes(class: &Class) -> bool {
    pieces(&class.template).any(|piece| match piece {
        Piece::Placeholder(name) => CHANGING.iter().any(|changing| name.split(':').next() == Some(changing)),
        Piece::Literal(_) => false,
    })
}

fn finding(platform: &Platform, class: &Class) -> Option<Finding> {
    // With an error in it or in the defaults, a repository may be meant to be mutable.
    let is_certain = |one: &Repository| platform.gaps.spare(&one.path());
    let immutable = platform.all_repositories().filter(|one| one.mutability.immutable && is_certain(one));
    let immutable: Vec<&Repository> = immutable.collect();
    let first = immutable.first()?;
    let which = match immutable.len() {
        1 => format!("repository `{}`", first.key),
        count => format!("repository `{}` and {} more", first.key, count - 1),
    };
    let (name, tag) = (&class.name, class.template.as_str());
    let message = format!("every image of class `{name}` gets the tag `{tag}`, which {which} accepts only once");
    let found = RULE.finding(class.template.span, message).label("does not change from build to build");
    let help = format!("if the tag is to move to the newest image, write `{name}: {{ tag: \"{tag}\", moving: true }}`");
    Some(found.help(help).at(format!("image_tags.{name}")))
}
