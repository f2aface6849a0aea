//! `ecrgen tag`

mod context;

use anyhow::bail;

use self::context::Context;
use super::Status;
use super::environment::chosen;
use super::format::TagFormat;
use super::specs::Selected;
use super::stdio::{write_stderr, write_stdout};
use crate::diagnostic::did_you_mean;
use crate::platform::Platform;
use crate::platform::image_tags::{BuildTag, Outcome, tags_of};
use crate::report::failure::Failure;
use crate::report::tag::{Built, Found, built, found};
use crate::source::Sources;
use crate::time::{Time, parse_time};

/// Print the image tags of a build, or the class of a tag
///
/// The tags follow from `image_tags` in the spec: tags with `{version}` or `{git_tag}` are for
/// builds of git tags, other tags with `{branch}`, `{sha}`, `{timestamp}` or `{date}` for builds
/// of branches, and the key `branch` selects the branches. No build gets tags with `{any}`.
///
/// The git ref, the commit and the time come from the options, or else from the variables of
/// GitHub Actions and GitLab CI, or else from the git repository of the current folder and the
/// clock.
///
/// `{branch}` is the name of the branch in lowercase, with `-` for each character other than
/// letters, digits, `.`, `_` and `-`, without these separators at its ends, and cut after 63
/// characters. A tag that also belongs to another class is refused: a branch named `v1.5.0` must
/// not look like a release.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen tag --service odc
  ecrgen tag --service odc --ref refs/tags/v1.5.0
  ecrgen tag --parse odc-main-a1b2c3d --format json
  ecrgen tag --parse odc-latest --deployable prod

Exit status: 0 if the image gets tags, or the tag belongs to a class; 1 if not, or if --deployable
finds that it must not be deployed there; 2 if there are errors or a tag is refused.")]
pub struct Args {
    /// Spec file; `-` reads standard input [default: `ecrgen.yaml` or the only `ecrgen/*.yaml`, here or above]
    #[arg(value_name = "SPEC")]
    spec: Option<String>,

    /// Service that is built; required if there are several and the tags differ
    #[arg(long, value_name = "SERVICE", conflicts_with = "parse")]
    service: Option<String>,

    /// Git ref that is built, such as refs/heads/main or refs/tags/v1.5.0
    #[arg(long = "ref", value_name = "REF", conflicts_with = "parse")]
    reference: Option<String>,

    /// Hash of the commit that is built
    #[arg(long, value_name = "HASH", conflicts_with = "parse")]
    sha: Option<String>,

    /// Time of the build, such as 2026-11-21T10:30:00Z
    #[arg(long, value_name = "TIME", conflicts_with = "parse", value_parser = |text: &str| parse_time(text).map_err(|why| format!("it {why}")))]
    time: Option<Time>,

    /// Print the class of this tag and the values of its placeholders, instead of the tags of a build
    #[arg(long, value_name = "TAG")]
    parse: Option<String>,

    /// Only accept tags of classes that can be deployed to this environment, as `never_in` specifies
    #[arg(long, value_name = "ENVIRONMENT")]
    deployable: Option<String>,

    /// Only consider this environment of the spec; required if the tags differ between them
    #[arg(long, value_name = "ENVIRONMENT")]
    environment: Option<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: TagFormat,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let selected = Selected::one(args.spec.as_deref())?;
    let compilation = selected.sound(true, args.format.into(), "find image tags")?;
    let all: Vec<&Platform> = compilation.platforms.iter().flatten().collect();
    let platforms = chosen(all.iter().copied(), args.environment.as_deref())?;
    if let Some(environment) = &args.deployable {
        note_unknown(environment, &all);
    }
    match &args.parse {
        Some(tag) => parse(args, tag, &platforms),
        None => build(args, &platforms, &compilation.sources),
    }
}

/// A misspelled environment would accept every class.
fn note_unknown(environment: &str, platforms: &[&Platform]) {
    let own = platforms.iter().map(|platform| platform.scope.environment.as_str());
    let excluded = platforms.iter().flat_map(|platform| &platform.classes.here).flat_map(|class| &class.never_in);
    let names: Vec<&str> = own.chain(excluded.map(String::as_str)).collect();
    if !names.contains(&environment) {
        let near = did_you_mean(environment, names, "environments");
        let note = format!("note: the spec does not mention the environment `{environment}`: {near}");
        write_stderr(super::style().charset.sanitize(&note) + "\n");
    }
}

