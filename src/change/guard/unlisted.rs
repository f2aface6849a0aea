//! Repositories in the generated files that the manifest does not list.

use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Label;
use crate::platform::naming::label::Spelling;
use crate::tree::{Comparison, Manifest, Record, RelPath, State};

/// A warning per file that would change or be removed and holds repositories that the manifest does not list. The manifest
/// was edited, so the guard does not see whether the change would delete them.
pub fn unlisted(comparison: &Comparison) -> Vec<Diagnostic> {
    let Some(committed) = &comparison.committed else { return Vec::new() };
    let orphans = comparison.orphans.iter().map(|orphan| (&orphan.path, orphan.on_disk.as_str()));
    let changed = comparison.files.iter().filter_map(|(file, state)| match state {
        State::Differs { on_disk } => Some((file.path(), on_disk.as_str())),
        State::Same | State::Missing => None,
    });
    let is_unlisted = |(path, text): &(&RelPath, &str)| text.lines().any(|line| !is_listed(committed, path, line));
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

/// Whether the manifest lists the repository whose block begins on this line; true of any other line.
fn is_listed(committed: &Manifest, path: &RelPath, line: &str) -> bool {
    let label = |beginning: &str| line.strip_prefix(beginning)?.split('"').next();
    let (label, in_module) = match (label("resource \"aws_ecr_repository\" \""), label("module \"")) {
        (Some(label), _) => (label, false),
        (None, Some(label)) => (label, true),
        (None, None) => return true,
    };
    match committed.record() {
        Record::Modules(modules) => modules.iter().any(|(folder, module)| {
            let (block, inside) = (format!("aws_ecr_repository.{label}"), format!("module.{label}."));
            let is_it = |address: &String| if in_module { address.starts_with(&inside) } else { *address == block };
            folder.as_str() == path.folder() && module.resources.keys().any(is_it)
        }),
        Record::Repositories(facts) => facts.keys().any(|name| {
            let key = Label::of(name.split_once('/').map_or(name.as_str(), |(_, key)| key));
            key.spelled(Spelling::Escaped) == label || key.spelled(Spelling::Plain) == label
        }),
    }
}
