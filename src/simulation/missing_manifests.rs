//! Image indexes whose lists of manifests would settle doubts, and the command that gets them.

use super::run::Simulation;
use crate::lifecycle::{Doubt, Image};

/// What a simulation lacks to be certain about untagged images.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingManifests {
    /// The number of images that may belong to an image index.
    pub images: usize,
    /// The command that prints the manifests.
    pub command: String,
}

/// The most digests that the command contains.
const DIGESTS: usize = 3;

/// Lists the digests of all image indexes, one per line.
const INDEXES: &str = "--query 'imageDetails[?contains(imageManifestMediaType, `index`) || contains(imageManifestMediaType, \
                       `manifest.list`)].[imageDigest]'";

impl MissingManifests {
    /// Returns what is missing, if manifests would help.
    pub fn of(simulation: &Simulation<'_>) -> Option<MissingManifests> {
        let unlisted = Doubt::UnlistedIndex.to_string();
        let doubted = simulation.outcomes.iter().filter(|outcome| outcome.doubt.as_ref() == Some(&unlisted)).count();
        let typeless = simulation.images.iter().any(|image| image.media_type.is_none() && image.children.is_empty());
        let indexes: Vec<&Image> =
            simulation.images.iter().filter(|image| image.is_index() && image.children.is_empty()).collect();
        if doubted == 0 || (indexes.is_empty() && !typeless) {
            return None;
        }
        let name = if is_plain(&simulation.name) { simulation.name.as_str() } else { "NAME" };
        let get = format!("aws ecr batch-get-image --repository-name {name} --image-ids");
        let few = !typeless && indexes.len() <= DIGESTS && indexes.iter().all(|index| is_plain(&index.digest));
        let command = match few {
            true => {
                let digests = indexes.iter().map(|index| format!(" imageDigest={}", index.digest));
                format!("{get}{} > manifests.json", digests.collect::<String>())
            }
            false => {
                let query = if typeless { "--query 'imageDetails[].[imageDigest]'" } else { INDEXES };
                format!(
                    "aws ecr describe-images --repository-name {name} {query} --output text | sed 's/^/imageDigest=/' \
                     | xargs -n 100 {get} > manifests.json"
                )
            }
        };
        Some(MissingManifests { images: doubted, command })
    }
}

/// Whether a text from the input needs no quotes in a shell.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-:".contains(&b))
        && !text.starts_with('-')
}
