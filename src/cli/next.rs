//! What people do after a render, as `ecrgen render` says it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::common::Out;
use super::specs::Selected;
use super::specs::found::{FILE, FOLDER};
use super::stdio::write_stderr;
use crate::compile::Compilation;
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::pipelines::checks::Check;
use crate::policies;
use crate::policies::prerequisites::{of_bootstrap, prerequisites};
use crate::prose;
use crate::tree::{Comparison, Record, RelPath, State, Target};

/// Says on standard error what an administrator applies, what must exist before the first apply, and which pipelines check other
/// specs.
pub(super) fn say(
    compilation: &Compilation,
    selected: &Selected,
    out: &Out,
    comparisons: &[Comparison],
    findings: &[Diagnostic],
) {
    let first = first_bootstraps(comparisons);
    let changed = changed_bootstraps(comparisons, findings);
    for (folders, why) in [
        (first, ", which gives the runs of the workspace their permissions, before this is merged"),
        (changed, ": no run applies its changes"),
    ] {
        if !folders.is_empty() {
            let folders = prose::listed(folders.iter().map(|folder| format!("`{folder}`")), usize::MAX);
            write_stderr(format!("next: an administrator applies {folders}{why}\n"));
        }
    }
    let needed = first_prerequisites(compilation, comparisons);
    if !needed.is_empty() {
        let named = prose::few(needed.iter().map(String::as_str), prose::FEW_NAMED);
        let charset = super::style().charset;
        let sentence = format!("before the first apply, these must exist: {named} (see the README of each module)");
        write_stderr(charset.sanitize(&sentence) + "\n");
    }
    for (pipeline, spec) in not_found_by_pipelines(compilation, selected, out) {
        let path = format!("pipelines.{pipeline}.specs");
        let sentence = format!(
            "note: the pipeline `{pipeline}` checks `ecrgen.yaml` or `ecrgen/*.yaml`, and not `{spec}`, unless `{path}` names it"
        );
        write_stderr(super::style().charset.sanitize(&sentence) + "\n");
    }
}

/// The pipelines that run `ecrgen check` without arguments, although it would not find their spec in the output folder.
fn not_found_by_pipelines<'c>(
    compilation: &'c Compilation,
    selected: &'c Selected,
    out: &Out,
) -> BTreeMap<&'c str, &'c str> {
    let specs = selected.names.iter().zip(&compilation.platforms);
    let unfound = specs.filter(|(spec, _)| !selected.are_found && !is_default(spec, &out.out));
    let checking = unfound.flat_map(|(spec, platforms)| {
        let pipelines = platforms.iter().flat_map(|platform| &platform.pipelines);
        let unaware = pipelines.filter(|pipeline| {
            pipeline.checks().is_some_and(|checks| checks.has(Check::Drift) && checks.specs.is_empty())
        });
        unaware.map(move |pipeline| (pipeline.name.as_str(), spec.as_str()))
    });
    checking.collect()
}

/// Whether `ecrgen check` in the output folder finds the spec.
fn is_default(spec: &str, out: &Path) -> bool {
    let spec = Path::new(spec);
    let inside = spec.strip_prefix(out).unwrap_or(spec);
    let inside = inside.strip_prefix(".").unwrap_or(inside);
    let is_yaml = inside.extension().is_some_and(|extension| extension == "yaml");
    inside == Path::new(FILE) || is_yaml && inside.parent() == Some(Path::new(FOLDER))
}

/// What must exist before the first apply of platforms that are rendered for the first time.
fn first_prerequisites(compilation: &Compilation, comparisons: &[Comparison]) -> BTreeSet<String> {
    let first = comparisons.iter().filter(|comparison| comparison.committed.is_none());
    let names: BTreeSet<&str> = first.map(|comparison| comparison.tree().manifest().platform().as_str()).collect();
    let platforms = compilation.platforms.iter().flatten();
    let platforms = platforms.filter(|platform| names.contains(&*platform.scope.platform));
    let needed = platforms.flat_map(|platform| {
        let of_root = prerequisites(&policies::emit(platform)).into_iter().map(|prerequisite| prerequisite.name);
        of_root.chain(of_bootstrap(platform))
    });
    needed.collect()
}

/// The bootstrap modules of platforms that are rendered for the first time.
fn first_bootstraps(comparisons: &[Comparison]) -> Vec<RelPath> {
    let first = comparisons.iter().filter(|comparison| comparison.committed.is_none());
    first.flat_map(bootstraps).collect()
}

/// The other bootstrap modules whose Terraform code changed, unless a finding says when to apply them.
fn changed_bootstraps(comparisons: &[Comparison], findings: &[Diagnostic]) -> Vec<RelPath> {
    let is_said = |folder: &RelPath| {
        let mut about =
            findings.iter().filter(|one| [&codes::BOOTSTRAP_FIRST, &codes::BOOTSTRAP_LAST].contains(&one.code));
        about.any(|finding| finding.message.contains(&format!("`{folder}`")))
    };
    let again = comparisons.iter().filter(|comparison| comparison.committed.is_some());
    let changed = again.flat_map(|comparison| {
        let is_changed = |folder: &RelPath| {
            let start = format!("{folder}/");
            let is_in = |path: &str| path.starts_with(&start) && path.ends_with(".tf");
            let files = comparison.files.iter().filter(|(_, state)| *state != State::Same);
            files.map(|(file, _)| file.path().to_string()).any(|path| is_in(&path))
                || comparison.orphans.iter().any(|orphan| is_in(orphan.path.as_str()))
        };
        bootstraps(comparison).filter(move |folder| is_changed(folder))
    });
    changed.filter(|folder| !is_said(folder)).collect()
}

fn bootstraps(comparison: &Comparison) -> impl Iterator<Item = RelPath> {
    let modules = match comparison.tree().manifest().record() {
        Record::Modules(modules) => Some(modules),
        Record::Repositories(_) => None,
    };
    let bootstraps = modules.into_iter().flatten().filter(|(_, module)| module.target == Target::Bootstrap);
    bootstraps.map(|(folder, _)| folder.clone())
}
