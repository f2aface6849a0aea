//! `ecrgen simulate`

mod expectations;
mod input;
mod policies;

use std::path::PathBuf;

use anyhow::{Context, bail};

use self::policies::{Choice, Policies, Wanted};
use super::format::SimulationFormat;
use super::stdio::{write_stdout, write_stdout_with};
use super::{Status, clock};
use crate::lifecycle::Policy;
use crate::platform::Platform;
use crate::report;
use crate::simulation::{self, Comparison, Curves, History, Line, Prices, Pushes, Simulation, simulate};
use crate::time::{DAY, Time, parse_time};

/// Show what a lifecycle policy would do to images, before it does
///
/// The images are those of a listing:
///   aws ecr describe-images --repository-name NAME --filter imageStatus=ANY
///
/// or those that a schedule makes, on which the policy then runs once a day:
///   --schedule 'build: 5/day for 7d' --schedule 'release: 1/week for 1y of 400MB'
///
/// Before the colon stands what the images are tagged with, joined by `+`: classes of the spec, `untagged`, or a tag with
/// the placeholders of `image_tags`. Rates are per hour, day, week or month of 30 days; durations in d, w or y; sizes in
/// kB, MB or GB. All lines begin together. A tag that is pushed again moves.
///
/// Without either, what the spec says under `expect` is tried.
///
/// Exit status: 0 nothing in use goes and all expectations hold, 1 an image in use would be expired or archived by the
/// run at that time, or an expectation fails, 2 could not simulate.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The spec whose `retention` is tried
    #[arg(required_unless_present = "policy", conflicts_with = "policy")]
    spec: Option<String>,

    /// A lifecycle policy as AWS's JSON, instead of a spec
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,

    /// The JSON that `aws ecr describe-images` prints; `-` is standard input
    #[arg(long, value_name = "FILE", group = "input", required_unless_present_any = ["schedule", "spec"])]
    images: Option<PathBuf>,

    /// A line of a schedule, instead of a listing; may be repeated
    #[arg(long, value_name = "LINE", group = "input", value_parser = Line::parse)]
    schedule: Vec<Line>,

    /// Write images and bytes over time as a chart (SVG): a schedule's history, or what a listing's images come to if
    /// nothing is pushed or pulled any more
    #[arg(long, value_name = "FILE", requires = "input")]
    plot: Option<PathBuf>,

    /// The repository, by its key in the spec or its name in AWS; needed where the listing does not tell
    #[arg(long, value_name = "NAME")]
    repository: Option<String>,

    /// The environment, where the spec has several with this repository
    #[arg(long, value_name = "ENVIRONMENT")]
    environment: Option<String>,

    /// When the policy runs (the last time), as 2026-11-21 or 2026-11-21T10:30:00Z; now if left out
    #[arg(long, value_name = "TIME", value_parser = |text: &str| parse_time(text).map_err(|why| format!("it {why}")))]
    at: Option<Time>,

    /// Images in use: a reference a line, or the JSON of `kubectl get pods -A -o json`
    #[arg(long, value_name = "FILE", conflicts_with = "schedule")]
    in_use: Option<PathBuf>,

    /// What image indexes list: the JSON of `aws ecr batch-get-image`, a folder of manifests named for their digests, or
    /// a list of such files
    #[arg(long, value_name = "PATH", conflicts_with = "schedule")]
    manifests: Option<PathBuf>,

    /// Another spec, or a policy in a `.json` file, to compare with
    #[arg(long, value_name = "OTHER")]
    against: Option<String>,

    /// How verdicts are shown
    #[arg(long, value_enum, default_value_t)]
    format: SimulationFormat,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let policies = Policies::of(args.spec.as_deref(), args.policy.as_deref())?;
    let other = args.against.as_deref().map(Policies::named).transpose()?;
    let at = args.at.unwrap_or_else(clock::now);
    match (&args.images, &policies) {
        (Some(images), _) => over_listing(args, images, &policies, other.as_ref(), at),
        (None, Policies::Spec(_, platforms)) if args.schedule.is_empty() => {
            let chosen =
                |platform: &&Platform| args.environment.as_ref().is_none_or(|e| *e == platform.scope.environment);
            expectations::run(platforms.iter().filter(chosen), args.repository.as_deref(), args.format)
        }
        (None, _) => over_schedule(args, &policies, other.as_ref(), at),
    }
}