fn parse(args: &Args, tag: &str, platforms: &[&Platform]) -> anyhow::Result<Status> {
    let found = Found::of(tag, platforms, args.deployable.as_deref());
    write_stdout(match args.format {
        TagFormat::Text => found::text(&found, super::style()),
        TagFormat::Json => found::json(&found),
    })?;
    Ok(if found.is_accepted() { Status::Good } else { Status::No })
}

fn build(args: &Args, platforms: &[&Platform], sources: &Sources) -> anyhow::Result<Status> {
    let service = service(args.service.as_deref(), platforms)?;
    let having: Vec<&Platform> = platforms.iter().copied().filter(|one| has(one, service)).collect();
    let context = Context::of(args)?;
    // What the image gets, and what is refused: all that the environments must agree on.
    let decided = |platform: &Platform| -> Vec<(String, Outcome)> {
        let tags = tags(args, platform, service, &context).into_iter();
        let tags = tags.filter(|one| !matches!(one.outcome, Outcome::NotMade(_)));
        tags.map(|one| (one.class.name.clone(), one.outcome)).collect()
    };
    let Some((platform, others)) = having.split_first() else { bail!("the spec has no repositories") };
    if let Some(other) = others.iter().find(|other| decided(other) != decided(platform)) {
        let (one, other) = (&platform.scope.environment, &other.scope.environment);
        bail!("the tags differ between the environments {one} and {other}; select one with --environment");
    }
    let tags = tags(args, platform, service, &context);
    refuse(&tags, sources)?;
    let built = Built { platform, service, build: &context.build, tags: &tags };
    match args.format {
        TagFormat::Text => {
            write_stdout(built::text(&built))?;
            if !built.has_tags() {
                write_stderr(built::reasons(&built, super::style()));
            }
        }
        TagFormat::Json => write_stdout(built::json(&built))?,
    }
    Ok(if built.has_tags() { Status::Good } else { Status::No })
}

/// # Errors
/// The refused tags, each at the place of its class.
fn refuse(tags: &[BuildTag<'_>], sources: &Sources) -> anyhow::Result<()> {
    let refused = tags.iter().filter_map(|BuildTag { class, outcome }| {
        let Outcome::Refused(why) = outcome else { return None };
        let (line, column) = sources.position(class.template.span);
        let file = &sources.file(class.template.span.file).name;
        Some(format!("{file}:{line}:{column} (class `{}`): {why}", class.name))
    });
    match refused.collect::<Vec<String>>() {
        refused if refused.is_empty() => Ok(()),
        details => Err(Failure { message: "the image cannot get its tags".into(), details }.into()),
    }
}

/// The tags of the build in one environment, without those that must not be deployed where `--deployable` asks.
fn tags<'p>(args: &Args, platform: &'p Platform, service: Option<&str>, context: &Context) -> Vec<BuildTag<'p>> {
    let services = services(&[platform]);
    let tags = tags_of(&platform.classes.here, service, &services, &platform.scope, &context.build);
    let keep = |one: BuildTag<'p>| match &args.deployable {
        Some(environment) if one.class.never_in.contains(environment) => {
            BuildTag { outcome: Outcome::NotMade(format!("it is never in environment `{environment}`")), ..one }
        }
        _ => one,
    };
    tags.into_iter().map(keep).collect()
}

/// The service to build: the named one, or the only one. `None` if the tags of all services are the same.
fn service<'a>(named: Option<&'a str>, platforms: &[&'a Platform]) -> anyhow::Result<Option<&'a str>> {
    let services = services(platforms);
    match (named, services.as_slice()) {
        (Some(named), services) if services.contains(&named) => Ok(Some(named)),
        (Some(named), services) => {
            let near = did_you_mean(named, services.iter().copied(), "services");
            bail!("the service `{named}` does not exist: {near}")
        }
        (None, [only]) => Ok(Some(only)),
        (None, several) => {
            let classes = platforms.iter().flat_map(|platform| &platform.classes.here);
            match classes.filter(|class| class.names_service()).count() {
                0 => Ok(None),
                _ => bail!("select one of several services with --service: {}", several.join(", ")),
            }
        }
    }
}

/// The services of all repositories, sorted.
fn services<'p>(platforms: &[&'p Platform]) -> Vec<&'p str> {
    let repositories = platforms.iter().flat_map(|platform| &platform.repositories);
    let mut services: Vec<&str> =
        repositories.flat_map(|repository| &repository.services).map(String::as_str).collect();
    services.sort_unstable();
    services.dedup();
    services
}

/// Whether a platform has the service.
fn has(platform: &Platform, service: Option<&str>) -> bool {
    service.is_none_or(|service| services(&[platform]).contains(&service))
}
