//! Writing to standard output and standard error.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use anstream::AutoStream;
use anstream::stream::RawStream;
use anyhow::Context;

use crate::escape::github;

/// Writes text to standard output. A closed pipe (`| head`) is not an error.
///
/// # Errors
/// If the text cannot be written, for example because the disk is full.
pub(super) fn write_stdout(text: impl Into<Printed>) -> anyhow::Result<()> {
    without_broken_pipe(write_whole(io::stdout(), &text.into().into_text()))
}

/// The same for text without colors that is too long to hold in memory: `write` writes it piece by piece.
pub(super) fn write_stdout_with(write: impl FnOnce(BufWriter<StdoutLock>) -> io::Result<()>) -> anyhow::Result<()> {
    without_broken_pipe(write(BufWriter::new(io::stdout().lock())))
}

fn without_broken_pipe(result: io::Result<()>) -> anyhow::Result<()> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot write to standard output"),
        _ => Ok(()),
    }
}

/// Writes text to standard error. If that fails, there is nowhere else to report it.
pub(super) fn write_stderr(text: impl Into<Printed>) {
    let _ = write_whole(io::stderr(), &text.into().into_text());
}

/// Writes text at once, without colors where anstream strips them. Anstream's own streams write line by line, and
/// thousands of system calls would take most of the time of a long report.
fn write_whole(mut stream: impl RawStream, text: &str) -> io::Result<()> {
    let mut adapted = AutoStream::new(Vec::with_capacity(text.len()), AutoStream::choice(&stream));
    adapted.write_all(text.as_bytes())?;
    stream.write_all(&adapted.into_inner())?;
    stream.flush()
}

/// What a command prints.
pub(super) enum Printed {
    /// Text for people. In GitHub Actions, no line of it is a workflow command.
    Text(String),
    /// A document for a program, which escapes what it contains: JSON, or workflow commands.
    Document(String),
}

impl<T: Into<String>> From<T> for Printed {
    fn from(text: T) -> Printed {
        Printed::Text(text.into())
    }
}

impl Printed {
    fn into_text(self) -> String {
        let in_actions = || std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
        match self {
            Printed::Text(text) if in_actions() => github::log(&text),
            Printed::Text(text) | Printed::Document(text) => text,
        }
    }
}
