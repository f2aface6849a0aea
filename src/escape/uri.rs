//! Paths as URI references (RFC 3986).

use std::fmt::Write;

/// The reference to a file: relative to a base that the reader knows, or with the scheme `file` for an absolute path.
pub fn of_path(path: &str) -> String {
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        // The characters of a segment that mean themselves. Without a colon, because the first segment could look like a scheme.
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
