//! The output folder as it is on disk, and the findings about it.

use std::path::Path;

use crate::compile::{Claims, Compilation, guarded, unlisted};
use crate::diagnostic::{Diagnostic, codes};
use crate::tree::{Comparison, Fault, MANIFESTS, Manifests, Owner, Record, Refusal, RelPath, State, elsewhere};

/// Each output of a compilation, compared with the folder.
pub struct OnDisk<'c> {
    out: &'c Path,
    /// In the order of the outputs. Two outputs of one run must not claim the same file.
    pub comparisons: Vec<Comparison<'c>>,
    manifests: Option<Manifests>,
}

impl<'c> OnDisk<'c> {
    /// Reads the folder. Without outputs, nothing is read.
    ///
    /// # Errors
    /// When something cannot be read, or a manifest is damaged.
    pub fn read(compilation: &'c Compilation, out: &'c Path) -> anyhow::Result<OnDisk<'c>> {
        if compilation.outputs.is_empty() {
            return Ok(OnDisk { out, comparisons: Vec::new(), manifests: None });
        }
        let manifests = Manifests::read(out, &owners(compilation))?;
        let comparisons = compilation.outputs.iter().map(|output| output.tree.compare_with(out, &manifests));
        Ok(OnDisk { out, comparisons: comparisons.collect::<anyhow::Result<_>>()?, manifests: Some(manifests) })
    }

    /// Resources that would be lost, what other platforms already have, and files that ecrgen must not overwrite.
    pub fn findings(&self, compilation: &Compilation) -> Vec<Diagnostic> {
        let Some(manifests) = &self.manifests else { return Vec::new() };
        let claims = Claims::of(manifests.of_others(&owners(compilation)));
        let mut findings = Vec::new();
        for (output, comparison) in compilation.outputs.iter().zip(&self.comparisons) {
            let platforms = &compilation.platforms[output.spec];
            findings.extend(guarded(platforms, &output.tree, comparison.committed.as_ref()));
            if let Record::Modules(new) = output.tree.manifest().record() {
                findings.extend(claims.check(platforms, new));
            }
            findings.extend(unlisted(comparison));
            findings.extend(self.is_elsewhere(comparison));
            findings.extend(comparison.left_alone.iter().map(left_alone));
            findings.extend(comparison.refusals.iter().map(|refusal| refused(refusal, self.out)));
        }
        findings
    }

    /// A platform that has no manifest here, and one in another folder of the repository.
    fn is_elsewhere(&self, comparison: &Comparison) -> Option<Diagnostic> {
        let owner = comparison.tree().manifest().platform();
        if comparison.manifest != State::Missing {
            return None;
        }
        let found = elsewhere(self.out, owner)?;
        let folder = if found.as_os_str().is_empty() { ".".into() } else { found.display().to_string() };
        let message = format!(
            "the folder `{folder}` of this git repository already holds the output of platform `{owner}`: a second output would \
             manage the same repositories in AWS"
        );
        let help = format!(
            "to update that output, set `--out` to the folder\n\
             to move it here, first move the generated folders and `{MANIFESTS}` with `git mv`"
        );
        Some(Diagnostic::without_place(&codes::MANIFEST_ELSEWHERE, message).help(help))
    }
}

fn owners(compilation: &Compilation) -> Vec<&Owner> {
    compilation.outputs.iter().map(|output| output.tree.manifest().platform()).collect()
}

/// A file that ecrgen must not overwrite.
fn refused(refusal: &Refusal, out: &Path) -> Diagnostic {
    let code = match refusal.fault {
        Fault::ManifestLost { .. } => &codes::MANIFEST_MISSING,
        Fault::Stray => &codes::STRAY_FILE,
        _ => &codes::NOT_OURS,
    };
    let origin = refusal.origin.unwrap_or_default();
    let message = match out == Path::new(".") {
        true => refusal.to_string(),
        false => format!("in {}: {refusal}", out.display()),
    };
    let mut finding = Diagnostic::new(code, origin, message).help(refusal.help());
    if refusal.origin.is_none() {
        finding.labels.clear();
    }
    finding
}

/// A file that an earlier render wrote and that has lost its header since. It belongs to the user now.
fn left_alone(path: &RelPath) -> Diagnostic {
    let message = format!("ecrgen no longer generates `{path}`, but does not remove it, because its header is missing");
    Diagnostic::without_place(&codes::LEFT_ALONE, message).help("delete the file, or keep it and maintain it by hand; if it manages a removed repository, restore that in `repositories` and delete it from `removed`")
}
