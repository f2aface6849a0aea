//! Comparison with AWS's own preview of a lifecycle policy.

use std::collections::HashMap;

use super::run::Simulation;
use crate::inventory::Preview;
use crate::lifecycle::Outcome;

/// How AWS's preview differs from a simulation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviewComparison {
    /// The number of images with the same outcome.
    pub same: usize,
    /// The images with another one, in the order of the listing.
    pub differing: Vec<Difference>,
    /// The number of images in the preview that the listing does not contain.
    pub unlisted: usize,
}

/// An image whose outcome differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its digest.
    pub digest: String,
    /// What AWS's preview does to it.
    pub aws: Outcome,
    /// What the simulation does to it.
    pub here: Outcome,
    /// Whether the simulation is certain.
    pub certain: bool,
}

impl PreviewComparison {
    /// Compares each image. An image that a complete preview does not contain is kept by AWS.
    pub fn of(simulation: &Simulation<'_>, preview: &Preview) -> PreviewComparison {
        let mut acted: HashMap<&str, Outcome> =
            preview.acted.iter().map(|(digest, outcome)| (digest.as_str(), *outcome)).collect();
        let mut comparison = PreviewComparison::default();
        for (image, outcome) in simulation.images.iter().zip(&simulation.outcomes) {
            let aws = match (acted.remove(image.digest.as_str()), preview.complete) {
                (Some(aws), _) => aws,
                (None, true) => Outcome::Kept,
                (None, false) => continue,
            };
            match aws == outcome.kind {
                true => comparison.same += 1,
                false => comparison.differing.push(Difference {
                    digest: image.digest.clone(),
                    aws,
                    here: outcome.kind,
                    certain: outcome.doubt.is_none(),
                }),
            }
        }
        comparison.unlisted = acted.len();
        comparison
    }

    /// Whether AWS does something else to an image than the simulation is certain of.
    pub fn contradicts(&self) -> bool {
        self.differing.iter().any(|difference| difference.certain)
    }
}
