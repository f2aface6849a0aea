//! What is written to standard output and standard error.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use anstream::AutoStream;
use anstream::stream::RawStream;
use anyhow::Context;

/// Writes a text to standard output. That its reader has gone (`| head`) is no fault.
///
/// # Errors
/// When it cannot be written, because a disk is full for example.
pub(super) fn write_stdout(text: impl AsRef<str>) -> anyhow::Result<()> {
    without_broken_pipe(write_whole(io::stdout(), text.as_ref()))
}

/// The same for a text without colors that is too long to be held: `write` writes it piece by piece.
pub(super) fn write_stdout_with(write: impl FnOnce(BufWriter<StdoutLock>) -> io::Result<()>) -> anyhow::Result<()> {
    without_broken_pipe(write(BufWriter::new(io::stdout().lock())))
}

fn without_broken_pipe(result: io::Result<()>) -> anyhow::Result<()> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot write to standard output"),
        _ => Ok(()),
    }
}

/// Writes a text to standard error. If that fails, there is no other place to report it.
pub(super) fn write_stderr(text: impl AsRef<str>) {
    let _ = write_whole(io::stderr(), text.as_ref());
}

/// Writes a text as one piece, without the colors where anstream wants none. Anstream's own streams write each line by
/// itself, and thousands of calls of the system would be most of the time that a long report takes.
fn write_whole(mut stream: impl RawStream, text: &str) -> io::Result<()> {
    let mut adapted = AutoStream::new(Vec::with_capacity(text.len()), AutoStream::choice(&stream));
    adapted.write_all(text.as_bytes())?;
    stream.write_all(&adapted.into_inner())?;
    stream.flush()
}
