//! `ecrgen simulate`

mod expectations;
mod input;
mod only;
mod plot;
mod policies;
mod remarks;

use std::path::Path;

use anyhow::bail;

use self::only::Only;
use self::policies::{Choice, DEFAULT_SIZE, Policies, Wanted};
use super::environment::chosen;
use super::failed::Found;
use super::format::SimulationFormat;
use super::stdio::{write_stdout, write_stdout_with};
use super::{Status, clock};
use crate::lifecycle::Policy;
use crate::report;
use crate::report::simulation::{HistoryReport, Report};
use crate::simulation::{
    Activity, Comparison, Curves, History, Line, Listed, PreviewComparison, PullLine, Schedule, simulate,
};
use crate::time::{DAY, Time, parse_time};

/// Preview which images a lifecycle policy would delete or archive
///
/// The policy comes from the `retention` rules of a spec or from a JSON file (--policy). The
/// preview needs no AWS account. The images come from one of these sources:
///
/// A listing (--images), which you create with the AWS CLI:
///   aws ecr describe-images --repository-name NAME --filter imageStatus=ANY
///
/// A schedule of pushes (--schedule), on which the policy runs once per day:
///   --schedule 'build: 5/day for 7d' --schedule 'release: 1/week for 1y of 400MB'
///
/// The `expect` section of the spec, if you pass neither option. ecrgen then checks whether each
/// expectation holds.
///
/// The part of a schedule before the colon lists the tags of each image, joined by `+`: tag
/// classes of the spec, `untagged`, or a tag with the placeholders of `image_tags`. A tag that is
/// pushed again moves to the new image. Rates are per hour, day, week or month (30 days).
/// Durations are in d, w or y. Sizes are in kB, MB or GB (1 GB is 1024 MB). All schedules start
/// at the same time.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen simulate
  ecrgen simulate --images images.json --in-use pods.json
  ecrgen simulate --repository cart --schedule 'build: 5/day for 7d'
  ecrgen simulate --policy policy.json --images images.json --against ecrgen.yaml

Exit status: 0 if no image in use would be deleted or archived and all expectations hold, 1 if
an image in use would or may be deleted or archived by the run at that time, an expectation fails
or AWS's preview has other results, 2 if the simulation could not run.")]
pub struct Args {
    /// Spec with the `retention` rules to run; `-` reads standard input [default: `ecrgen.yaml` or `ecrgen/*.yaml`, here or
    /// above]
    #[arg(conflicts_with = "policy")]
    spec: Option<String>,

    /// Lifecycle policy in the JSON format of AWS, instead of a spec
    ///
    /// Also reads the output of `aws ecr get-lifecycle-policy`, and a CloudFormation template in JSON.
    /// With the output of `aws ecr get-lifecycle-policy-preview`, ecrgen compares its verdicts with
    /// those of AWS.
    #[arg(long, value_name = "FILE", requires = "input", verbatim_doc_comment)]
    policy: Option<Box<Path>>,

    /// Image listing: the JSON output of `aws ecr describe-images`; `-` reads standard input
    #[arg(long, value_name = "FILE", group = "input")]
    images: Option<Box<Path>>,

    /// Schedule of pushes, instead of a listing; can be repeated
    #[arg(long, value_name = "LINE", group = "input", value_parser = Line::parse)]
    schedule: Vec<Line>,

    /// Pulls during the schedule, such as `release: 1/week`, of the newest image with these tags; can be repeated
    #[arg(long, value_name = "LINE", requires = "schedule", value_parser = PullLine::parse)]
    pulls: Vec<PullLine>,

    /// What cosign pushes with each image of the schedule: `sig`, `att`, `sbom`, separated by commas
    #[arg(long, value_name = "KINDS", requires = "schedule", value_delimiter = ',', value_parser = ["sig", "att", "sbom"])]
    signed: Vec<String>,

    /// Write an SVG chart of the number and size of images over time
    ///
    /// With a schedule, the chart shows its history. With a listing, it shows the future of the
    /// listed images if nothing is pushed or pulled. With --against, it shows both policies.
    #[arg(long, value_name = "FILE.svg", requires = "input", verbatim_doc_comment, value_parser = plot::file)]
    plot: Option<Box<Path>>,

    /// Repository, by its key in the spec or its name in AWS; required if there are several and the listing does
    /// not name one
    #[arg(long, value_name = "NAME")]
    repository: Option<String>,

    /// Only consider this environment; required if several environments have the repository
    #[arg(long, value_name = "ENVIRONMENT")]
    environment: Option<String>,

    /// Time of the last run of the policy, such as 2026-11-21 or 2026-11-21T10:30:00Z [default: now]
    #[arg(long, value_name = "TIME", value_parser = |text: &str| parse_time(text).map_err(|why| format!("it {why}")))]
    at: Option<Time>,

