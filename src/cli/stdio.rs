//! Writing to standard output and standard error.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use anstream::AutoStream;
use anstream::stream::RawStream;
use anyhow::Context;

/// Writes text to standard output. A closed pipe (`| head`) is not an error.
///
/// # Errors
/// If the text cannot be written, for example because the disk is full.
pub(super) fn write_stdout(text: impl AsRef<str>) -> anyhow::Result<()> {
    without_broken_pipe(write_whole(io::stdout(), text.as_ref()))
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
pub(super) fn write_stderr(text: impl AsRef<str>) {
    let _ = write_whole(io::stderr(), text.as_ref());
}

/// Writes text at once, without colors where anstream strips them. Anstream's own streams write line by line, and
/// thousands of system calls would take most of the time of a long report.
fn write_whole(mut stream: impl RawStream, text: &str) -> io::Result<()> {
    let mut adapted = AutoStream::new(Vec::with_capacity(text.len()), AutoStream::choice(&stream));
    adapted.write_all(text.as_bytes())?;
    stream.write_all(&adapted.into_inner())?;
    stream.flush()
}