fn over_listing(
    args: &Args,
    images: &std::path::Path,
    policies: &Policies,
    other: Option<&Policies>,
    at: Time,
) -> anyhow::Result<Status> {
    let usage = args.in_use.as_deref().map(input::usage).transpose()?.unwrap_or_default();
    let inventories = input::inventories(images, args.manifests.as_deref(), at)?;
    let mut results = Vec::new();
    for inventory in &inventories {
        let Some(choice) = policies.choose(args.wanted(inventory.repository.as_deref()))? else { continue };
        let mut simulation = simulate(&choice.policy, inventory, &usage, at);
        simulation.name.clone_from(&choice.name);
        let other = other.map(|other| other.same(&choice)).transpose()?;
        let comparison = other.map(|other| Comparison::of(&simulation, &simulate(&other, inventory, &usage, at)));
        results.push((simulation, comparison, choice.prices()));
    }
    if results.is_empty() {
        bail!("{} lists no image of the repository asked for", images.display());
    }
    match results.as_slice() {
        [(simulation, ..)] => args.plot(|| Curves::of_simulation(simulation))?,
        _ if args.plot.is_some() => {
            bail!("{} lists several repositories: say with --repository which to plot", images.display())
        }
        _ => {}
    }
    let lost = results.iter().any(|(simulation, ..)| simulation.lost_in_use().next().is_some());
    tell(args, results)?;
    Ok(if lost { Status::No } else { Status::Good })
}

fn tell(args: &Args, results: Vec<(Simulation<'_>, Option<Comparison>, Prices)>) -> anyhow::Result<()> {
    let charset = super::style().charset;
    if let SimulationFormat::Json = args.format {
        let results: Vec<_> = results.into_iter().map(|(simulation, comparison, _)| (simulation, comparison)).collect();
        return write_stdout_with(|out| report::simulation::json(&results, out));
    }
    let shown = results.iter().map(|(simulation, comparison, prices)| {
        let mut text = report::simulation::text(simulation, prices, charset);
        if let (Some(comparison), Some(other)) = (comparison, &args.against) {
            text += &report::simulation::comparison(comparison, other, charset);
        }
        text
    });
    write_stdout(shown.collect::<Vec<_>>().join("\n"))
}

fn over_schedule(args: &Args, policies: &Policies, other: Option<&Policies>, at: Time) -> anyhow::Result<Status> {
    let choice = policies.choose(args.wanted(None))?.expect("only a listing can be of another repository");
    let history = history(&args.schedule, &choice, &choice.policy, at)?;
    args.plot(|| Curves::of_history(&choice.name, &history))?;
    if let SimulationFormat::Json = args.format {
        let outcome = history.outcome(&choice.name, &choice.policy);
        write_stdout_with(|out| report::simulation::json(&[(outcome, None)], out))?;
        return Ok(Status::Good);
    }
    let charset = super::style().charset;
    let mut text = report::simulation::history_text(&choice.name, &history, &choice.prices(), charset);
    if let (Some(other), Some(name)) = (other, &args.against) {
        let there = self::history(&args.schedule, &choice, &other.same(&choice)?, at)?;
        text += &report::simulation::history_comparison(&history, &there, name, charset);
    }
    write_stdout(text)?;
    Ok(Status::Good)
}

/// The schedule's images under a policy, so that the last evening is at that time.
fn history(schedule: &[Line], choice: &Choice<'_>, policy: &Policy, at: Time) -> anyhow::Result<History> {
    let pushes: Vec<Pushes> = schedule.iter().map(|line| choice.pushes(line)).collect::<Result<_, _>>()?;
    let days = pushes.iter().map(|pushes| pushes.days).max().unwrap_or(1);
    let start = Time(at.0 - i64::from(days) * DAY);
    let (services, environment) = choice.repository.map_or((&[][..], ""), |(platform, repository)| {
        (repository.services.as_slice(), platform.scope.environment.as_str())
    });
    let images = simulation::images(&pushes, services, environment, start).map_err(anyhow::Error::msg)?;
    Ok(History::run(policy, images, start, days))
}

impl Args {
    fn plot(&self, curves: impl FnOnce() -> Curves) -> anyhow::Result<()> {
        let Some(file) = &self.plot else { return Ok(()) };
        std::fs::write(file, report::simulation::svg(&curves()))
            .with_context(|| format!("cannot write {}", file.display()))
    }

    fn wanted<'a>(&'a self, listed: Option<&'a str>) -> Wanted<'a> {
        Wanted { repository: self.repository.as_deref(), environment: self.environment.as_deref(), listed }
    }
}
