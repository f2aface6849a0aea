//! A principal that can pull cached images, but not the first time.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Verb;
use crate::policies::permission::needs;
use crate::prose::{NAMED, named};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "pull-without-import",
        severity: Severity::Warning,
        what: "An access entry can pull below the prefix of a pull through cache rule, but cannot import.",
        why: "If an image is not cached yet, ECR imports it with the permissions of the principal that pulls it: `ecr:BatchImportUpstreamImage`, and \
          `ecr:CreateRepository` for the first image of a repository. Without them, the pull fails until another principal has pulled \
          the image.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { quay: { upstream: quay } } }
access:
  nodes: { can: [pull], repositories: [quay], node_roles: [eks-node] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { quay: { upstream: quay } } }
access:
  nodes: { can: [pull, import], repositories: [quay], node_roles: [eks-node] }
",
        ),
        source: "ECR user guide, \"IAM permissions required to sync an upstream registry with an Amazon ECR private registry\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let found = platform.access.iter().filter_map(|access| {
        let caches = platform.caches().iter().map(|cache| cache.prefix.as_str());
        let caches: Vec<&str> = caches.filter(|prefix| access.repositories.contains(*prefix)).collect();
        if caches.is_empty() || !needs(access, "ecr:BatchGetImage") || needs(access, "ecr:BatchImportUpstreamImage") {
            return None;
        }
        let prefixes = named(caches.into_iter(), NAMED);
        let message =
            format!("`{}` cannot import, so its first pull of each image below {prefixes} fails", access.name);
        let refuses_import = access.principal.kind().refused.iter().any(|(verb, _)| *verb == Verb::Import);
        let help = match refuses_import {
            true => "let another principal pull each image first",
            false => "add `import` to `can`, or let another principal pull each image first",
        };
        Some(RULE.finding(access.span, message).help(help).at(format!("access.{}", access.name)))
    });
    found.collect()
}
