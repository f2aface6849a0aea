//! Changes that would destroy what the committed output has.

use super::codes;
use crate::diagnostic::Example::Words;

codes! {
    REPOSITORY_LOST = {
        name: "repository-lost",
        severity: Error,
        what: "The committed output has a repository that the spec no longer has.",
        why: "Terraform would destroy the repository, and its images with it. The spec must say what happens to it: \
              `removed` with `retain` keeps it in AWS, `removed` with `delete` destroys it, and `was` says that it has \
              a new key.",
        bad: Words("
`ecrgen render shop.yaml` wrote `repositories: { cart: {}, search: {} }`. Then `search` is deleted from the spec:

repositories: { cart: {} }
"),
        good: Words("
The spec also says what happens to the repository in AWS:

repositories: { cart: {} }
removed: { search: retain }
"),
        source: "ECR API reference, DeleteRepository; Terraform documentation, \"removed block reference\"",
    }
    ALL_REPOSITORIES_LOST = {
        name: "all-repositories-lost",
        severity: Error,
        what: "The spec has none of the repositories of the committed output, of which there are several.",
        why: "Most often this is the wrong file, the wrong output folder, or a `repositories` key that was lost in a \
              merge. Applied, it would destroy every image of the platform. If it is meant, list each repository under \
              `removed`.",
        bad: Words("
`ecrgen render shop.yaml` wrote `repositories: { cart: {}, search: {} }`. Then another spec of the same
platform is rendered into the same folder:

repositories: { flour: {} }
"),
        good: Words("
repositories: { flour: {} }
removed: { cart: delete, search: retain }
"),
        source: "ECR API reference, DeleteRepository; ecrgen language reference, `removed`",
    }
    REPOSITORY_REPLACED = {
        name: "repository-replaced",
        severity: Error,
        what: "The name, encryption or region of a repository differs from the committed output.",
        why: "AWS cannot change these: Terraform would destroy the repository with its images and create an empty one. \
              If that is meant, give the reason under `replace`.",
        bad: Words("
`ecrgen render shop.yaml` wrote `repositories: { cart: {} }`. Then the encryption changes:

repositories: { cart: { encryption: kms } }
"),
        good: Words("
repositories: { cart: { encryption: kms, replace: \"No image is in use yet\" } }
"),
        source: "ECR user guide, \"Encryption at rest\"; terraform-provider-aws, aws_ecr_repository, arguments that \
                 force a new resource",
    }
    KEY_LOST = {
        name: "key-lost",
        severity: Error,
        what: "A repository is removed with `retain`, but the KMS key that encrypts its images would be deleted.",
        why: "The output has the key only as long as a repository uses it. Without the key, ECR cannot decrypt the \
              images that it keeps, so they could never be pulled again.",
        bad: Words("
`ecrgen render shop.yaml` wrote `repositories: { cart: { encryption: { kms: create } } }`. Then the only
repository is removed:

removed: { cart: retain }
"),
        good: Words("
The key stays as long as the repository exists:

repository_defaults: { encryption: { kms: create } }
removed: { cart: retain }
"),
        source: "KMS developer guide, \"Deleting AWS KMS keys\"; ECR user guide, \"Encryption at rest\"",
    }
    REMOVED_AND_THERE = {
        name: "removed-and-there",
        severity: Error,
        what: "A repository is listed under `removed` and under `repositories`.",
        why: "The output would create the repository and forget or destroy it at the same time.",
        bad: Words("
`ecrgen render shop.yaml` wrote `repositories: { cart: {}, search: {} }`. Then `removed` is added, but
the repository is not deleted from the spec:

repositories: { cart: {}, search: {} }
removed: { search: retain }
"),
        good: Words("
repositories: { cart: {} }
removed: { search: retain }
"),
        source: "Terraform documentation, \"removed block reference\"",
    }
}
