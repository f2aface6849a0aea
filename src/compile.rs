//! Compiles specs into files: everything except writing them to disk.

mod addresses;
mod elsewhere;
mod origins;
mod printing;
mod shown;
mod slips;

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{guard, record};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::language::key_places::{mark_keys, path_of};
use crate::language::load::{Loaded, Merged, Read, read_merged};
use crate::language::other_level;
use crate::parallel;
use crate::platform::claims::expectation;
use crate::platform::{self, Platform, mixed, overreach, registry, uniqueness, unscanned};
use crate::policies::{Policies, emit};
use crate::prose;
use crate::rules;
use crate::rules::waiver::{self, Waived};
use crate::source::{Sources, Span};
use crate::tree::{Clash, Collision, File, Manifest, Owner, Record, RelPath, Tree};

pub use crate::change::guard::{Claims, States, forgotten, missing, unlisted};
pub use origins::{LineOf, LineOrigin, origins};
pub use shown::shown;

/// The result of compiling.
#[derive(Debug, Default)]
pub struct Compilation {
    /// The files that were read.
    pub sources: Sources,
    /// The findings about them.
    pub findings: Vec<Diagnostic>,
    /// The platforms of each spec; they are complete if there are no errors.
    pub platforms: Vec<Vec<Platform>>,
    /// The output of each spec; empty if there are errors.
    pub outputs: Vec<Output>,
}

/// The output of one spec.
#[derive(Debug)]
pub struct Output {
    /// Its index among the specs.
    pub spec: usize,
    /// Its files and manifest.
    pub tree: Tree,
}

/// Compiles specs together: their platforms share an output folder, and must not define the same thing. `today` is a date
/// such as `2026-11-21`, because waivers expire.
pub fn compile(specs: &[String], read: Read, today: &str) -> Compilation {
    let mut compilation = Compilation::default();
    compilation.add(specs, read, today);
    Compilation { findings: shown(compilation.findings), ..compilation }
}

/// Compiles each spec as if it were the only one.
pub fn compile_each(specs: &[String], read: Read, today: &str) -> Compilation {
    let mut compilation = Compilation::default();
    specs.chunks(1).for_each(|spec| compilation.add(spec, read, today));
    Compilation { findings: shown(compilation.findings), ..compilation }
}

impl Compilation {
    /// Adds specs that are compiled together.
    fn add(&mut self, specs: &[String], read: Read, today: &str) {
        // One after the other, because the files are numbered in the order in which they are read.
        let read: Vec<Written> = specs.iter().map(|spec| Written::read(spec, read, &mut self.sources)).collect();
        let resolved = parallel::each(&read, read.iter().map(Written::repositories).sum(), resolve);
        drop(read);
        let mut policies = parallel::each(&resolved, repositories(&resolved), |spec| {
            spec.platforms.iter().map(emit).collect::<Vec<_>>()
        });
        let mut findings = judge(specs, &resolved, &mut policies, today, &self.sources);
        let outputs = generate(specs, &policies, &mut findings);
        mark_keys(&self.sources, &mut findings);
        other_level::explain(&self.sources, &mut findings);
        drop(policies);
        let findings = findings.into_iter().map(|finding| slips::explain(&self.sources, finding));
        let platforms: Vec<&Platform> = resolved.iter().flat_map(|spec| &spec.platforms).collect();
        let findings: Vec<_> = findings.map(|finding| elsewhere::explain(&self.sources, &platforms, finding)).collect();
        let before = self.platforms.len();
        self.outputs.extend(outputs.into_iter().map(|output| Output { spec: before + output.spec, ..output }));
        self.platforms.extend(resolved.into_iter().map(|spec| spec.platforms));
        self.findings.extend(findings);
    }
}

/// One spec as it is written.
struct Written {
    environments: Vec<Merged>,
    /// The errors of parts that could not be read.
    faults: Vec<Diagnostic>,
}

impl Written {
    fn read(spec: &str, read: Read, sources: &mut Sources) -> Self {
        let mut faults = Vec::new();
        Self { environments: read_merged(spec, read, sources, &mut faults), faults }
    }

    fn repositories(&self) -> usize {
        self.environments.iter().map(Merged::repositories).sum()
    }
}

