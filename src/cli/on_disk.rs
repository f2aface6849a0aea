//! The output folder as it is on disk, and the findings about it.

mod others;

use std::collections::BTreeSet;
use std::path::Path;

use super::base::Against;
use crate::compile::{Claims, Compilation, guarded, unlisted};
use crate::diagnostic::{Diagnostic, codes};
use crate::parallel;
use crate::tree::{Comparison, Fault, LeftAlone, MANIFESTS, Manifests, Owner, Record, Refusal, State, elsewhere};

/// Each output of a compilation, compared with the folder.
pub struct OnDisk<'c> {
    out: &'c Path,
    /// In the order of the outputs. Two outputs of one run must not claim the same file.
    pub comparisons: Vec<Comparison<'c>>,
    /// What `--base` names, instead of the manifests on disk.
    pub against: Option<Against>,
    manifests: Option<Manifests>,
    /// Whether the specs of the run are all there are.
    is_complete: bool,
}

impl<'c> OnDisk<'c> {
    /// Reads the folder. Without outputs, nothing is read.
    ///
    /// # Errors
    /// When something cannot be read, or a manifest is damaged.
    pub fn read(compilation: &'c Compilation, out: &'c Path, is_complete: bool) -> anyhow::Result<OnDisk<'c>> {
        if compilation.outputs.is_empty() {
            return Ok(OnDisk { out, comparisons: Vec::new(), against: None, manifests: None, is_complete });
        }
        let manifests = Manifests::read(out, &owners(compilation))?;
        let files = compilation.outputs.iter().map(|output| output.tree.files().len()).sum();
        let comparisons =
            parallel::each(&compilation.outputs, files, |output| output.tree.compare_with(out, &manifests));
        let comparisons = comparisons.into_iter().collect::<anyhow::Result<_>>()?;
        Ok(OnDisk { out, comparisons, against: None, manifests: Some(manifests), is_complete })
    }

    /// Resources that would be lost, what other platforms already have, and files that ecrgen must not overwrite.
    pub fn findings(&self, compilation: &Compilation) -> Vec<Diagnostic> {
        let Some(manifests) = &self.manifests else { return Vec::new() };
        let owners = owners(compilation);
        let compiled: Vec<&str> = owners.iter().map(|owner| owner.as_str()).collect();
        let refusals = self.comparisons.iter().flat_map(|comparison| &comparison.refusals);
        let reported: BTreeSet<&str> =
            refusals.filter_map(others::owner).filter(|other| !compiled.contains(other)).collect();
        let others = || manifests.of_others(&owners).filter(|other| !reported.contains(other.platform().as_str()));
        let claims = Claims::of(others());
        let mut findings = Vec::new();
        if self.is_complete {
            let without_spec = others().filter(|other| other.has_resources());
            findings.extend(without_spec.map(|other| others::without_spec(other, self.out)));
        }
        findings.extend(self.against.iter().flat_map(|against| against.findings.iter().cloned()));
        let mut states = self.against.as_ref().map(|against| against.states.clone()).unwrap_or_default();
        let on_disk = self.comparisons.iter().filter_map(|comparison| comparison.committed.as_ref());
        on_disk.for_each(|manifest| states.add(manifest, true));
        for (at, (output, comparison)) in compilation.outputs.iter().zip(&self.comparisons).enumerate() {
            let platforms = &compilation.platforms[output.spec];
            let committed = match &self.against {
                Some(against) => against.committed[at].as_ref(),
                None => comparison.committed.as_ref(),
            };
            findings.extend(guarded(platforms, &output.tree, committed));
            if let Record::Modules(new) = output.tree.manifest().record() {
                findings.extend(claims.check(platforms, new));
                findings.extend(states.check(platforms, new));
            }
            findings.extend(unlisted(comparison));
            findings.extend(self.is_elsewhere(comparison));
            findings.extend(comparison.left_alone.iter().map(left_alone));
            for (other, folders) in others::in_the_way(&comparison.refusals, &compiled) {
                let manifest = manifests.of_others(&owners).find(|manifest| manifest.platform().as_str() == other);
                let (platform, span) = (output.tree.manifest().platform().as_str(), platforms[0].span);
                findings.push(others::renamed(platform, span, other, &folders, manifest, self.out));
            }
            let refusals = comparison.refusals.iter();
            let others = refusals.filter(|refusal| others::owner(refusal).is_none_or(|it| !reported.contains(it)));
            findings.extend(others.map(|refusal| refused(refusal, self.out)));
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
        Fault::Stray | Fault::Shadows(_) => &codes::STRAY_FILE,
        _ => &codes::NOT_OURS,
    };
    // What is on disk has nothing to do with the part of the spec that a file is generated from.
    let origin = refusal.origin.filter(|_| others::owner(refusal).is_some());
    let message = match out == Path::new(".") {
        true => refusal.to_string(),
        false => format!("in {}: {refusal}", out.display()),
    };
    let mut finding = Diagnostic::new(code, origin.unwrap_or_default(), message).help(refusal.help(out));
    if origin.is_none() {
        finding.labels.clear();
    }
    finding
}

/// What took the place of a file that an earlier render wrote. It belongs to the user now.
fn left_alone(LeftAlone { path, fault, at }: &LeftAlone) -> Diagnostic {
    let it = if at == path.as_str() { "it".to_owned() } else { format!("`{at}`") };
    let why = match fault {
        Fault::SymbolicLink => format!("{it} is a symbolic link"),
        Fault::Folder => format!("{it} is a folder now"),
        Fault::OtherPlatform(other) => format!("{it} has the header of platform `{other}`"),
        Fault::NotAFile => format!("{it} is not a regular file"),
        _ => "its header is missing".to_owned(),
    };
    let message = format!("ecrgen no longer generates `{path}`, but does not remove it, because {why}");
    Diagnostic::without_place(&codes::LEFT_ALONE, message).help("delete it, or keep it and maintain it by hand; if it manages a removed repository, restore that in `repositories` and delete it from `removed`")
}
