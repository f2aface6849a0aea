//! `ecrgen access --token`

use std::io::Read;
use std::path::Path;

use anyhow::Context;

use crate::cli::Status;
use crate::cli::format::AccessFormat;
use crate::cli::stdio::write_stdout;
use crate::file;
use crate::iam::Token;
use crate::permissions::EffectivePermissions;
use crate::permissions::refusal::TokenAnswer;
use crate::report::failure::Failure;
use crate::report::token;
use crate::source::Sources;

/// The most bytes that are read. A log file of CloudTrail has a few megabytes.
const MAX_BYTES: u64 = 1 << 26;

/// Prints whether a role admits the token in a file.
pub(in crate::cli) fn run(
    named: &str,
    permissions: &[EffectivePermissions],
    sources: &Sources,
    format: AccessFormat,
) -> anyhow::Result<Status> {
    let token = read(named)?;
    let answer = TokenAnswer::of(&token, permissions, sources);
    write_stdout(match format {
        AccessFormat::Json => token::json(&answer, sources),
        _ => token::text(&answer, sources, crate::cli::style()),
    })?;
    Ok(if answer.is_admitted() { Status::Good } else { Status::No })
}

/// Reads the token. Nothing of it is in the error, because it can be valid.
fn read(named: &str) -> anyhow::Result<Token> {
    let cannot = || format!("cannot read {named}");
    let stream: Box<dyn Read> = match named {
        "-" => Box::new(std::io::stdin().lock()),
        path => Box::new(file::open_named(Path::new(path)).with_context(cannot)?),
    };
    let bytes = file::bounded(stream, MAX_BYTES).with_context(cannot)?;
    let text = String::from_utf8(bytes).ok().with_context(|| format!("{named} is not UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let refused = |fault| Failure { message: format!("{named} cannot be used:"), details: vec![fault] };
    Ok(Token::read(text).map_err(refused)?)
}
