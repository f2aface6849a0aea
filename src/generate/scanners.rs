//! Comments that tell checkov and Trivy which of their checks a block does not pass, and why that is right.
//!
//! checkov skips a check for a block that contains `checkov:skip=CHECK:REASON` (checkov documentation, "Suppressing and
//! Skipping Policies"). A row describes when a check fails and is not applicable, so that the output has the comment only where
//! checkov would complain. Trivy skips a check for the block below a comment with `trivy:ignore:CHECK` (Trivy documentation,
//! "Filtering by inline comments").

use super::{Content, Generated};
use crate::terraform::{Block, Body, Expr, Key, Line, Statement};

/// A check that a kind of block does not pass.
struct Skip {
    check: &'static str,
    /// The resource type, or `module`.
    block: &'static str,
    when: fn(&Block, &Body) -> bool,
    why: &'static str,
}

const SKIPS: &[Skip] = &[
    Skip {
        check: "CKV_AWS_51",
        block: "aws_ecr_repository",
        when: |repository, _| is(repository, "image_tag_mutability", "MUTABLE"),
        why: "The spec sets tag_mutability: mutable",
    },
    Skip {
        check: "CKV_AWS_51",
        block: "aws_ecr_repository",
        when: |repository, _| is(repository, "image_tag_mutability", "MUTABLE_WITH_EXCLUSION"),
        why: "The spec sets tag_mutability: mutable, except for the tags that a filter matches",
    },
    Skip {
        check: "CKV_AWS_51",
        block: "aws_ecr_repository",
        when: |repository, _| is(repository, "image_tag_mutability", "IMMUTABLE_WITH_EXCLUSION"),
        why: "Tags are immutable, except for the moving tags that a filter matches",
    },
    Skip {
        check: "CKV_AWS_136",
        block: "aws_ecr_repository",
        when: |repository, _| repository.blocks("encryption_configuration").next().is_none(),
        why: "Images are encrypted with AES-256, ECR's default; the spec sets no KMS key",
    },
    Skip {
        check: "CKV_AWS_136",
        block: "aws_ecr_repository",
        when: |repository, _| {
            repository
                .blocks("encryption_configuration")
                .any(|encryption| is(encryption, "encryption_type", "KMS_DSSE"))
        },
        why: "KMS_DSSE encrypts with KMS too, in two layers",
    },
    Skip {
        check: "CKV_AWS_163",
        block: "aws_ecr_repository",
        when: |repository, _| {
            let mut scanning = repository.blocks("image_scanning_configuration");
            scanning.any(|scanning| scanning.argument("scan_on_push") == Some(&Expr::Bool(false)))
        },
        why: "The spec sets scan_on_push: false",
    },
    Skip {
        check: "CKV_AWS_32",
        block: "aws_ecr_repository_policy",
        when: |policy, _| policy.argument("policy").is_some_and(|policy| has_key(policy, "aws:SourceOrgID")),
        why: "Lambda has access for functions of one organization only (aws:SourceOrgID)",
    },
    Skip {
        check: "CKV_AWS_61",
        block: "aws_iam_role",
        when: |role, _| role.argument("assume_role_policy").is_some_and(trusts_account),
        why: "The spec trusts the account as a whole; IAM policies there decide who can assume the role",
    },
    Skip {
        check: "CKV_TF_1",
        block: "module",
        when: always,
        why: "Modules of a registry have versions, not commits; this version is exact",
    },
    Skip {
        check: "CKV_AWS_18",
        block: "aws_s3_bucket",
        when: always,
        why: "Access logs would need a second bucket to keep and to protect",
    },
    Skip {
        check: "CKV_AWS_21",
        block: "aws_s3_bucket",
        when: always,
        why: "CloudTrail writes each log file once, and digest files reveal those that were changed or deleted",
    },
    Skip {
        check: "CKV_AWS_144",
        block: "aws_s3_bucket",
        when: always,
        why: "The trail is kept in one region; nothing needs it to run",
    },
    Skip {
        check: "CKV_AWS_145",
        block: "aws_s3_bucket",
        when: always,
        why: "S3 encrypts every object with its own keys (SSE-S3)",
    },
    Skip {
        check: "CKV2_AWS_61",
        block: "aws_s3_bucket",
        when: |_, file| !file.blocks().any(|block| is_a(block, "aws_s3_bucket_lifecycle_configuration")),
        why: "The spec sets no keep_for, so log files are never deleted",
    },
    Skip {
        check: "CKV2_AWS_62",
        block: "aws_s3_bucket",
        when: always,
        why: "The trail is for investigations; nothing in this module acts on new log files",
    },
    Skip {
        check: "CKV_AWS_35",
        block: "aws_cloudtrail",
        when: always,
        why: "S3 encrypts the log files with its own keys (SSE-S3)",
    },
    Skip {
        check: "CKV_AWS_67",
        block: "aws_cloudtrail",
        when: always,
        why: "The trail records the registry of this region; each region has its own registry",
    },
    Skip {
        check: "CKV_AWS_252",
        block: "aws_cloudtrail",
        when: always,
        why: "The trail is for investigations; nothing in this module acts on new log files",
    },
    Skip {
        check: "CKV2_AWS_10",
        block: "aws_cloudtrail",
        when: always,
        why: "The trail is for investigations; events to act on go through EventBridge",
    },
    Skip {
        check: "CKV_AWS_158",
        block: "aws_cloudwatch_log_group",
        when: always,
        why: "CloudWatch Logs encrypts every log group with keys of AWS; events contain no images",
    },
    Skip {
        check: "CKV_AWS_338",
        block: "aws_cloudwatch_log_group",
        when: |group, _| matches!(group.argument("retention_in_days"), Some(Expr::Number(days)) if *days < 365),
        why: "Events are kept for less than a year: keep_for of event_log, by default 30 days",
    },
    Skip {
        check: "CKV_AWS_26",
        block: "aws_sns_topic",
        when: |topic, _| topic.argument("kms_master_key_id").is_none(),
        why: "The spec sets no encryption for this alert; events contain no images",
    },
];

