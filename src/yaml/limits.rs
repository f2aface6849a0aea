//! Limits on a file, so that no input can exhaust time or memory.

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The maximum nesting depth of maps and lists. The language needs ten levels.
pub const MAX_DEPTH: usize = 32;

/// The maximum number of values in a file, including lists and maps. A thousand repositories with thirty settings each
/// have a third of that. It limits memory and the number of findings.
pub const MAX_VALUES: usize = 300_000;

/// The longest key or text, in bytes. The longest text that AWS or Terraform accepts from ecrgen has a tenth of that.
pub const MAX_TEXT: usize = 4096;
