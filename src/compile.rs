//! Specs to files: the whole way but the last arrow.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::guard;
use crate::modules::{self, Content, Generated};
use crate::platform::{self, Platform, claims};
use crate::rules::{self, waiver};
use crate::source::Sources;
use crate::spec::load::{Loaded, Read, load};
use crate::terraform::{self, Pins};
use crate::tree::{Collision, Draft, Owner, Tree};

/// What came of compiling.
#[derive(Debug)]
pub struct Compilation {
    /// The files that were read.
    pub sources: Sources,
    /// Everything there is to say about them.
    pub findings: Vec<Diagnostic>,
    /// The platforms, spec by spec; whole where there are no errors.
    pub platforms: Vec<Vec<Platform>>,
    /// The output of each spec; none while there are errors.
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

/// Compiles specs together. `today` is a day as `2026-11-21`: waivers end.
pub fn compile(specs: &[String], read: Read, today: &str) -> Compilation {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let mut platforms = Vec::new();
    for spec in specs {
        let loaded = load(spec, read, &mut sources, &mut findings);
        platforms.push(resolve(&loaded, today, &mut findings));
    }
    findings.extend(claims::check(&platforms));
    let outputs = if is_clean(&findings) { generate(&platforms, &mut findings) } else { Vec::new() };
    // What stands outside of environments and repositories is found in each of them.
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert((finding.code, finding.message.clone(), finding.labels.clone())));
    shorten(&mut findings);
    Compilation { sources, findings, platforms, outputs }
}

/// How many findings are shown: more than anybody reads, and few enough to be printed in a moment.
const MAX_FINDINGS: usize = 500;

/// Leaves the heaviest findings, the first ones of each file, and says how many there were besides.
fn shorten(findings: &mut Vec<Diagnostic>) {
    let more = findings.len().saturating_sub(MAX_FINDINGS);
    if more > 0 {
        findings.sort_by_key(|finding| (Reverse(finding.severity), finding.labels.first().map(|label| label.span)));
        findings.truncate(MAX_FINDINGS);
        let message = format!("{more} more findings are not shown");
        let mut rest = Diagnostic::new(findings[0].severity, "too-many-findings", Default::default(), message);
        rest.labels.clear();
        findings.push(rest.help("mend the others first"));
    }
}

/// Whether nothing stands in the way of the output.
pub fn is_clean(findings: &[Diagnostic]) -> bool {
    findings.iter().all(|finding| finding.severity < Severity::Error)
}

/// The platforms of one spec, and what there is to say about them, less what the spec waives.
fn resolve(loaded: &[Loaded], today: &str, findings: &mut Vec<Diagnostic>) -> Vec<Platform> {
    let mut platforms = Vec::new();
    let mut found = Vec::new();
    for loaded in loaded {
        let mut faults = Vec::new();
        match platform::resolve(loaded, &mut faults) {
            Some(platform) => {
                faults.extend(rules::check(&platform));
                found.extend(faults.into_iter().map(|fault| (platforms.len(), fault)));
                platforms.push(platform);
            }
            None => findings.append(&mut faults),
        }
    }
    let mut found = waiver::apply(found, &platforms, today);
    if !is_clean(findings) || !is_clean(&found) {
        // Of a platform from which parts are left out only errors are certain.
        found.retain(|finding| finding.severity == Severity::Error);
    }
    findings.append(&mut found);
    platforms
}

