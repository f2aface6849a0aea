//! The specs of a run if the command line names none.

use std::path::{Path, PathBuf};

use crate::file::repository_of;
use crate::report::failure::Failure;

/// The spec of a platform.
pub(in crate::cli) const FILE: &str = "ecrgen.yaml";

/// The folder of the specs of several platforms.
pub(in crate::cli) const FOLDER: &str = "ecrgen";

/// The specs that ecrgen found, and the folder in which they are.
pub(super) struct Found {
    /// Their paths from the current folder.
    pub(super) specs: Vec<String>,
    /// `.`, `..`, `../..` and so on.
    pub(super) folder: PathBuf,
}

/// Finds `ecrgen.yaml`, or else `ecrgen/*.yaml`, in the current folder or the nearest folder above it, up to the root of the git
/// repository. Outside of a repository, a folder above can belong to another user.
pub(super) fn find() -> anyhow::Result<Found> {
    let current = std::fs::canonicalize(".")?;
    let root = repository_of(&current).unwrap_or_else(|| current.clone());
    let levels = current.ancestors().take_while(|folder| folder.starts_with(&root)).count();
    let found = (0..levels).find_map(|above| in_folder(&vec![".."; above].join("/")));
    let nothing = || Failure {
        message: "no spec is given".into(),
        details: vec![
            format!(
                "ecrgen looked for `{FILE}` and `{FOLDER}/*.yaml` in {} and each folder above, up to the root of the git repository",
                current.display()
            ),
            "write the name of a spec, or run `ecrgen init` for a starter".into(),
        ],
    };
    Ok(found.ok_or_else(nothing)?)
}

/// The specs in a folder, which is empty for the current folder.
fn in_folder(folder: &str) -> Option<Found> {
    let path = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let specs = match Path::new(&path(FILE)).is_file() {
        true => vec![path(FILE)],
        false => specs_in(&path(FOLDER)),
    };
    let folder = if folder.is_empty() { "." } else { folder };
    (!specs.is_empty()).then(|| Found { specs, folder: folder.into() })
}

/// The files `*.yaml` in a folder, in alphabetical order. As in a shell, the pattern matches no hidden file.
fn specs_in(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let names = names.filter(|name| name.ends_with(".yaml") && !name.starts_with('.'));
    let mut specs: Vec<String> = names.map(|name| format!("{folder}/{name}")).collect();
    specs.sort();
    specs
}