    /// Images in use: the JSON output of `kubectl get`, ECS, Lambda or App Runner, or one image reference per line
    #[arg(long, value_name = "FILE", conflicts_with = "schedule")]
    in_use: Option<Box<Path>>,

    /// Image manifests, which tell which images belong to an image index
    ///
    /// The JSON output of `aws ecr batch-get-image`, a folder of manifests named after their digests,
    /// or a list of such files.
    #[arg(long, value_name = "PATH", conflicts_with = "schedule", verbatim_doc_comment)]
    manifests: Option<Box<Path>>,

    /// Another spec, or a policy in a `.json` file, to compare with
    #[arg(long, value_name = "OTHER")]
    against: Option<String>,

    /// Only list these images; the totals still count all of them
    #[arg(long, value_enum, value_name = "ACTION", value_delimiter = ',', requires = "images")]
    only: Vec<Only>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: SimulationFormat,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    args.read_standard_input_once()?;
    if args.format == SimulationFormat::Sarif && (args.images.is_some() || !args.schedule.is_empty()) {
        bail!("--images and --schedule do not support --format sarif; use text or json");
    }
    let policies = Policies::of(args.spec.as_deref(), args.policy.as_deref(), args.format)?;
    let other = args.against.as_deref().map(|name| Policies::named(name, args.format)).transpose()?;
    let at = args.at.unwrap_or_else(clock::now);
    if let Policies::Spec(_, platforms, _) = &policies {
        chosen(platforms.iter(), args.environment.as_deref())?;
    }
    match (&args.images, &policies) {
        (Some(images), _) => over_listing(args, images, &policies, other.as_ref(), at),
        (None, Policies::Spec(_, platforms, failed)) if args.schedule.is_empty() => {
            let chosen = chosen(platforms.iter(), args.environment.as_deref())?;
            expectations::run(&chosen, args.repository.as_deref(), failed, args.format)
        }
        (None, _) => over_schedule(args, &policies, other.as_ref(), at),
    }
}

fn over_listing(
    args: &Args,
    images: &Path,
    policies: &Policies,
    other: Option<&Policies>,
    at: Time,
) -> anyhow::Result<Status> {
    let usage = args.in_use.as_deref().map(input::usage).transpose()?.unwrap_or_default();
    let inventories = input::inventories(images, args.manifests.as_deref(), at)?;
    let (mut results, mut drawn) = (Vec::new(), Vec::new());
    let only: Vec<Listed> = args.only.iter().copied().map(Listed::from).collect();
    for inventory in &inventories {
        let listed = inventory.repository.as_deref();
        let Some(choice) = policies.choose(args.wanted(listed))? else { continue };
        let mut simulation = simulate(&choice.policy, inventory, &usage, at);
        simulation.name.clone_from(&choice.name);
        simulation.remarks.extend(policies.remarks(&choice, listed));
        let other = other.map(|other| other.same(&choice)).transpose()?;
        let there = other.map(|other| simulate(&other, inventory, &usage, at));
        if let Some(file) = &args.plot {
            let curves = there.as_ref().map(Curves::of_simulation);
            drawn.push((file, args.curves(&choice, Curves::of_simulation(&simulation), curves.as_ref())));
        }
        let against = there.map(|there| Comparison::of(&simulation, &there));
        let preview = policies.preview().map(|preview| PreviewComparison::of(&simulation, preview));
        let listed = simulation.listed(&only);
        results.push(Report { simulation, listed, prices: choice.prices(), history: None, against, preview });
    }
    // What the listing does not have is the same for all its repositories.
    if let Some(report) = results.first_mut() {
        report.simulation.remarks.extend(usage.of_others(&inventories));
    }
    if results.is_empty() {
        bail!("{} lists no images of the selected repository", images.display());
    }
    match drawn.as_slice() {
        [] => {}
        [(file, curves)] => plot::write(file, curves)?,
        _ => bail!("{} lists several repositories; select the one to plot with --repository", images.display()),
    }
    let bad = results.iter().any(|report| {
        report.simulation.lost_in_use().chain(report.simulation.endangered_in_use()).next().is_some()
            || report.preview.as_ref().is_some_and(PreviewComparison::contradicts)
    });
    tell(args, &results, policies)?;
    Ok(if bad { Status::No } else { Status::Good })
}

