//! Values and functions that are newer than the argument or language version that they are used with.

use crate::terraform::expr::Expr;
use crate::terraform::version::Version;

/// A value that an argument has not always accepted.
struct Value {
    resource: &'static str,
    argument: &'static str,
    value: &'static str,
    since: Version,
}

/// Versions of hashicorp/aws. The two mutability values came with `image_tag_mutability_exclusion_filter`, which is in the
/// schema of 6.8.0 but not in that of 6.7.0 (both resources use the same enumeration of the AWS SDK). CREATE_ON_PUSH is in
/// the provider's CHANGELOG of 6.28.0, entry #45720, and BLOB_MOUNTING in that of 6.29.0, entry #46092.
static VALUES: [Value; 6] = [
    Value::new("aws_ecr_repository", "image_tag_mutability", "IMMUTABLE_WITH_EXCLUSION", [6, 8, 0]),
    Value::new("aws_ecr_repository", "image_tag_mutability", "MUTABLE_WITH_EXCLUSION", [6, 8, 0]),
    Value::new("aws_ecr_repository_creation_template", "image_tag_mutability", "IMMUTABLE_WITH_EXCLUSION", [6, 8, 0]),
    Value::new("aws_ecr_repository_creation_template", "image_tag_mutability", "MUTABLE_WITH_EXCLUSION", [6, 8, 0]),
    Value::new("aws_ecr_repository_creation_template", "applied_for", "CREATE_ON_PUSH", [6, 28, 0]),
    Value::new("aws_ecr_account_setting", "name", "BLOB_MOUNTING", [6, 29, 0]),
];

/// Versions of Terraform, from its CHANGELOG.
static FUNCTIONS: [(&str, Version); 4] = [
    ("optional", Version::new(1, 3, 0)),
    ("plantimestamp", Version::new(1, 5, 0)),
    ("strcontains", Version::new(1, 5, 0)),
    ("templatestring", Version::new(1, 9, 0)),
];

impl Value {
    const fn new(
        resource: &'static str,
        argument: &'static str,
        value: &'static str,
        [major, minor, patch]: [u64; 3],
    ) -> Self {
        Value { resource, argument, value, since: Version::new(major, minor, patch) }
    }
}

/// The literals in an argument of a resource that are newer than the argument, each with the provider version it needs.
pub(super) fn values<'a>(
    resource: &'a str,
    argument: &'a str,
    value: &'a Expr,
) -> impl Iterator<Item = (&'static str, &'static Version)> + 'a {
    let rows = VALUES.iter().filter(move |row| row.argument == argument && row.resource == resource);
    rows.filter(|row| holds_literal(value, row.value)).map(|row| (row.value, &row.since))
}

fn holds_literal(expr: &Expr, literal: &str) -> bool {
    matches!(expr, Expr::String(text) if text == literal) || expr.any_child(&mut |child| holds_literal(child, literal))
}

/// The functions called in an expression that are newer than a version of Terraform, each with the version it needs.
pub(super) fn functions(expr: &Expr, pin: &Version) -> Vec<&'static (&'static str, Version)> {
    let mut found = Vec::new();
    // Most pins allow all functions, and then there is nothing to look for.
    if FUNCTIONS.iter().any(|(_, since)| pin < since) {
        collect_functions(expr, &mut found);
        found.retain(|(_, since)| pin < since);
    }
    found
}

fn collect_functions(expr: &Expr, found: &mut Vec<&'static (&'static str, Version)>) {
    if let Expr::Call(call) = expr {
        found.extend(FUNCTIONS.iter().find(|(name, _)| *name == call.function.as_str()));
    }
    expr.any_child(&mut |child| {
        collect_functions(child, found);
        false
    });
}