/// The platforms of one spec.
#[derive(Default)]
struct Resolved {
    platforms: Vec<Platform>,
    /// The errors of each platform.
    faults: Vec<Vec<Diagnostic>>,
    /// The environment of each platform, if the spec has several.
    environments: Vec<Option<String>>,
    /// The errors of parts that could not be resolved to a platform.
    unreadable: Vec<Diagnostic>,
}

/// The number of repositories of all specs.
fn repositories(resolved: &[Resolved]) -> usize {
    resolved.iter().flat_map(|spec| &spec.platforms).map(|platform| platform.repositories.len()).sum()
}

/// Whether the findings contain no errors, so that output can be generated.
pub fn is_clean(findings: &[Diagnostic]) -> bool {
    findings.iter().all(|finding| finding.severity < Severity::Error)
}

/// Resolves each environment of a spec.
fn resolve(written: &Written) -> Resolved {
    let mut resolved = Resolved { unreadable: written.faults.clone(), ..Resolved::default() };
    let decoded = written.environments.iter().filter_map(|merged| merged.decode(&mut resolved.unreadable));
    let environments: Vec<Loaded> = decoded.collect();
    for loaded in &environments {
        let mut faults = loaded.doubts.clone();
        let platform = platform::resolve(loaded, &environments, &mut faults);
        let environment = loaded.environment.as_deref();
        let mut faults: Vec<_> = faults.into_iter().map(|fault| fault.in_environment(environment)).collect();
        match platform {
            Some(platform) => {
                resolved.platforms.push(platform);
                resolved.faults.push(faults);
                resolved.environments.push(loaded.environment.clone());
            }
            None => resolved.unreadable.append(&mut faults),
        }
    }
    registry::add_neighbors(&mut resolved.platforms);
    resolved.unreadable.extend(expectation::limit(&mut resolved.platforms));
    resolved
}

/// The findings about all specs, individually and together.
fn judge(
    specs: &[String],
    resolved: &[Resolved],
    policies: &mut [Vec<Policies>],
    today: &str,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let each: Vec<(&Resolved, &[Policies])> = resolved.iter().zip(policies.iter().map(Vec::as_slice)).collect();
    let judged =
        parallel::each(&each, repositories(resolved), |(spec, policies)| judge_one(spec, policies, today, sources));
    let mut findings = Vec::new();
    for (judged, policies) in judged.into_iter().zip(policies) {
        findings.extend(judged.findings);
        policies.iter_mut().zip(judged.used).for_each(|(policies, used)| policies.used_waivers = used);
    }
    let named = specs.iter().zip(resolved).map(|(name, spec)| (name.as_str(), spec.platforms.as_slice()));
    findings.extend(uniqueness::check(named));
    findings.extend(mixed::check(resolved.iter().flat_map(|spec| &spec.platforms)));
    findings.extend(overreach::check(resolved.iter().flat_map(|spec| &spec.platforms)));
    findings.extend(unscanned::check(resolved.iter().flat_map(|spec| &spec.platforms)));
    findings
}

/// The findings about the platforms of one spec, except for those that the spec waives, and the waivers that do.
fn judge_one(spec: &Resolved, policies: &[Policies], today: &str, sources: &Sources) -> Waived {
    let mut found = Vec::new();
    for (at, (faults, policies)) in spec.faults.iter().zip(policies).enumerate() {
        let of_rules = rules::check(policies, &spec.platforms).into_iter();
        let of_rules = of_rules.map(|finding| finding.in_environment(spec.environments[at].as_deref()));
        let all = faults.iter().cloned().chain(of_rules);
        found.extend(all.map(|finding| (at, finding)));
    }
    let Waived { findings: found, used } =
        waiver::apply(found, &spec.platforms, today, |places| path_of(sources, places.iter().copied()));
    let mut findings: Vec<_> = spec.unreadable.iter().cloned().chain(found).collect();
    if !is_clean(&findings) {
        // A part with an error may have the finding.
        findings.retain(|finding| *finding.code != codes::UNUSED_WAIVER);
    }
    Waived { findings, used }
}

