//! The workflow that checks the pull requests of the infrastructure repository, for GitHub Actions and GitLab CI.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::{actions, yaml};
use crate::generate::place::Place;
use crate::generate::{Content, Generated};
use crate::platform::pipelines::Checks;
use crate::platform::pipelines::checks::{Check, Host, Install};
use crate::platform::{Pipeline, Platform};
use crate::policies::Policies;
use crate::tree::RelPath;

/// The oldest Rust that compiles ecrgen.
const RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// A file per pipeline.
pub(super) fn files(environments: &[Policies]) -> Vec<Generated> {
    let of_spec = of_spec(environments);
    of_spec.iter().filter_map(|(pipeline, platforms)| Some(file(pipeline, pipeline.checks()?, platforms))).collect()
}

/// The pipelines of a spec, each with the environments that have it. They are equal there, except for `apply`.
pub(super) fn of_spec<'p>(environments: &'p [Policies]) -> Vec<(&'p Pipeline, Vec<&'p Platform>)> {
    let mut found: Vec<(&Pipeline, Vec<&Platform>)> = Vec::new();
    for platform in environments.iter().map(|policies| policies.platform) {
        for pipeline in &platform.pipelines {
            match found.iter_mut().find(|(first, _)| first.name == pipeline.name) {
                Some((_, platforms)) => platforms.push(platform),
                None => found.push((pipeline, vec![platform])),
            }
        }
    }
    found
}

fn file(pipeline: &Pipeline, checks: &Checks, platforms: &[&Platform]) -> Generated {
    let name = &pipeline.name;
    let (path, template) = match checks.host {
        Host::Github => {
            (format!(".github/workflows/{name}.yml"), include_str!("../../../templates/pipelines/checks-github.yml"))
        }
        Host::Gitlab => {
            (format!(".gitlab-ci/{name}.yml"), include_str!("../../../templates/pipelines/checks-gitlab.yml"))
        }
    };
    let path = RelPath::parse(&path).expect("the name of a pipeline is a valid file name");
    let text = yaml::render(template, values(pipeline, checks, platforms));
    Generated { path, content: Content::Text(text), origin: pipeline.span }
}

fn values(pipeline: &Pipeline, checks: &Checks, platforms: &[&Platform]) -> Value {
    let suffix = |platform: &Platform| match platforms {
        [_] => String::new(),
        _ => format!("-{}", platform.scope.environment),
    };
    let applies = platforms.iter().filter_map(|platform| of(platform, &pipeline.name)?.apply.as_ref());
    let branches: BTreeSet<&str> = applies.map(|apply| apply.branch.as_str()).collect();
    let folders: Vec<String> = platforms.iter().flat_map(|platform| folders(platform)).collect();
    let modules =
        platforms.iter().map(|platform| module(pipeline, checks.host, platform, suffix(platform))).collect::<Value>();
    let suffixes: Vec<String> = platforms.iter().map(|platform| suffix(platform)).collect();
    context! {
        name => &*pipeline.name,
        actions => actions::actions(),
        // Parts of tags, which consist of digits and dots.
        tflint => Value::from_safe_string(actions::TFLINT.to_owned()),
        trivy => Value::from_safe_string(actions::TRIVY.to_owned()),
        rust => Value::from_safe_string(RUST.to_owned()),
        has => Value::from_pairs(Check::ALL.map(|check| (check.as_str(), checks.has(check)))),
        arguments => arguments(checks),
        install => install(&checks.install),
        conditions => branches.iter().map(|branch| Value::from_safe_string(condition(checks.host, branch))).collect::<Value>(),
        branches => branches.into_iter().map(str::to_owned).collect::<Value>(),
        jobs => jobs(&pipeline.name, checks, &suffixes),
        folders => folders,
        modules => modules,
    }
}

/// The arguments of `ecrgen check`.
fn arguments(checks: &Checks) -> Vec<String> {
    let format: &[&str] = if checks.host == Host::Github { &["--format", "github"] } else { &[] };
    format.iter().map(|&word| word.to_owned()).chain(checks.specs.iter().cloned()).collect()
}

/// The names of the jobs, which all must succeed before an apply.
fn jobs(name: &str, checks: &Checks, suffixes: &[String]) -> Vec<String> {
    // The names of all jobs of a GitLab project are in one namespace.
    let named = |job: String| if checks.host == Host::Gitlab { format!("{name}-{job}") } else { job };
    let once = |check: Check| checks.has(check).then(|| check.as_str().to_owned());
    let runs_terraform = checks.has(Check::Fmt) || checks.has(Check::Validate);
    let terraform = suffixes.iter().filter(|_| runs_terraform).map(|suffix| format!("terraform{suffix}"));
    let jobs = once(Check::Drift).into_iter().chain(terraform).chain(once(Check::Tflint)).chain(once(Check::Trivy));
    jobs.map(named).collect()
}

/// The settings of the pipeline with this name in one environment.
fn of<'p>(platform: &'p Platform, name: &str) -> Option<&'p Checks> {
    platform.pipelines.iter().find(|pipeline| pipeline.name == name)?.checks()
}

/// The folders of an environment's modules.
fn folders(platform: &Platform) -> Vec<String> {
    let bootstrap = platform.workspace.as_ref().map(|_| Place::workspace(platform));
    [Place::root(platform)].into_iter().chain(bootstrap).map(|place| place.folder().to_owned()).collect()
}

/// The modules of an environment.
fn module(pipeline: &Pipeline, host: Host, platform: &Platform, suffix: String) -> Value {
    let label = if suffix.is_empty() { String::new() } else { format!(" ({})", platform.scope.environment) };
    let apply = of(platform, &pipeline.name).and_then(|checks| checks.apply.as_ref());
    context! {
        // Parts of names, which consist of letters, digits and hyphens.
        suffix => Value::from_safe_string(suffix),
        label => Value::from_safe_string(label),
        terraform => Value::from_safe_string(terraform(platform)),
        region => &*platform.region,
        root => Place::root(platform).folder().to_owned(),
        folders => folders(platform),
        apply => apply.map(|apply| context! {
            role => &*apply.role,
            environment => &*apply.environment,
            condition => Value::from_safe_string(condition(host, &apply.branch)),
            session => platform.scope.base_name(),
        }),
    }
}

/// When the root module is applied. The name of a branch has no quotes.
fn condition(host: Host, branch: &str) -> String {
    match host {
        Host::Github => format!("github.event_name == 'push' && github.ref_name == '{branch}'"),
        Host::Gitlab => format!("$CI_PIPELINE_SOURCE == \"push\" && $CI_COMMIT_BRANCH == \"{branch}\""),
    }
}

/// The version of Terraform: that of the workspace's runs, or the oldest one that the modules allow.
pub(super) fn terraform(platform: &Platform) -> String {
    let workspace = platform.workspace.as_ref().and_then(|workspace| workspace.terraform_version.clone());
    let lowest = || platform.root.version.constraint.lowest().map(|version| version.to_string());
    workspace.or_else(lowest).unwrap_or_else(|| "1.11.0".to_owned())
}

fn install(install: &Install) -> Value {
    match install {
        Install::Runner => context! { kind => "runner" },
        Install::Git { url, commit: (option, commit) } => {
            context! { kind => "git", words => ["--git", url, option, commit, "ecrgen"].map(str::to_owned).to_vec() }
        }
        Install::Archive { url, sha256 } => {
            context! { kind => "archive", url => &**url, sum => format!("{sha256}  /tmp/ecrgen.tar.gz") }
        }
    }
}
