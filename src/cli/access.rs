//! `ecrgen access`

use anyhow::{anyhow, bail};

use super::Status;
use super::common::Specs;
use super::format::{AccessFormat, FindingsFormat};
use super::stdio::write_stdout;
use crate::compile::Compilation;
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::permissions::{EffectivePermissions, Query};
use crate::platform::Platform;
use crate::policies::{self, Policies};
use crate::report::{answer, permissions};

/// Show who can do what on which repositories, worked out from the policies of the output
///
/// For each role also which subjects of tokens it accepts, and on which events GitHub gives out such tokens; for each
/// policy its size against AWS's limit. What policies made elsewhere allow is not seen.
///
/// With --can one question is answered, with the statement that decides:
///   --can image-pipeline push piksel-core
///   --can pods/odc/odc ecr:GetDownloadUrlForLayer piksel-core
///
/// A principal is an access entry (`entry/namespace/name` where it has several), the name or ARN of a role, the id of an
/// account, or `plan` and `apply` for the workspace's roles. An action is a verb or one of ECR's own.
///
/// Exit status: 0 shown, or yes; 1 no; 2 could not show, or no question.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Spec files
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<String>,

    /// The environment, where the specs have several
    #[arg(long, value_name = "ENVIRONMENT")]
    environment: Option<String>,

    /// Whether somebody can do something on a repository
    #[arg(long, num_args = 3, value_names = ["PRINCIPAL", "ACTION", "REPOSITORY"])]
    can: Option<Vec<String>>,

    /// How it is shown
    #[arg(long, value_enum, default_value_t)]
    format: AccessFormat,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    if args.can.is_some() && args.format == AccessFormat::Markdown {
        bail!("the answer to --can is text or json");
    }
    let compilation = compilation(&args.specs)?;
    let platforms = chosen(&compilation, args.environment.as_deref())?;
    let policies: Vec<Policies> = platforms.into_iter().map(policies::emit).collect();
    let permissions: Vec<EffectivePermissions> = policies.iter().map(EffectivePermissions::of).collect();
    let charset = super::style().charset;
    let Some(can) = &args.can else {
        write_stdout(match args.format {
            AccessFormat::Json => permissions::json(&permissions),
            AccessFormat::Markdown => joined(permissions.iter().map(permissions::markdown)),
            AccessFormat::Text => joined(permissions.iter().map(|permissions| permissions::text(permissions, charset))),
        })?;
        return Ok(Status::Good);
    };
    let [principal, action, repository] = can.as_slice() else { unreachable!("clap takes three") };
    let answer = Query { principal, action, repository }.answer(&permissions);
    let answer = answer.map_err(|faults| anyhow!("this is no question\n  {}", faults.join("\n  ")))?;
    write_stdout(match args.format {
        AccessFormat::Json => answer::json(&answer, &compilation.sources),
        _ => answer::text(&answer, &compilation.sources, charset),
    })?;
    Ok(if answer.is_yes() { Status::Good } else { Status::No })
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("\n")
}

/// The specs, compiled. Warnings, and sentences of the spec about itself that are false, are the business of `lint`.
fn compilation(specs: &[String]) -> anyhow::Result<Compilation> {
    let specs = Specs { specs: specs.to_vec(), format: FindingsFormat::Text, deny: None };
    let compilation = specs.compile();
    let is_in_the_way = |finding: &&Diagnostic| finding.severity == Severity::Error && !finding.code.is_claim;
    let errors: Vec<Diagnostic> = compilation.findings.iter().filter(is_in_the_way).cloned().collect();
    specs.show(&compilation, &errors);
    match errors.is_empty() {
        true => Ok(compilation),
        false => bail!("{} has errors", specs.specs.join(", ")),
    }
}

fn chosen<'c>(compilation: &'c Compilation, environment: Option<&str>) -> anyhow::Result<Vec<&'c Platform>> {
    let all: Vec<&Platform> = compilation.platforms.iter().flatten().collect();
    let Some(wanted) = environment else { return Ok(all) };
    let names: Vec<&str> = all.iter().map(|platform| platform.scope.environment.as_str()).collect();
    if !names.contains(&wanted) {
        bail!("there is no environment called `{wanted}`: {}", did_you_mean(wanted, names, "environments here"));
    }
    Ok(all.into_iter().filter(|platform| platform.scope.environment == wanted).collect())
}