/// The output of each spec.
fn generate(platforms: &[Vec<Platform>], findings: &mut Vec<Diagnostic>) -> Vec<Output> {
    let mut outputs = Vec::new();
    for (spec, platforms) in platforms.iter().enumerate() {
        let Some(first) = platforms.first() else { continue };
        let mut drafts = Vec::new();
        for platform in platforms {
            let pins = pins(platform);
            let mut batch = Vec::new();
            let faults = modules::generate(platform, |file| {
                batch.push(file);
                if batch.len() == BATCH {
                    finish(std::mem::take(&mut batch), &pins, &mut drafts, findings);
                }
            });
            findings.extend(faults);
            finish(batch, &pins, &mut drafts, findings);
        }
        let together: Vec<&Platform> = platforms.iter().collect();
        match owner(first).map(|owner| Tree::new(owner, drafts, guard::facts(&together))) {
            Ok(Ok(tree)) => outputs.push(Output { spec, tree }),
            Ok(Err(collisions)) => findings.extend(collisions.iter().map(collide)),
            Err(fault) => findings.push(fault),
        }
    }
    // They share an output folder; within one of them `Tree::new` has looked already.
    if outputs.len() > 1 {
        let files = outputs.iter().flat_map(|output| output.tree.files());
        findings.extend(Collision::among(files).iter().map(collide));
    }
    outputs
}

fn collide(collision: &Collision) -> Diagnostic {
    let [first, second] =
        [&collision.first, &collision.second].map(|(_, origin)| origin.expect("every draft has an origin"));
    let fault = Diagnostic::error("files-collide", second, collision.to_string());
    fault.and(first, "the other file comes from here").help("`terraform.directory` keeps them apart")
}

fn owner(platform: &Platform) -> Result<Owner, Diagnostic> {
    Owner::parse(&platform.scope.platform)
        .map_err(|bad| Diagnostic::error("malformed", platform.span, bad.to_string()).at("platform"))
}

/// How many files are verified and printed together: enough to be worth a thread, few enough to hold as trees.
const BATCH: usize = 512;

/// Verifies and prints files, in their order: half of them on a second thread if there are many. These two are half
/// of a large spec's time.
fn finish(mut files: Vec<Generated>, pins: &Pins, drafts: &mut Vec<Draft>, findings: &mut Vec<Diagnostic>) {
    let all = |files: Vec<Generated>| files.into_iter().map(|file| draft(file, pins)).collect::<Vec<_>>();
    let done = if files.len() < BATCH {
        all(files)
    } else {
        let second = files.split_off(files.len() / 2);
        std::thread::scope(|scope| {
            let second = scope.spawn(|| all(second));
            let mut done = all(files);
            done.extend(second.join().expect("it panics only where this thread would"));
            done
        })
    };
    for (draft, found) in done {
        drafts.push(draft);
        findings.extend(found);
    }
}

/// Verifies and prints a file. A fault here is one of ours or of the pins, and still names the line it came from.
fn draft(file: Generated, pins: &Pins) -> (Draft, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let body = match file.content {
        Content::Text(text) => text,
        Content::Hcl(body) => {
            for fault in terraform::verify(&body, pins) {
                let message = format!("{} would not work: {}", file.path, fault.message);
                let finding = Diagnostic::error("terraform", fault.origin.unwrap_or(file.origin), message);
                findings.push(Diagnostic { help: fault.help, ..finding });
            }
            terraform::print(&body)
        }
    };
    (Draft { path: file.path, body, origin: Some(file.origin) }, findings)
}

/// The lowest versions that the platform's constraints admit. A constraint without a lower end admits the oldest.
fn pins(platform: &Platform) -> Pins {
    let lowest =
        |pin: &platform::root_module::Pin| pin.constraint.lowest().unwrap_or_else(|| terraform::Version::new(0, 0, 0));
    let pins = Pins::new().terraform(lowest(&platform.root.version));
    platform.root.providers.iter().fold(pins, |pins, (name, pin)| pins.provider(name, lowest(pin)))
}

/// Findings of a compilation against the manifest of what was committed.
pub fn guarded(platforms: &[Platform], committed: Option<&crate::tree::Manifest>) -> Vec<Diagnostic> {
    let platforms: Vec<&Platform> = platforms.iter().collect();
    let nothing = Default::default();
    guard::check(&platforms, committed.map_or(&nothing, |manifest| manifest.repositories()))
}
