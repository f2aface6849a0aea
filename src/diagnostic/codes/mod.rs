//! Codes of findings that do not come from a rule: everything that cannot be read, decoded, resolved or written.

mod access;
mod change;
mod claims;
mod iam;
mod monitoring;
mod other_platforms;
mod output;
mod pipelines;
mod platform;
mod reading;
mod registry;
mod removal;
mod repositories;
mod terraform;
mod variables;
mod waiver;

pub use access::*;
pub use change::*;
pub use claims::*;
pub use iam::*;
pub use monitoring::*;
pub use other_platforms::*;
pub use output::*;
pub use pipelines::*;
pub use platform::*;
pub use reading::file::*;
pub use reading::keys::*;
pub use reading::specs::*;
pub use reading::values::*;
pub use reading::yaml::*;
pub use reading::yaml_features::*;
pub use registry::*;
pub use removal::*;
pub use repositories::image_tags::*;
pub use repositories::naming::*;
pub use repositories::replication::*;
pub use repositories::retention::*;
pub use repositories::settings::*;
pub use terraform::*;
pub use variables::*;
pub use waiver::*;

use super::Code;

/// Declares each code as a static with its name, and a list of all of them.
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
        pub(in $crate::diagnostic::codes) static CODES: &[&$crate::diagnostic::Code] = &[$(&$NAME),+];
    };
}

/// An example spec: the given lines, after the lines that every spec starts with.
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

/// All of these codes, file by file.
pub static CODES: &[&[&Code]] = &[
    reading::yaml::CODES,
    reading::yaml_features::CODES,
    reading::file::CODES,
    reading::specs::CODES,
    reading::keys::CODES,
    reading::values::CODES,
    repositories::image_tags::CODES,
    repositories::naming::CODES,
    repositories::replication::CODES,
    repositories::settings::CODES,
    repositories::retention::CODES,
    access::CODES,
    iam::CODES,
    claims::CODES,
    platform::CODES,
    pipelines::CODES,
    registry::CODES,
    monitoring::CODES,
    terraform::CODES,
    variables::CODES,
    waiver::CODES,
    change::CODES,
    other_platforms::CODES,
    removal::CODES,
    output::CODES,
];
