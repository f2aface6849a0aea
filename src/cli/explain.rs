//! `ecrgen explain`

use super::Status;
use super::stdio::write_stdout;
use crate::catalog;
use crate::diagnostic::{did_you_mean, nearest};
use crate::language::keys;
use crate::prose::count;
use crate::report::failure::Failure;
use crate::report::{self, code_page};

/// Explain the codes of findings and the keys of a spec, or list all codes
///
/// Every error, warning and note has a code, for example `error[unknown-key]`. The page about a
/// code tells you what it reports, why it matters, and shows a bad and a good example. The page about
/// a key tells you what it means, its default, and the keys below it.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen explain shared-retention-count
  ecrgen explain unknown-key 'error[malformed]'
  ecrgen explain repositories.cart.retention
  ecrgen explain

Exit status: 0 if the pages or the list were printed, 2 if a code or key does not exist.")]
pub struct Args {
    /// Codes to explain, also as findings show them, such as `error[unknown-key]`, or paths of keys; lists all codes if omitted
    #[arg(value_name = "CODE|KEY")]
    names: Vec<String>,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let width = super::style().width;
    if args.names.is_empty() {
        write_stdout(code_page::list(&catalog::all(), width))?;
        return Ok(Status::Good);
    }
    let mut pages: Vec<String> = Vec::new();
    let mut unknown: Vec<&String> = Vec::new();
    for name in &args.names {
        match page(name, width) {
            Some(page) if pages.contains(&page) => {}
            Some(page) => pages.push(page),
            None => unknown.push(name),
        }
    }
    write_stdout(pages.join("\n\n"))?;
    if unknown.is_empty() { Ok(Status::Good) } else { Err(refused(&unknown).into()) }
}

/// The page about a code or a key.
fn page(name: &str, width: Option<usize>) -> Option<String> {
    let code = catalog::find(&code_of(name)).map(|code| code_page::page(code, width));
    code.or_else(|| keys::find(name).map(|key| report::keys::page(&key, width)))
}

/// The code in what a finding shows: `warning[any-branch-trust]` has the code `any-branch-trust`.
fn code_of(written: &str) -> String {
    let inner = written.split_once('[').map_or(written, |(_, code)| code.trim_end_matches([']', ':']));
    inner.trim().to_lowercase().replace('_', "-")
}

/// The error of names that do not exist.
fn refused(unknown: &[&String]) -> Failure {
    let messages: Vec<String> = unknown.iter().map(|name| message(name)).collect();
    let has_no_hint = messages.iter().any(|message| message.ends_with("does not exist"));
    let list = has_no_hint.then(|| "run `ecrgen explain` to list all codes".to_owned());
    match messages.as_slice() {
        [message] => Failure { message: message.clone(), details: list.into_iter().collect() },
        several => {
            let message = format!("{} do not exist:", count(several.len(), "name"));
            Failure { message, details: messages.into_iter().chain(list).collect() }
        }
    }
}

/// What is wrong with a name that is neither a code nor a key, and what can be meant.
fn message(name: &str) -> String {
    if let Some(path) = keys::path_of(name) {
        return format!("the key `{name}` is not at the top level: did you mean `{path}`?");
    }
    if !name.contains(['.', '_']) || name.contains('[') {
        let all = catalog::all();
        let near = nearest(&code_of(name), all.iter().map(|code| code.name));
        let hint = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
        return format!("the code `{name}` does not exist{hint}");
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
