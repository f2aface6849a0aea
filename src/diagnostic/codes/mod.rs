//! The codes of findings that no rule makes: what cannot be read, decoded, resolved or written.

mod access;
mod change;
mod decode;
mod file;
mod image_tags;
mod output;
mod platform;
mod repository;
mod retention;
mod terraform;
mod waiver;
mod yaml;

pub use access::*;
pub use change::*;
pub use decode::*;
pub use file::*;
pub use image_tags::*;
pub use output::*;
pub use platform::*;
pub use repository::*;
pub use retention::*;
pub use terraform::*;
pub use waiver::*;
pub use yaml::*;

use super::Code;

/// Declares codes, each as a static of its name, and the list of them.
macro_rules! codes {
    ($($NAME:ident = {
        name: $name:literal,
        severity: $severity:ident,
        what: $what:literal,
        why: $why:literal,
        bad: $bad:expr,
        good: $good:expr,
        source: $source:literal,
    })+) => {
        #[allow(unused_imports)]
        use $crate::diagnostic::Example::*;

        $(
            #[doc = $what]
            pub static $NAME: $crate::diagnostic::Code = $crate::diagnostic::Code {
                name: $name,
                severity: $crate::diagnostic::Severity::$severity,
                what: $what,
                why: $why,
                bad: $bad,
                good: $good,
                source: $source,
                is_claim: false,
            };
        )+

        /// The codes of this file.
        pub(super) static CODES: &[&$crate::diagnostic::Code] = &[$(&$NAME),+];
    };
}

use codes;

/// All of them, file by file.
pub static CODES: &[&[&Code]] = &[
    yaml::CODES,
    file::CODES,
    decode::CODES,
    image_tags::CODES,
    repository::CODES,
    retention::CODES,
    access::CODES,
    platform::CODES,
    terraform::CODES,
    waiver::CODES,
    change::CODES,
    output::CODES,
];
