//! Limits that bound time and memory, whatever a file holds.

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// How deep maps and lists may nest. The language needs ten levels.
pub const MAX_DEPTH: usize = 32;

/// How many values a file may have, lists and maps counted too. A thousand repositories with thirty settings each are
/// a third of that; it bounds memory, and the number of findings.
pub const MAX_VALUES: usize = 300_000;

/// The longest key or text, in bytes. The longest that AWS or Terraform takes of us has a tenth of that.
pub const MAX_TEXT: usize = 4096;
