//! `ecrgen explain`

use anyhow::bail;

use super::Status;
use super::stdio::write_stdout;
use crate::catalog;
use crate::diagnostic::did_you_mean;
use crate::language::keys;
use crate::report::{self, code_page};

/// Explain a finding's code or a key of the spec, or list all codes
///
/// Every error, warning and note has a code, for example `error[unknown-key]`. The page about a
/// code tells you what it reports, why it matters, and shows a bad and a good example. The page about
/// a key tells you what it means, its default, and the keys below it.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen explain shared-retention-count
  ecrgen explain repositories.cart.retention
  ecrgen explain

Exit status: 0 if the page or the list was printed, 2 if the code or key does not exist.")]
pub struct Args {
    /// Code to explain, or path of a key; lists all codes if omitted
    #[arg(value_name = "CODE|KEY")]
    code: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let Some(name) = &args.code else {
        write_stdout(code_page::list(&catalog::all(), super::style().width))?;
        return Ok(Status::Good);
    };
    let width = super::style().width;
    match (catalog::find(name), keys::find(name)) {
        (Some(code), _) => write_stdout(code_page::page(code, width))?,
        (None, Some(key)) => write_stdout(report::keys::page(&key, width))?,
        (None, None) => bail!("{}", unknown(name)),
    }
    Ok(Status::Good)
}

/// What is wrong with a name that is neither a code nor a key, and what can be meant.
fn unknown(name: &str) -> String {
    if let Some(path) = keys::path_of(name) {
        return format!("the key `{name}` is not at the top level: did you mean `{path}`?");
    }
    if !name.contains(['.', '_']) {
        let names = catalog::all().into_iter().map(|code| code.name);
        let help = did_you_mean(name, names.collect::<Vec<_>>(), "codes");
        return format!("the code `{name}` does not exist: {help}");
    }
    // The longest part of the path that exists, and the next name.
    let mut parts = name.match_indices('.').map(|(dot, _)| (&name[..dot], &name[dot + 1..])).rev();
    let parent = parts.find_map(|(parent, rest)| Some((keys::find(parent)?, rest)));
    let (known, rest) = match parent {
        Some((found, _)) if found.below.is_empty() => {
            return format!("the key `{name}` does not exist: `{}` has no keys below it", found.path);
        }
        Some((found, rest)) => (found.below, rest),
        None => (keys::sections().swap_remove(0).keys, name),
    };
    let wrong = rest.split('.').next_back().unwrap_or(rest);
    let known: Vec<&str> = known.iter().map(|key| key.name.as_str()).collect();
    format!("the key `{name}` does not exist: {}", did_you_mean(wrong, known, "keys"))
}