fn tell(args: &Args, results: &[Report<'_>], policies: &Policies) -> anyhow::Result<()> {
    let style = super::style();
    if let SimulationFormat::Json = args.format {
        return document(results, policies);
    }
    let shown = results.iter().map(|report| {
        let mut text = report::simulation::text(&report.simulation, &report.listed, &report.prices, style);
        if let (Some(comparison), Some(other)) = (&report.against, &args.against) {
            text += &report::simulation::comparison(comparison, other, style);
        }
        text + &report.preview.iter().map(|preview| report::simulation::preview(preview, style)).collect::<String>()
    });
    write_stdout(shown.collect::<Vec<_>>().join("\n"))
}

/// Prints the document for programs, with the findings about a policy from a file.
fn document(results: &[Report<'_>], policies: &Policies) -> anyhow::Result<()> {
    let none = Found::default();
    let found = policies.found().unwrap_or(&none);
    write_stdout_with(|out| report::simulation::json(results, &found.sources, &found.findings, out))
}

fn over_schedule(args: &Args, policies: &Policies, other: Option<&Policies>, at: Time) -> anyhow::Result<Status> {
    let choice = policies.choose(args.wanted(None))?.expect("only a listing can belong to another repository");
    let history = history(args, &choice, &choice.policy, at)?;
    let other = other.map(|other| other.same(&choice)).transpose()?;
    let there = other.as_ref().map(|other| self::history(args, &choice, other, at)).transpose()?;
    if let Some(file) = &args.plot {
        let of_other = there.as_ref().map(|there| Curves::of_history(&choice.name, there));
        plot::write(file, &args.curves(&choice, Curves::of_history(&choice.name, &history), of_other.as_ref()))?;
    }
    let against = there.as_ref().zip(other.as_ref()).map(|(there, other)| {
        Comparison::of(&history.outcome(&choice.name, &choice.policy), &there.outcome(&choice.name, other))
    });
    if let SimulationFormat::Json = args.format {
        let mut simulation = history.outcome(&choice.name, &choice.policy);
        simulation.remarks.extend(policies.remarks(&choice, None));
        simulation.remarks.extend(args.assumed_size());
        let history = Some(HistoryReport { history: &history, against: there.as_ref() });
        let (listed, prices) = (simulation.listed(&[]), choice.prices());
        let report = Report { simulation, listed, prices, history, against, preview: None };
        document(&[report], policies)?;
        return Ok(Status::Good);
    }
    let style = super::style();
    let mut text =
        report::simulation::history_text(&choice.name, &history, &choice.prices(), args.assumed_size(), style);
    if let (Some(there), Some(against), Some(name)) = (&there, &against, &args.against) {
        text += &report::simulation::history_comparison([&history, there], against, name, style);
    }
    write_stdout(text)?;
    Ok(Status::Good)
}

/// Runs a policy on the images of a schedule, so that the last evening is at the given time.
fn history(args: &Args, choice: &Choice<'_>, policy: &Policy, at: Time) -> anyhow::Result<History> {
    let activity = Activity {
        pushes: args.schedule.iter().map(|line| choice.pushes(line)).collect::<Result<_, _>>()?,
        pulls: args.pulls.iter().map(|line| choice.pulls(line)).collect::<Result<_, _>>()?,
        signed: args.signed.clone(),
    };
    let days = activity.pushes.iter().map(|pushes| pushes.days).max().unwrap_or(1);
    let start = Time(at.0 - i64::from(days) * DAY);
    let (services, environment) = choice.repository.map_or((&[][..], ""), |(platform, repository)| {
        (repository.services.as_slice(), platform.scope.environment.as_str())
    });
    let schedule = Schedule::of(&activity, services, environment, start).map_err(anyhow::Error::msg)?;
    Ok(History::run(policy, schedule, start, days))
}

impl Args {
    fn read_standard_input_once(&self) -> anyhow::Result<()> {
        let files = [&self.policy, &self.images, &self.in_use, &self.manifests].into_iter().flatten();
        let specs = [&self.spec, &self.against].into_iter().flatten().map(Path::new);
        match files.map(|file| &**file).chain(specs).filter(|file| file.as_os_str() == "-").count() {
            0 | 1 => Ok(()),
            _ => bail!("only one option can read standard input with `-`"),
        }
    }

    /// The size of the images whose lines of the schedule state none, in words.
    fn assumed_size(&self) -> Option<String> {
        let is_open = self.schedule.iter().any(|line| line.size.is_none());
        is_open.then(|| report::simulation::assumed_size(DEFAULT_SIZE))
    }

    /// The curves of a repository, with those of the policy to compare with.
    fn curves(&self, choice: &Choice<'_>, curves: Curves, there: Option<&Curves>) -> Curves {
        let environment = choice.repository.map(|(platform, _)| platform.scope.environment.clone());
        let curves = Curves { environment, ..curves };
        match (there, &self.against) {
            (Some(there), Some(name)) => curves.against(there, name),
            _ => curves,
        }
    }

    fn wanted<'a>(&'a self, listed: Option<&'a str>) -> Wanted<'a> {
        Wanted { repository: self.repository.as_deref(), environment: self.environment.as_deref(), listed }
    }
}
