//! A Lambda function whose image a retention can delete.

use super::subject::{Images, Subject};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::Tags;
use crate::platform::{Access, Platform};
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "lambda-image-deleted",
        severity: Severity::Warning,
        what: "A lifecycle rule can delete or archive the image of a Lambda function.",
        why: "Lambda does not keep its copy of the image forever. A function that has been idle for weeks becomes inactive, and \
          Lambda pulls its image again on the next invocation. If the image was deleted or archived in the meantime, the \
          function fails. No rule sees which image a function runs. The warning goes away if one tag class is always \
          kept: deploy functions from that class, or move a tag of that class to each deployed image.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
account: \"123456789012\"
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 30, of: release }, { expire_after: 7d, of: untagged }] }
access:
  image-processor: { can: [pull], repositories: [shop], lambda: { functions: [image-processor] } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
account: \"123456789012\"
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: all, of: release }, { expire_after: 7d, of: untagged }] }
access:
  image-processor: { can: [pull], repositories: [shop], lambda: { functions: [image-processor] } }
",
        ),
        source: "Lambda developer guide, \"Create a Lambda function using a container image\", \"Function lifecycle\"",
        is_claim: false,
    },
    check: |facts| {
        let platform = facts.platform;
        Subject::all(facts)
            .filter_map(|subject| finding(&subject, functions(platform, &subject.repository.key)?))
            .collect()
    },
};

/// The entry of Lambda functions that pull from a repository.
fn functions<'p>(platform: &'p Platform, repository: &str) -> Option<&'p Access> {
    let pulls = |access: &&Access| access.principal.kind().key == "lambda" && access.repositories.contains(repository);
    platform.access.iter().find(pulls)
}

fn finding(subject: &Subject, functions: &Access) -> Option<Finding> {
    let all: Vec<&Images> = subject.steady.iter().chain(&subject.moving).collect();
    if all.iter().any(|images| is_always_kept(subject, images)) {
        return None;
    }
    let (rule, image) = match all.as_slice() {
        [] => (first_that_deletes(subject)?, "a tagged image".to_owned()),
        _ => all.iter().find_map(|images| {
            let owner = images.tags.iter().find_map(|tags| subject.owner(tags))?;
            Some((owner, format!("an image of class `{}`", images.class.name)))
        })?,
    };
    let message = format!(
        "Lambda pulls the image of an idle function again, but {} {}",
        subject.name(rule),
        subject.fate(rule, &image)?
    );
    let help = match (subject.is_raw(), all.first()) {
        (false, Some(images)) => {
            format!("keep all images that functions run, for example with `{{ keep: all, of: {} }}` as the first rule", images.class.name)
        }
        _ => "keep all images that functions run: before this rule, add one for their tags with `countType: imageCountMoreThan` and `countNumber: 999999`".to_owned(),
    };
    let found = subject.finding(&RULE, rule, message).label("can delete the image of a function");
    Some(found.and(functions.span, "these functions run images of the repository").help(help))
}

/// Whether no rule ever deletes or archives an image of a class.
fn is_always_kept(subject: &Subject, images: &Images) -> bool {
    images.tags.iter().all(|tags| subject.owner(tags).is_none_or(|rule| subject.keeps_all(rule)))
}

/// Without declared classes: the first rule that can delete a tagged image, if no earlier rule keeps tagged images.
fn first_that_deletes(subject: &Subject) -> Option<usize> {
    let mut tagged = subject.order.iter().copied().filter(|&rule| subject.selection(rule).tags != Tags::Untagged);
    tagged.next().filter(|&rule| !subject.keeps_all(rule))
}