/// The output of each spec; empty if there are errors.
fn generate(specs: &[String], policies: &[Vec<Policies>], findings: &mut Vec<Diagnostic>) -> Vec<Output> {
    if !is_clean(findings) {
        return Vec::new();
    }
    let platforms = policies.iter().flatten().map(|policies| policies.platform);
    let repositories = platforms.map(|platform| platform.repositories.len()).sum();
    let made = parallel::each(policies, repositories, |policies| generate_one(policies));
    let mut outputs = Vec::new();
    for (spec, (tree, found)) in made.into_iter().enumerate() {
        outputs.extend(tree.map(|tree| Output { spec, tree }));
        findings.extend(found);
    }
    // The specs share an output folder. Within one spec, `Tree::new` has already checked.
    if outputs.len() > 1 {
        let files = outputs.iter().flat_map(|output| output.tree.files());
        let collisions = Collision::among(files);
        findings.extend(collide(&collisions, &specs_of(specs, &outputs, &collisions)));
    }
    outputs
}

/// The output of one spec, if its files do not collide, and the findings about it.
fn generate_one(policies: &[Policies]) -> (Option<Tree>, Vec<Diagnostic>) {
    let Some(first) = policies.first() else { return (None, Vec::new()) };
    let (mut findings, mut drafts, mut found, mut collisions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for one in policies {
        let environment = one.platform.scope.environment.as_str();
        let environment = (policies.len() > 1).then_some(environment);
        let printed = printing::print(one);
        drafts.extend(printed.drafts);
        found.push(printed.resources);
        let same = addresses::collisions(printed.declared).into_iter();
        collisions.extend(same.map(|collision| collision.in_environment(environment)));
        findings.extend(printed.findings.into_iter().map(|finding| finding.in_environment(environment)));
    }
    drafts.extend(printing::print_shared(policies));
    if !collisions.is_empty() {
        // Their files collide too, for the same reason.
        findings.extend(collisions);
        return (None, findings);
    }
    let together: Vec<&Platform> = policies.iter().map(|policies| policies.platform).collect();
    let modules = record::modules(&together, found);
    match owner(first.platform).map(|owner| Tree::new(owner, drafts, modules)) {
        Ok(Ok(tree)) => return (Some(tree), findings),
        Ok(Err(collisions)) => findings.extend(collide(&collisions, &[])),
        Err(fault) => findings.push(fault),
    }
    (None, findings)
}

/// The specs that the colliding files are generated from.
fn specs_of<'s>(specs: &'s [String], outputs: &[Output], collisions: &[Collision]) -> Vec<&'s str> {
    let colliding: BTreeSet<&(RelPath, Span)> =
        collisions.iter().flat_map(|collision| [&collision.first, &collision.second]).collect();
    let collides = |file: &File| colliding.contains(&(file.path().clone(), file.origin()));
    let involved = outputs.iter().filter(|output| output.tree.files().iter().any(collides));
    involved.map(|output| specs[output.spec].as_str()).collect()
}

/// One error per way of colliding, because all files of two folders usually collide in the same way. `specs` are the specs
/// that collide, if the files come from several.
fn collide(collisions: &[Collision], specs: &[&str]) -> Vec<Diagnostic> {
    let mut ways: BTreeMap<Clash, Vec<&Collision>> = BTreeMap::new();
    collisions.iter().for_each(|collision| ways.entry(collision.clash).or_default().push(collision));
    let error = |(clash, collisions): (Clash, Vec<&Collision>)| {
        let first = collisions[0];
        let message = match collisions.as_slice() {
            [one] => one.to_string(),
            more => clash.of_several(more),
        };
        let message = match specs {
            [] => message,
            specs => format!("{message}, from {}", prose::named(specs.iter().copied(), specs.len())),
        };
        Diagnostic::new(&codes::FILES_COLLIDE, first.second.1, message)
            .and(first.first.1, "source of the other file")
            .help("use a different `terraform.directory` for each environment or spec; paths that differ only in letter case are the same path on macOS and Windows")
    };
    ways.into_iter().map(error).collect()
}

fn owner(platform: &Platform) -> Result<Owner, Diagnostic> {
    Owner::parse(&platform.scope.platform)
        .map_err(|bad| Diagnostic::new(&codes::MALFORMED, platform.span, bad.to_string()).at("platform"))
}

/// The findings of the guard: the output of a spec compared with the manifest of the committed output.
pub fn guarded(platforms: &[Platform], tree: &Tree, committed: Option<&Manifest>) -> Vec<Diagnostic> {
    let platforms: Vec<&Platform> = platforms.iter().collect();
    let Record::Modules(new) = tree.manifest().record() else { unreachable!("a new manifest has the newest format") };
    guard::check(&platforms, new, committed)
}
