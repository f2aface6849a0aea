//! `ecrgen explain`

use std::fmt::Write;

use anyhow::bail;

use super::{Status, show};
use crate::rules::{RULES, Rule, find};
use crate::spec::decode::suggestion;

/// Explain a rule, or list all
///
/// Exit status: 0, or 2 when there is no such rule.
#[derive(clap::Args)]
pub struct Args {
    /// The code of a rule, for example shared-retention-count
    rule: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let Some(code) = &args.rule else {
        let line = |rule: &&Rule| format!("{:32} {:8} {}\n", rule.code, rule.severity.to_string(), rule.what);
        show::out(RULES.iter().map(line).collect::<String>())?;
        return Ok(Status::Good);
    };
    let Some(rule) = find(code) else {
        bail!("there is no rule called `{code}`: {}", suggestion(code, RULES.iter().map(|rule| rule.code), "rules"));
    };
    show::out(page(rule))?;
    Ok(Status::Good)
}

/// The rule's page, made from the rule.
pub fn page(rule: &Rule) -> String {
    let mut page = format!("{} ({})\n\n{}\n\n{}\n", rule.code, rule.severity, rule.what, rule.why);
    for (title, spec) in [("Bad", rule.bad), ("Good", rule.good)] {
        let _ = write!(page, "\n{title}:\n\n");
        for line in spec.trim().lines() {
            let _ = writeln!(page, "    {line}");
        }
    }
    let _ = writeln!(page, "\nSource: {}", rule.source);
    page
}
