//! The branches and tags that start an image pipeline.

use super::{Known, bad};
use crate::diagnostic::Diagnostic;
use crate::iam::patterns_overlap;
use crate::platform::Access;
use crate::platform::image_tags::MadeFrom;
use crate::principals::kinds::github::Github;
use crate::principals::kinds::gitlab::Gitlab;
use crate::source::Spanned;
use crate::value::{AccessName, EnvironmentName, GitRef};

/// Those branches and tags of the access entry whose builds can get image tags, as patterns with `*` and `?`: at least one. A push of
/// another one could only fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refs {
    /// Branches.
    pub branches: Vec<String>,
    /// Git tags.
    pub tags: Vec<String>,
}

/// The branches and tags that start the pipeline; `None` if the entry has none, or if a class of image tags has errors.
pub(super) fn resolve(name: &Spanned<AccessName>, access: &Access, known: &Known) -> Result<Option<Refs>, Diagnostic> {
    let (branches, tags) = of_entry(access);
    let can_start = |is_for: fn(&MadeFrom, &str) -> bool, refs: &[&str]| {
        let is_tagged = |one: &&&str| known.classes.here.iter().any(|class| is_for(&class.made_from(), one));
        refs.iter().filter(is_tagged).map(|&one| one.to_owned()).collect::<Vec<String>>()
    };
    let refs = Refs { branches: can_start(is_for_branch, &branches), tags: can_start(is_for_tag, &tags) };
    if !refs.branches.is_empty() || !refs.tags.is_empty() {
        return Ok(Some(refs));
    }
    if !know_classes(known) {
        return Ok(None);
    }
    let for_versions = known.classes.here.iter().any(|class| class.made_from() == MadeFrom::Versions);
    let (what, help) = match (branches.is_empty(), tags.is_empty()) {
        (true, true) => return Ok(None),
        (false, true) => ("branches", BRANCH_CLASS),
        (true, false) if for_versions => ("tags", VERSION_TAGS),
        (true, false) => ("tags", TAG_CLASS),
        (false, false) => ("branches and tags", BRANCH_CLASS),
    };
    let message = format!(
        "no class of image tags in environment `{}` is for the {what} of access entry `{}`, so no push starts the pipeline",
        known.scope.environment, access.name
    );
    Err(bad(name.span, message, help, "as").and(access.span, "the access entry"))
}

const BRANCH_CLASS: &str =
    "add a class for builds of these branches to `image_tags`, such as `build: \"{branch}-{sha:8}\"`";
const TAG_CLASS: &str = "add a class for builds of git tags to `image_tags`, such as `release: \"v{version}\"`";

const VERSION_TAGS: &str = "`{version}` is only in tags such as `v1.5.0`: write `tags: [\"v*\"]` in the access entry, or a class with \
                            `{git_tag}`";

/// The branches and tags of an entry.
fn of_entry(access: &Access) -> (Vec<&str>, Vec<&str>) {
    let (branches, tags) = match (access.principal_as::<Github>(), access.principal_as::<Gitlab>()) {
        (Some(github), _) => (&github.branches, &github.tags),
        (_, Some(gitlab)) => (&gitlab.branches, &gitlab.tags),
        (None, None) => (&None, &None),
    };
    (names(branches), names(tags))
}

fn names(refs: &Option<Vec<Spanned<GitRef>>>) -> Vec<&str> {
    refs.iter().flatten().map(|one| one.as_str()).collect()
}

fn is_for_branch(made: &MadeFrom, branch: &str) -> bool {
    match made {
        MadeFrom::Branches(pattern) => pattern.is_none_or(|pattern| patterns_overlap(pattern, branch)),
        MadeFrom::GitTags | MadeFrom::Versions | MadeFrom::Nothing(_) => false,
    }
}

fn is_for_tag(made: &MadeFrom, tag: &str) -> bool {
    match made {
        MadeFrom::GitTags => true,
        MadeFrom::Versions => can_be_a_version(tag),
        MadeFrom::Branches(_) | MadeFrom::Nothing(_) => false,
    }
}

/// Whether a git tag that matches a pattern can be a semantic version: a digit, maybe after a `v`, and two more numbers after dots.
fn can_be_a_version(pattern: &str) -> bool {
    let beginnings = (0..10).flat_map(|digit| [format!("{digit}*.?*.?*"), format!("v{digit}*.?*.?*")]);
    beginnings.into_iter().any(|version| patterns_overlap(&version, pattern))
}

/// Whether each class of the spec is known, or known not to exist in this environment.
fn know_classes(known: &Known) -> bool {
    let is_known = |name: &str| known.classes.here.iter().any(|class| class.name == name);
    !known.scope.unreadable.image_tags
        && known.spec.image_tags.iter().all(|written| {
            let is_elsewhere = |environments: &Vec<_>| {
                environments.iter().any(|one: &Spanned<EnvironmentName>| one.as_str() == known.scope.environment)
            };
            written.broken.is_empty()
                && written
                    .entries
                    .iter()
                    .all(|(name, class)| is_known(name.as_str()) || class.0.never_in.iter().any(is_elsewhere))
        })
}
