//! What is said on standard output and standard error.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use anstream::AutoStream;
use anstream::stream::RawStream;
use anyhow::Context;

/// Says a text on standard output. That its reader has gone (`| head`) is no fault.
///
/// # Errors
/// When it cannot be written, because a disk is full for example.
pub(super) fn out(text: impl AsRef<str>) -> anyhow::Result<()> {
    told(say(io::stdout(), text.as_ref()))
}

/// The same for a text without colours that is too long to be held: `write` says it piece by piece.
pub(super) fn pieces(write: impl FnOnce(BufWriter<StdoutLock>) -> io::Result<()>) -> anyhow::Result<()> {
    told(write(BufWriter::new(io::stdout().lock())))
}

fn told(result: io::Result<()>) -> anyhow::Result<()> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot write to standard output"),
        _ => Ok(()),
    }
}

/// Says a text on standard error; there is nowhere to say that it cannot be.
pub(super) fn err(text: impl AsRef<str>) {
    let _ = say(io::stderr(), text.as_ref());
}

/// Writes a text as one piece, without the colours where anstream wants none. Anstream's own streams write each line by
/// itself, and thousands of calls of the system would be most of the time that a long report takes.
fn say(mut stream: impl RawStream, text: &str) -> io::Result<()> {
    let mut adapted = AutoStream::new(Vec::with_capacity(text.len()), AutoStream::choice(&stream));
    adapted.write_all(text.as_bytes())?;
    stream.write_all(&adapted.into_inner())?;
    stream.flush()
}
