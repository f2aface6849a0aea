//! `ecrgen simulate`

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, anyhow, bail};

use super::Status;
use super::common::Specs;
use crate::diagnostic::{Diagnostic, Severity};
use crate::inventory::{Inventory, Manifests, Usage, parse_time, read};
use crate::lifecycle::{self, Policy, Time};
use crate::platform::{Platform, Repository};
use crate::report;
use crate::simulation::{Comparison, Prices, Simulation, json, simulate, text};

/// Show what a lifecycle policy would do to images, before it does
///
/// The images are those of a listing:  aws ecr describe-images --repository-name NAME --filter imageStatus=ANY
///
/// Exit status: 0 nothing in use goes, 1 an image in use would be expired or archived by the run at that time, 2 could
/// not simulate.
#[derive(clap::Args)]
pub struct Args {
    /// The spec whose `retention` is tried
    #[arg(required_unless_present = "policy", conflicts_with = "policy")]
    spec: Option<String>,

    /// A lifecycle policy as AWS's JSON, instead of a spec
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,

    /// The JSON that `aws ecr describe-images` prints; `-` is standard input
    #[arg(long, value_name = "FILE")]
    images: PathBuf,

    /// The repository, by its key in the spec or its name in AWS; needed where the listing does not tell
    #[arg(long, value_name = "NAME")]
    repository: Option<String>,

    /// The environment, where the spec has several with this repository
    #[arg(long, value_name = "ENVIRONMENT")]
    environment: Option<String>,

    /// When the policy runs, as 2026-11-21 or 2026-11-21T10:30:00Z; now if left out
    #[arg(long, value_name = "TIME", value_parser = |text: &str| parse_time(text).map_err(|why| format!("it {why}")))]
    at: Option<Time>,

    /// Images in use: a reference a line, or the JSON of `kubectl get pods -A -o json`
    #[arg(long, value_name = "FILE")]
    in_use: Option<PathBuf>,

    /// What image indexes list: the JSON of `aws ecr batch-get-image`, a folder of manifests named for their digests, or
    /// a list of such files
    #[arg(long, value_name = "PATH")]
    manifests: Option<PathBuf>,

    /// Another spec, or a policy in a `.json` file, to compare with
    #[arg(long, value_name = "OTHER")]
    against: Option<String>,

    /// How verdicts are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// For whom the verdicts are.
#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// People at a terminal
    #[default]
    Text,
    /// Programs: one JSON document with a format version
    Json,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let policies = Policies::of(args.spec.as_deref(), args.policy.as_deref())?;
    let other = args.against.as_deref().map(Policies::named).transpose()?;
    let at = args.at.unwrap_or_else(now);
    let usage = args.in_use.as_deref().map(usage).transpose()?.unwrap_or_default();
    let inventories = inventories(args, at)?;
    let mut wanted = Vec::new();
    for inventory in &inventories {
        wanted.extend(policies.choose(args, inventory)?.map(|choice| (inventory, choice)));
    }
    if wanted.is_empty() {
        bail!("{} lists no image of the repository asked for", args.images.display());
    }
    let mut results = Vec::new();
    for (inventory, choice) in wanted {
        let mut simulation = simulate(&choice.policy, inventory, &usage, at);
        simulation.name.clone_from(&choice.name);
        let comparison = other.as_ref().map(|other| -> anyhow::Result<Comparison> {
            let other = other.same(args, &choice)?;
            Ok(Comparison::of(&simulation, &simulate(&other, inventory, &usage, at)))
        });
        results.push((simulation, comparison.transpose()?));
    }
    show(args, &results, &policies.prices());
    let lost = results.iter().any(|(simulation, _)| simulation.lost_in_use().next().is_some());
    Ok(if lost { Status::No } else { Status::Good })
}

