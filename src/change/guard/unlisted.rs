//! Repositories in the generated files that the manifest does not list.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Label;
use crate::platform::naming::label::Spelling;
use crate::platform::root_module::form::Form;
use crate::tree::{Comparison, Manifest, Modules, Record, RelPath, State};

/// A warning per file that would change or be removed and holds repositories that the manifest does not list. The manifest
/// was edited, so the guard does not see whether the change would delete them.
pub fn unlisted(comparison: &Comparison) -> Vec<Diagnostic> {
    let Some(committed) = &comparison.committed else { return Vec::new() };
    let orphans = comparison.orphans.iter().map(|orphan| (&orphan.path, orphan.on_disk.as_str()));
    let changed = comparison.files.iter().filter_map(|(file, state)| match state {
        State::Differs { on_disk } => Some((file.path(), on_disk.as_str())),
        State::Same | State::Missing => None,
    });
    let listed = Listed::of(committed);
    let is_unlisted = |(path, text): &(&RelPath, &str)| text.lines().any(|line| !listed.has(path, line));
    orphans.chain(changed).filter(is_unlisted).map(|(path, _)| of_file(path, committed)).collect()
}

fn of_file(path: &RelPath, committed: &Manifest) -> Diagnostic {
    let manifest = Manifest::path(committed.platform());
    let message =
        format!("`{path}` holds a repository that `{manifest}` does not list, and this change affects the file");
    let help = format!(
        "restore the manifest from git (`git checkout -- {manifest}`), so that ecrgen can tell whether the repository would \
         be deleted"
    );
    Diagnostic::without_place(&codes::MANIFEST_INCOMPLETE, message).help(help)
}

/// The repositories that a manifest lists.
enum Listed<'m> {
    /// By the folder of the module, and the address.
    Addresses(&'m Modules),
    /// Format 1: labels in either spelling.
    Labels(BTreeSet<String>),
}

impl Listed<'_> {
    fn of(committed: &Manifest) -> Listed<'_> {
        match committed.record() {
            Record::Modules(modules) => Listed::Addresses(modules),
            Record::Repositories(facts) => {
                let keys = facts.keys().map(|name| name.split_once('/').map_or(name.as_str(), |(_, key)| key));
                let spelled = |key| {
                    let label = Label::of(key);
                    [Spelling::Escaped, Spelling::Plain].map(|spelling| label.spelled(spelling).to_owned())
                };
                Listed::Labels(keys.flat_map(spelled).collect())
            }
        }
    }

    /// Whether the repository whose block begins on this line of a file is listed; true of any other line.
    fn has(&self, path: &RelPath, line: &str) -> bool {
        let label = |beginning: &str| line.strip_prefix(beginning)?.split('"').next();
        let (label, in_module) = match (label("resource \"aws_ecr_repository\" \""), label("module \"")) {
            (Some(label), _) => (label, false),
            (None, Some(label)) => (label, true),
            (None, None) => return true,
        };
        match self {
            Listed::Addresses(modules) => {
                let address = Form { label: label.to_owned(), in_module }.address("aws_ecr_repository");
                let module = RelPath::parse(path.folder()).ok().and_then(|folder| modules.get(&folder));
                module.is_some_and(|module| module.resources.contains_key(&address))
            }
            Listed::Labels(labels) => labels.contains(label),
        }
    }
}
