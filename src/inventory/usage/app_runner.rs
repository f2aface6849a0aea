//! AWS App Runner (API reference: `DescribeService`).

use super::source::Source;

/// A service. One that is built from source code has no image.
pub(super) static SERVICE: Source = Source {
    command: "aws apprunner describe-service",
    read: |document, found| {
        let Some(source) = document.get("Service").and_then(|service| service.get("SourceConfiguration")) else {
            return false;
        };
        found.add(&source["ImageRepository"]["ImageIdentifier"]);
        true
    },
};
