//! Platforms that have output in the folder and are in no spec of the run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::{Diagnostic, codes};
use crate::prose;
use crate::source::Span;
use crate::tree::{Fault, MANIFESTS, Manifest, Refusal, within};

/// The other platforms whose files are where an output must be written, with the folders of these files. Usually, the other
/// platform was renamed.
pub(super) fn in_the_way<'r>(refusals: &'r [Refusal], compiled: &[&str]) -> BTreeMap<&'r str, BTreeSet<String>> {
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for refusal in refusals {
        if let Some(other) = owner(refusal).filter(|other| !compiled.contains(other)) {
            let folder = refusal.path.rsplit_once('/').map_or(".", |(folder, _)| folder);
            found.entry(other).or_default().insert(folder.to_owned());
        }
    }
    found
}

/// The other platform that a refused file belongs to.
pub(super) fn owner(refusal: &Refusal) -> Option<&str> {
    match &refusal.fault {
        Fault::OtherPlatform(other) => Some(other),
        Fault::Claimed(other) => Some(other.as_str()),
        _ => None,
    }
}

/// The error about another platform whose files are where the output of `platform` must be written.
pub(super) fn renamed(
    platform: &str,
    span: Span,
    other: &str,
    folders: &BTreeSet<String>,
    manifest: Option<&Manifest>,
    out: &Path,
) -> Diagnostic {
    let all: BTreeSet<String> = folders.iter().cloned().chain(manifest.into_iter().flat_map(self::folders)).collect();
    let message = format!(
        "this spec describes platform `{platform}`, but {} of platform `{other}`",
        belong(folders.iter(), "the output")
    );
    let manifest = manifest.map(|_| format!("{MANIFESTS}/{other}.json"));
    let delete = all.into_iter().chain(manifest).map(|path| format!("`{}`", within(out, &path)));
    let help = format!(
        "if `{other}` was renamed, restore `platform: {other}`, because another name is another platform with other names and \
         states\n\
         if nothing of `{other}` is applied yet, delete {}, and render again\n\
         if both platforms exist, set another `terraform.directory` in one of the specs",
        prose::listed(delete, usize::MAX)
    );
    Diagnostic::new(&codes::PLATFORM_RENAMED, span, message).help(help).at("platform")
}

/// The warning about a platform that has output in the folder, although the specs of the run are all there are.
pub(super) fn without_spec(manifest: &Manifest, out: &Path) -> Diagnostic {
    let other = manifest.platform();
    let path = Manifest::path(other);
    let shown: Vec<String> = folders(manifest).into_iter().chain([path.clone()]).map(|it| within(out, &it)).collect();
    let message =
        format!("{} of platform `{other}`, which none of the specs describes", belong(shown.iter(), "the output"));
    let help = format!(
        "if `{other}` was renamed, restore `platform: {other}`, because another name is another platform with other names and \
         states\n\
         if its spec is elsewhere, name all specs on the command line\n\
         if nothing of `{other}` is applied, delete these files"
    );
    Diagnostic::without_place(&codes::PLATFORM_WITHOUT_SPEC, message).help(help)
}

/// `a` and `b` hold the output.
fn belong<'p>(paths: impl Iterator<Item = &'p String>, what: &str) -> String {
    let paths: Vec<&str> = paths.map(String::as_str).collect();
    let verb = if paths.len() == 1 { "holds" } else { "hold" };
    format!("{} {verb} {what}", prose::named(paths.into_iter(), prose::FEW_NAMED))
}

/// The folders of a platform's Terraform files.
fn folders(manifest: &Manifest) -> BTreeSet<String> {
    let files = manifest.files().iter().filter(|path| path.as_str().ends_with(".tf"));
    files.map(|path| path.folder().to_owned()).filter(|folder| !folder.is_empty()).collect()
}
