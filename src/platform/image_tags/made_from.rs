//! Which builds get a tag of a class.

use crate::platform::image_tags::class::Class;
use crate::platform::naming::template::{Piece, pieces};

/// The git refs whose builds get a tag of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeFrom<'c> {
    /// Git tags: the template has `{git_tag}`.
    GitTags,
    /// Git tags that are semantic versions, with or without a `v` in front: the template has `{version}`.
    Versions,
    /// Branches: those that match the pattern of `branch`, or all of them.
    Branches(Option<&'c str>),
    /// No build gets one. People or promotions set these tags. The reason is a part of a sentence after a colon.
    Nothing(&'static str),
}

impl Class {
    /// The git refs whose builds get a tag of the class.
    pub fn made_from(&self) -> MadeFrom<'_> {
        let has = |wanted: &[&str]| {
            pieces(&self.template).any(|piece| match piece {
                Piece::Placeholder(name) => wanted.contains(&base(name)),
                Piece::Literal(_) => false,
            })
        };
        let is_of_branch = self.branch.is_some() || has(&["branch"]);
        match has(&["version", "git_tag"]) {
            _ if has(&["any"]) => MadeFrom::Nothing("only people can choose what `{any}` is"),
            true if is_of_branch => MadeFrom::Nothing("its tag needs both a branch and a git tag"),
            true if has(&["version"]) => MadeFrom::Versions,
            true => MadeFrom::GitTags,
            false if is_of_branch || has(&["sha", "timestamp", "date"]) => {
                MadeFrom::Branches(self.branch.as_ref().map(|branch| branch.as_str()))
            }
            false => MadeFrom::Nothing("its tag is the same for all builds, and the class has no `branch`"),
        }
    }
}

/// The name of a placeholder without a number of digits: `sha` for `sha:7`.
pub(super) fn base(placeholder: &str) -> &str {
    placeholder.split(':').next().unwrap_or(placeholder)
}
