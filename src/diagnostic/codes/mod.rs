//! The codes of findings that no rule makes: what cannot be read, decoded, resolved or written.

mod access;
mod change;
mod claims;
mod file;
mod iam;
mod image_tags;
mod keys;
mod monitoring;
mod output;
mod platform;
mod repository;
mod repository_settings;
mod retention;
mod specs;
mod terraform;
mod values;
mod variables;
mod waiver;
mod yaml;
mod yaml_features;

pub use access::*;
pub use change::*;
pub use claims::*;
pub use file::*;
pub use iam::*;
pub use image_tags::*;
pub use keys::*;
pub use monitoring::*;
pub use output::*;
pub use platform::*;
pub use repository::*;
pub use repository_settings::*;
pub use retention::*;
pub use specs::*;
pub use terraform::*;
pub use values::*;
pub use variables::*;
pub use waiver::*;
pub use yaml::*;
pub use yaml_features::*;

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

/// An example that is a spec: the lines that matter, below those that every spec begins with.
macro_rules! spec {
    ($lines:literal) => {
        $crate::diagnostic::Example::Spec(concat!(
            "\nplatform: shop\nenvironment: shared\nregion: eu-central-1",
            $lines
        ))
    };
}

use codes;
use spec;

/// All of them, file by file.
pub static CODES: &[&[&Code]] = &[
    yaml::CODES,
    yaml_features::CODES,
    file::CODES,
    specs::CODES,
    keys::CODES,
    values::CODES,
    image_tags::CODES,
    repository::CODES,
    repository_settings::CODES,
    retention::CODES,
    access::CODES,
    iam::CODES,
    claims::CODES,
    platform::CODES,
    monitoring::CODES,
    terraform::CODES,
    variables::CODES,
    waiver::CODES,
    change::CODES,
    output::CODES,
];
