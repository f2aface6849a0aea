//! Versions of registry modules: which are known, what they need, and since when they have their inputs.
//!
//! The table of inputs is that of the newest version. Sources: `versions.tf` of the module's releases; for the inputs, its pull
//! requests 59 (3.0.0) and 62 (3.1.0).

use crate::terraform::Version;

/// The versions of a module with the same first two numbers.
pub struct Series {
    source: &'static str,
    numbers: [u64; 2],
    /// The lowest versions of providers and of `terraform` that it accepts.
    needs: &'static [(&'static str, [u64; 3])],
}

const ECR: &str = "terraform-aws-modules/ecr/aws";

const OF_2: &[(&str, [u64; 3])] = &[("aws", [5, 0, 0]), ("terraform", [1, 0, 0])];

/// Every known series.
const SERIES: &[Series] = &[
    Series { source: ECR, numbers: [2, 0], needs: OF_2 },
    Series { source: ECR, numbers: [2, 1], needs: OF_2 },
    Series { source: ECR, numbers: [2, 2], needs: OF_2 },
    Series { source: ECR, numbers: [2, 3], needs: OF_2 },
    Series { source: ECR, numbers: [2, 4], needs: OF_2 },
    Series { source: ECR, numbers: [3, 0], needs: &[("aws", [6, 8, 0]), ("terraform", [1, 5, 7])] },
    Series { source: ECR, numbers: [3, 1], needs: &[("aws", [6, 10, 0]), ("terraform", [1, 5, 7])] },
    Series { source: ECR, numbers: [3, 2], needs: &[("aws", [6, 28, 0]), ("terraform", [1, 5, 7])] },
];

/// Inputs that the first known version does not have, and the first version that has them.
const SINCE: &[(&str, &str, [u64; 3])] = &[(ECR, "repository_image_tag_mutability_exclusion_filter", [3, 0, 0])];

impl Series {
    /// The series of a version of a module, if it is known.
    pub fn of(source: &str, version: &Version) -> Option<&'static Series> {
        let numbers = [version.numbers[0], version.numbers[1]];
        SERIES.iter().find(|series| series.source == source && series.numbers == numbers && !version.is_prerelease())
    }

    /// All series of a module, as `2.4`, oldest first.
    pub fn all(source: &str) -> impl Iterator<Item = String> {
        let of_module = SERIES.iter().filter(move |series| series.source == source);
        of_module.map(|series| format!("{}.{}", series.numbers[0], series.numbers[1]))
    }

    /// The lowest versions that it accepts, by the name of the provider, or `terraform`.
    pub(in crate::terraform) fn needs(&self) -> impl Iterator<Item = (&'static str, Version)> {
        self.needs.iter().map(|(name, [major, minor, patch])| (*name, Version::new(*major, *minor, *patch)))
    }
}

/// The first version of a module that has an input, if older ones are known.
pub(in crate::terraform) fn since(source: &str, input: &str) -> Option<Version> {
    let (_, _, [major, minor, patch]) = SINCE.iter().find(|(of, name, _)| (*of, *name) == (source, input))?;
    Some(Version::new(*major, *minor, *patch))
}
