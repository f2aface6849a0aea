//! Where a pipeline gets ecrgen from.

use serde_json::{Value as Json, json};

use crate::decode::{Decode, Decoder, Definitions, record};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::value::{ArchiveUrl, CommitId, GitUrl, Sha256};
use crate::yaml::Node;

record! {
    /// A place from which a pipeline can install ecrgen.
    pub struct InstallFrom {
        /// URL of a Git repository with the source code of ecrgen, which `cargo install --locked` compiles. Required unless
        /// `archive` is set. Example: `git: "https://github.com/example/ecrgen"`.
        optional git: Spanned<GitUrl>,
        /// Commit of the Git repository. Default: the tag of the version of ecrgen that renders the spec, for example `v0.1.0`.
        /// Example: `rev: 0123456789abcdef0123456789abcdef01234567`.
        optional rev: Spanned<CommitId>,
        /// URL of a `.tar.gz` archive with the program `ecrgen` at its top level. Required unless `git` is set.
        /// Example: `archive: "https://example.com/ecrgen-0.1.0-x86_64-linux.tar.gz"`.
        optional archive: Spanned<ArchiveUrl>,
        /// SHA-256 checksum of the archive, which the pipeline compares before it unpacks it. Required with `archive`.
        /// Example: `sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef`.
        optional sha256: Spanned<Sha256>,
    }
    exactly one of [git, archive]
    at most one of [git, sha256]
    at most one of [archive, rev]
}

/// Where a pipeline gets ecrgen from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Install {
    /// The runner or the image of the job has it.
    Runner,
    /// The pipeline installs it.
    From(InstallFrom),
}

impl Decode for Install {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("runner") => Some(Install::Runner),
            Some(word) => {
                let message = format!("expected `runner` or a map, found `{word}`");
                let help = "write `runner`, or a map such as `{ git: \"https://github.com/example/ecrgen\" }`";
                decoder.fault(Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message).help(help));
                None
            }
            None => InstallFrom::decode(node, decoder).map(Install::From),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "const": "runner" }, InstallFrom::schema(definitions)] })
    }
}
