//! `ecrgen access`

mod token;

use anyhow::bail;

use crate::cli::Status;
use crate::cli::environment::chosen;
use crate::cli::format::AccessFormat;
use crate::cli::specs::{Selected, Together};
use crate::cli::stdio::write_stdout;
use crate::permissions::{EffectivePermissions, Query};
use crate::policies::{self, Policies};
use crate::report::failure::Failure;
use crate::report::{answer, permissions};

/// Show which principals can do what on which repositories
///
/// The report is computed from the generated IAM policies. It lists the permissions on each
/// repository, the token subjects that each role trusts, the events for which GitHub issues such
/// tokens, and the size of each policy compared with the limit of AWS. Policies that are managed
/// outside of the spec are not taken into account.
///
/// With --can, the command answers one question and names the statement that decides.
///
/// PRINCIPAL is an access entry (`entry/namespace/name` if the entry has several principals), the
/// name or ARN of a role, an account ID, or `plan` or `apply` for a role of the workspace. It can
/// also be the ARN of a role, user or role session that a policy allows only through its account
/// or through a wildcard.
/// ACTION is a verb such as `push` or an ECR action such as `ecr:PutImage`.
/// REPOSITORY is a key, a name or an ARN. If it is in another environment or outside of the specs,
/// the answer takes the policies of both sides into account, and names the one that is missing.
///
/// With --token, the command explains which roles accept a token and why the others refuse it.
/// The file holds the token, its decoded claims (JSON), a CloudTrail event
/// `AssumeRoleWithWebIdentity`, or the answer of GitHub to `GET
/// /repos/OWNER/NAME/actions/oidc/customization/sub`. A token is only decoded: ecrgen neither sends
/// nor stores it.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen access --format markdown
  ecrgen access --can image-pipeline push piksel-core
  ecrgen access --can pods/odc/odc ecr:GetDownloadUrlForLayer piksel-core
  gh api repos/piksel/piksel-core/actions/oidc/customization/sub | ecrgen access --token -

Exit status: 0 if the report was printed, the answer to --can is yes or a role accepts the token,
1 if the answer is no, 2 if there are errors or the question cannot be answered.")]
pub struct Args {
    /// Spec files; `-` reads standard input [default: `ecrgen.yaml` or `ecrgen/*.yaml`, here or above]
    #[arg(value_name = "SPEC")]
    specs: Vec<String>,

    #[command(flatten)]
    together: Together,

    /// Only consider this environment; with --can, the environment of the principal
    #[arg(long, value_name = "ENVIRONMENT")]
    environment: Option<String>,

    /// Answer whether a principal can perform an action on a repository
    #[arg(long, num_args = 3, value_names = ["PRINCIPAL", "ACTION", "REPOSITORY"])]
    can: Option<Vec<String>>,

    /// Explain which roles accept the token in this file; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "can")]
    token: Option<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: AccessFormat,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    if args.can.is_some() && args.format == AccessFormat::Markdown {
        bail!("--can does not support --format markdown; use text or json");
    }
    if args.token.is_some() && args.format == AccessFormat::Markdown {
        bail!("--token does not support --format markdown; use text or json");
    }
    if args.token.as_deref() == Some("-") && args.specs.iter().any(|spec| spec == "-") {
        bail!("only one of the spec and the token can come from standard input");
    }
    let selected = Selected::of(&args.specs)?;
    let compilation = selected.sound(args.together.applies_to(&selected), args.format.into(), "show access")?;
    let mut platforms = chosen(compilation.platforms.iter().flatten(), args.environment.as_deref())?;
    if args.can.is_some() {
        // The repository can be in another environment than the principal.
        platforms = compilation.platforms.iter().flatten().collect();
    }
    let policies: Vec<Policies> = platforms.into_iter().map(policies::emit).collect();
    let mut permissions: Vec<EffectivePermissions> = policies.iter().map(EffectivePermissions::of).collect();
    let style = crate::cli::style();
    if let Some(file) = &args.token {
        return token::run(file, &permissions, &compilation.sources, args.format);
    }
    let Some(can) = &args.can else {
        write_stdout(match args.format {
            AccessFormat::Json => permissions::json(&permissions),
            AccessFormat::Markdown => joined(permissions.iter().map(permissions::markdown)),
            AccessFormat::Text => joined(permissions.iter().map(|permissions| permissions::text(permissions, style))),
        })?;
        return Ok(Status::Good);
    };
    let [principal, action, repository] = can.as_slice() else { unreachable!("clap requires three values") };
    let query = Query { principal, action, repository };
    permissions.iter_mut().for_each(|permissions| permissions.add_asked(principal));
    for caller in query.callers(&permissions, args.environment.as_deref()) {
        permissions.iter_mut().for_each(|permissions| permissions.add_asked(&caller));
    }
    let answer = query.reply(&permissions, args.environment.as_deref());
    let failure = |details| Failure { message: "cannot answer this question".into(), details };
    let answer = answer.map_err(failure)?;
    write_stdout(match args.format {
        AccessFormat::Json => answer::json(&answer, &compilation.sources),
        _ => answer::text(&answer, &compilation.sources, style),
    })?;
    Ok(if answer.is_yes() { Status::Good } else { Status::No })
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("\n")
}
