//! Resources in the generated files that the manifest does not list.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Label;
use crate::platform::naming::label::Spelling;
use crate::platform::root_module::form::Form;
use crate::policies::resource_types::{self, Loss};
use crate::tree::{Comparison, Manifest, Modules, Record, RelPath, State, Target, Values};

/// An error per file that would change or be removed and holds a resource whose loss hurts and that the manifest does not list.
/// The manifest was edited, so the guard does not see whether the change would delete the resource.
pub fn unlisted(comparison: &Comparison) -> Vec<Diagnostic> {
    let Some(committed) = &comparison.committed else { return Vec::new() };
    let orphans = comparison.orphans.iter().map(|orphan| (&orphan.path, orphan.on_disk.as_str()));
    let changed = comparison.files.iter().filter_map(|(file, state)| match state {
        State::Differs { on_disk } => Some((file.path(), on_disk.as_str())),
        State::Same | State::Missing => None,
    });
    let listed = Listed::of(committed);
    // A killed render has written it, so nothing of it is applied.
    let is_unfinished = |path: &RelPath| committed.unfinished().contains(path);
    let is_unlisted =
        |(path, text): &(&RelPath, &str)| !is_unfinished(path) && text.lines().any(|line| !listed.has(path, line));
    orphans.chain(changed).filter(is_unlisted).map(|(path, _)| of_file(path, committed)).collect()
}

fn of_file(path: &RelPath, committed: &Manifest) -> Diagnostic {
    let manifest = Manifest::path(committed.platform());
    let message =
        format!("`{path}` holds a resource that `{manifest}` does not list, and this change affects the file");
    let help = format!(
        "restore the manifest from git (`git checkout -- {manifest}`), so that ecrgen can tell whether the resource would be \
         deleted\n\
         if nothing of the file is committed or applied, delete it"
    );
    Diagnostic::without_place(&codes::MANIFEST_INCOMPLETE, message).help(help)
}

/// What a manifest lists.
enum Listed<'m> {
    /// Resources by the folder of the module, and the address.
    Addresses(&'m Modules),
    /// Format 1: the labels of repositories in either spelling.
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

    /// Whether the resource whose block begins on this line of a file is listed; true of any other line, and of a resource
    /// whose loss does no harm.
    fn has(&self, path: &RelPath, line: &str) -> bool {
        if let Some(instance) = instance(path, line) {
            let Listed::Addresses(modules) = self else { return true };
            let module = RelPath::parse(path.folder()).ok().and_then(|folder| modules.get(&folder));
            return module.is_some_and(|module| module.resources.contains_key(instance));
        }
        let Some((kind, label, in_module)) = declared(line) else { return true };
        let modules = match self {
            Listed::Addresses(modules) => modules,
            Listed::Labels(labels) => return kind != REPOSITORY || labels.contains(label),
        };
        let module = RelPath::parse(path.folder()).ok().and_then(|folder| modules.get(&folder));
        let address = Form::of(label.to_owned(), in_module).address(kind);
        // The instances of a resource with `for_each` are listed, and not the resource.
        let instances = format!("{address}[\"");
        let is_listed = |resources: &BTreeMap<String, Values>| {
            let mut from = resources.range(instances.clone()..);
            resources.contains_key(&address) || from.next().is_some_and(|(listed, _)| listed.starts_with(&instances))
        };
        if module.is_some_and(|module| is_listed(&module.resources)) {
            return true;
        }
        let in_root = module.is_none_or(|module| module.target == Target::Root);
        let loss = resource_types::of_address(&address).map(|(row, label)| row.loss_of(label, in_root));
        kind != REPOSITORY && !matches!(loss, Some(Loss::Hurts(_)))
    }
}

const REPOSITORY: &str = "aws_ecr_repository";

/// The repository of the set that a line of its file is about: each has a `moved` block that ends there.
fn instance<'l>(path: &RelPath, line: &'l str) -> Option<&'l str> {
    let is_of_set = path.as_str().ends_with("repositories.tf");
    let (argument, address) = line.split_once('=').filter(|_| is_of_set)?;
    let address = address.trim();
    let is_instance = address.split_once('.').is_some_and(|(kind, rest)| kind == REPOSITORY && rest.ends_with(']'));
    (argument.trim() == "to" && is_instance).then_some(address)
}

/// The type and the label of the resource whose block begins on a line, and whether it is in a block of the registry module.
fn declared(line: &str) -> Option<(&str, &str, bool)> {
    if let Some(rest) = line.strip_prefix("module \"") {
        return Some((REPOSITORY, rest.split('"').next()?, true));
    }
    let (kind, rest) = line.strip_prefix("resource \"")?.split_once("\" \"")?;
    Some((kind, rest.split('"').next()?, false))
}
