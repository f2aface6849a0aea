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
          function fails. Lifecycle rules cannot tell which image a function runs. The warning goes away if one tag class is \
          always kept: deploy functions from that class, or move a tag of that class to each deployed image.",
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
            .filter_map(|subject| finding(subject, functions(platform, &subject.repository.key)?))
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
            let owner = subject.owners_of(images).into_iter().flatten().next()?;
            Some((owner, format!("an image of class `{}`", images.class.name)))
        })?,
    };
    let message = format!(
        "{} {}, but Lambda pulls the image of an idle function again",
        subject.name(rule),
        subject.fate(rule, &image)?
    );
    let help = match (subject.is_raw(), all.first()) {
        (false, Some(images)) => {
            keep_all(subject, rule, &images.class.name)
        }
        (false, None) => "replace the number of images or days with `keep: all` in the rule for the images that functions run".to_owned(),
        _ => "keep all images that functions run: before this rule, add one for their tags with `countType: imageCountMoreThan` and `countNumber: 999999`".to_owned(),
    };
    let found = subject.finding(&RULE, rule, message).label("can delete the image of a function");
    Some(found.and(functions.span, "these functions run images of the repository").help(help))
}

/// Keeps all images of a class. Two rules for the same tags are an error.
fn keep_all(subject: &Subject, rule: usize, class: &str) -> String {
    let of_class = subject.written(rule).filter(|written| {
        let mut names = written.of.iter().map(|of| &of.0).chain(written.of_each.iter().flatten());
        names.any(|name| name.as_str() == class)
    });
    let Some(written) = of_class else {
        return format!(
            "put `{{ keep: all, of: {class} }}` first, and let functions run only images of class `{class}`"
        );
    };
    let days = written.expire_after.as_ref().map(|days| ("expire_after", days));
    let days = days.or(written.archive_after.as_ref().map(|days| ("archive_after", days)));
    let days = days.or(written.archive_unpulled_after.as_ref().map(|days| ("archive_unpulled_after", days)));
    let old = match (days, subject.keeps(rule)) {
        (Some((key, days)), _) => format!("{key}: {}", days.as_str()),
        (None, newest) => format!("keep: {}", newest.unwrap_or_default()),
    };
    let then = if written.then.is_some() { ", remove `then`" } else { "" };
    format!(
        "replace `{old}` with `keep: all` in {}{then}, and let functions run only images of class `{class}`",
        subject.name(rule)
    )
}

/// Whether no rule ever deletes or archives an image of a class.
fn is_always_kept(subject: &Subject, images: &Images) -> bool {
    subject.owners_of(images).into_iter().flatten().all(|rule| subject.keeps_all(rule))
}

/// Without declared classes: the first rule that can delete a tagged image, if no earlier rule keeps tagged images.
fn first_that_deletes(subject: &Subject) -> Option<usize> {
    let mut tagged = subject.order.iter().copied().filter(|&rule| subject.selection(rule).tags != Tags::Untagged);
    tagged.next().filter(|&rule| !subject.keeps_all(rule))
}