/// The checks of Trivy that fail for the same reasons as checks of checkov: those of high severity, because lower ones do not fail
/// the generated pipeline (trivy-checks, `aws`).
const OF_TRIVY: &[(&str, &str)] = &[
    ("CKV_AWS_163", "AWS-0030"),
    ("CKV_AWS_51", "AWS-0031"),
    ("CKV_AWS_145", "AWS-0088"),
    ("CKV_AWS_145", "AWS-0132"),
    ("CKV_AWS_35", "AWS-0015"),
    ("CKV_AWS_26", "AWS-0095"),
];

fn always(_: &Block, _: &Body) -> bool {
    true
}

/// Whether an argument is this text.
fn is(block: &Block, argument: &str, text: &str) -> bool {
    matches!(block.argument(argument), Some(Expr::String(value)) if value == text)
}

/// Whether an object in an expression has this key.
fn has_key(expression: &Expr, name: &str) -> bool {
    has_entry(expression, &|key, _| key == name)
}

/// Whether a policy names the root of an account as a principal.
fn trusts_account(policy: &Expr) -> bool {
    has_entry(policy, &|key, value| key == "AWS" && names_account(value))
}

/// Whether an object in an expression has an entry that passes the test.
fn has_entry(expression: &Expr, test: &dyn Fn(&str, &Expr) -> bool) -> bool {
    let passes = |(key, value): &(Key, Expr)| matches!(key, Key::Literal(key) if test(key, value));
    let is_own = matches!(expression, Expr::Object(object) if object.items().any(passes));
    is_own || expression.any_child(&mut |child| has_entry(child, test))
}

/// checkov reads ARNs in the partition `aws` only.
fn names_account(principals: &Expr) -> bool {
    match principals {
        Expr::String(arn) => arn.starts_with("arn:aws:iam::") && arn.ends_with(":root"),
        Expr::List(list) => list.items().any(names_account),
        _ => false,
    }
}

/// Whether a block is a resource of this type, or a module.
fn is_a(block: &Block, kind: &str) -> bool {
    match block.kind.as_str() {
        "resource" => block.labels.first().is_some_and(|label| label.as_str() == kind),
        other => other == kind,
    }
}

/// The file with the comments: those for checkov at the end of each block, after its settings, and those for Trivy above it.
pub fn with_skips(mut file: Generated) -> Generated {
    if let Content::Hcl(body) = &mut file.content {
        let skips: Vec<Vec<&Skip>> = body.lines.iter().map(|line| skips(line, body)).collect();
        let lines = std::mem::take(&mut body.lines);
        for (mut line, skips) in lines.into_iter().zip(skips) {
            if let (Line::Item(Statement::Block(block)), false) = (&mut line, skips.is_empty()) {
                block.body.lines.extend([Line::Blank, Line::Comment(for_checkov(&skips))]);
                body.lines.extend(for_trivy(&skips).map(Line::Comment));
            }
            body.lines.push(line);
        }
    }
    file
}

/// The skipped checks of a block of the file.
fn skips(line: &Line<Statement>, file: &Body) -> Vec<&'static Skip> {
    let Some(Statement::Block(block)) = line.item() else { return Vec::new() };
    SKIPS.iter().filter(|skip| is_a(block, skip.block) && (skip.when)(block, file)).collect()
}

/// One check per line.
fn for_checkov(skips: &[&Skip]) -> String {
    let lines: Vec<String> = skips.iter().map(|skip| format!("checkov:skip={}:{}", skip.check, skip.why)).collect();
    lines.join("\n")
}

/// All checks in one line, which must be just above the block.
fn for_trivy(skips: &[&Skip]) -> Option<String> {
    let is_skipped = |of: &str| skips.iter().any(|skip| skip.check == of);
    let same = OF_TRIVY.iter().filter(|(of, _)| is_skipped(of));
    let checks: Vec<String> = same.map(|(_, check)| format!("trivy:ignore:{check}")).collect();
    (!checks.is_empty()).then(|| checks.join(" "))
}