fn show(args: &Args, results: &[(Simulation<'_>, Option<Comparison>)], prices: &Prices) {
    if let Format::Json = args.format {
        anstream::print!("{}", json(results));
        return;
    }
    let charset = super::style().charset;
    for (i, (simulation, comparison)) in results.iter().enumerate() {
        if i > 0 {
            anstream::println!();
        }
        anstream::print!("{}", text(simulation, prices, charset));
        if let (Some(comparison), Some(other)) = (comparison, &args.against) {
            anstream::println!("\nCompared with {}, this policy {}.", charset.disarm(other), comparison.sentence());
        }
    }
}

/// Where policies come from.
enum Policies {
    /// A file with one.
    One(Policy),
    /// The repositories of a spec, environment by environment.
    Spec(String, Vec<Platform>),
}

/// A repository's policy; one without any keeps everything.
struct Choice {
    name: String,
    key: String,
    environment: String,
    policy: Policy,
}

impl Policies {
    fn of(spec: Option<&str>, policy: Option<&Path>) -> anyhow::Result<Policies> {
        match (spec, policy) {
            (Some(spec), _) => platforms(spec).map(|platforms| Policies::Spec(spec.to_owned(), platforms)),
            (None, Some(file)) => self::policy(file).map(Policies::One),
            (None, None) => unreachable!("clap requires one of the two"),
        }
    }

    /// A spec, unless the name says that it is JSON.
    fn named(name: &str) -> anyhow::Result<Policies> {
        match name.ends_with(".json") {
            true => Policies::of(None, Some(Path::new(name))),
            false => Policies::of(Some(name), None),
        }
    }

    fn prices(&self) -> Prices {
        Prices::default()
    }

    /// The policy for an inventory; none where another repository is asked for.
    fn choose(&self, args: &Args, inventory: &Inventory) -> anyhow::Result<Option<Choice>> {
        let listed = inventory.repository.as_deref();
        let asked = args.repository.as_deref();
        let (spec, platforms) = match self {
            Policies::One(policy) => {
                let name = asked.or(listed).unwrap_or_default().to_owned();
                let choice = Choice { key: name.clone(), name, environment: String::new(), policy: policy.clone() };
                let other = asked.is_some() && listed.is_some() && asked != listed;
                return Ok((!other).then_some(choice));
            }
            Policies::Spec(spec, platforms) => (spec, platforms),
        };
        let here = platforms
            .iter()
            .filter(|platform| args.environment.as_ref().is_none_or(|name| *name == platform.scope.environment))
            .flat_map(|platform| platform.repositories.iter().map(move |repository| (platform, repository)));
        let all: Vec<(&Platform, &Repository)> = here.collect();
        let found: Vec<&(&Platform, &Repository)> = match (asked, listed) {
            (Some(asked), _) => all.iter().filter(|(_, r)| r.name == asked || r.key == asked).collect(),
            (None, Some(listed)) => all.iter().filter(|(_, r)| r.name == listed).collect(),
            (None, None) => all.iter().collect(),
        };
        let names = || all.iter().map(|(p, r)| format!("{} ({})", r.name, p.scope.environment)).collect::<Vec<_>>();
        match (found.as_slice(), asked.or(listed)) {
            ([], Some(name)) => bail!("{spec} has no repository called {name}; it has: {}", names().join(", ")),
            ([], None) => bail!("{spec} has no repository"),
            ([(platform, repository)], _) => {
                let other = listed.is_some_and(|listed| listed != repository.name);
                Ok((!other).then(|| choice(platform, repository)))
            }
            _ => bail!("say which repository with --repository and --environment: {}", names().join(", ")),
        }
    }

    /// The policy to compare a choice with: of the repository of the same name, or else of the same key.
    fn same(&self, args: &Args, choice: &Choice) -> anyhow::Result<Policy> {
        let (spec, platforms) = match self {
            Policies::One(policy) => return Ok(policy.clone()),
            Policies::Spec(spec, platforms) => (spec, platforms),
        };
        let environment = args.environment.as_deref().unwrap_or(&choice.environment);
        let named = platforms.iter().flat_map(|p| &p.repositories).find(|r| r.name == choice.name);
        let keyed = || {
            let here = platforms.iter().filter(|p| p.scope.environment == environment);
            here.flat_map(|p| &p.repositories).find(|r| r.key == choice.key)
        };
        let repository = named.or_else(keyed);
        repository.map(policy_of).ok_or_else(|| anyhow!("{spec} has no repository called {}", choice.name))
    }
}

fn choice(platform: &Platform, repository: &Repository) -> Choice {
    Choice {
        name: repository.name.clone(),
        key: repository.key.clone(),
        environment: platform.scope.environment.clone(),
        policy: policy_of(repository),
    }
}

fn policy_of(repository: &Repository) -> Policy {
    repository.lifecycle.as_ref().map_or(Policy { rules: Vec::new() }, |lifecycle| lifecycle.policy.clone())
}

/// The platforms of a spec. Its warnings are the business of `lint`.
fn platforms(spec: &str) -> anyhow::Result<Vec<Platform>> {
    let specs = Specs { specs: vec![spec.to_owned()], format: report::Format::Text, deny: None };
    let mut compilation = specs.compile();
    let errors: Vec<Diagnostic> =
        compilation.findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
    specs.show(&compilation, &errors);
    match errors.is_empty() {
        true => Ok(compilation.platforms.remove(0)),
        false => bail!("{spec} has errors"),
    }
}

/// A policy that AWS would take.
fn policy(file: &Path) -> anyhow::Result<Policy> {
    let policy = Policy::from_json(&text_of(file)?);
    let faults = policy.as_ref().map_or_else(Clone::clone, lifecycle::check);
    for fault in &faults {
        let weight = match fault.constraint.severity {
            lifecycle::Severity::Error => "error",
            lifecycle::Severity::Warning => "warning",
        };
        let place = if fault.path.is_empty() { String::new() } else { format!(" at {}", fault.path) };
        let charset = super::style().charset;
        anstream::eprintln!(
            "{weight}[{}]: {}{}: {}\n  help: {}",
            fault.constraint.code,
            file.display(),
            charset.disarm(&place),
            charset.disarm(&fault.message),
            fault.constraint.help
        );
    }
    if faults.iter().any(|fault| fault.constraint.severity == lifecycle::Severity::Error) {
        bail!("AWS would refuse the lifecycle policy in {}", file.display());
    }
    policy.map_err(|_| unreachable!("faults of grammar are errors"))
}

fn inventories(args: &Args, at: Time) -> anyhow::Result<Vec<Inventory>> {
    let manifests = args.manifests.as_deref().map(manifests).transpose()?.unwrap_or_default();
    read(&text_of(&args.images)?, &manifests, at).map_err(|faults| refused(&args.images, &faults))
}

fn usage(file: &Path) -> anyhow::Result<Usage> {
    Usage::read(&text_of(file)?).map_err(|faults| refused(file, &faults))
}

/// Manifests in a folder and those below it, in one file, or in the files that a list names, relative to it.
fn manifests(path: &Path) -> anyhow::Result<Manifests> {
    let mut manifests = Manifests::default();
    if path.is_dir() {
        add_folder(path, &mut manifests)?;
        return Ok(manifests);
    }
    let text = text_of(path)?;
    if text.trim_start().starts_with('{') {
        manifests.add(&path.display().to_string(), &text).map_err(anyhow::Error::msg)?;
        return Ok(manifests);
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let file = folder.join(line);
        manifests.add(&file.display().to_string(), &text_of(&file)?).map_err(anyhow::Error::msg)?;
    }
    Ok(manifests)
}

fn add_folder(folder: &Path, manifests: &mut Manifests) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        match path.is_dir() {
            true => add_folder(&path, manifests)?,
            false => manifests.add(&path.display().to_string(), &text_of(&path)?).map_err(anyhow::Error::msg)?,
        }
    }
    Ok(())
}

fn refused(file: &Path, faults: &[String]) -> anyhow::Error {
    let charset = super::style().charset;
    let lines: Vec<String> = faults.iter().map(|fault| format!("\n  {}", charset.disarm(fault))).collect();
    anyhow!("{} cannot be used:{}", file.display(), lines.concat())
}

fn text_of(file: &Path) -> anyhow::Result<String> {
    let text = match file.to_str() {
        Some("-") => std::io::read_to_string(std::io::stdin()),
        _ => std::fs::read_to_string(file),
    };
    text.with_context(|| format!("cannot read {}", file.display()))
}

fn now() -> Time {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Time(i64::try_from(seconds).unwrap_or(i64::MAX))
}
