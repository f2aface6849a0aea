//! Changes that would destroy what the committed output has.

use super::codes;
use crate::diagnostic::Example::Words;

codes! {
    REPOSITORY_LOST = {
        name: "repository-lost",
        severity: Error,
        what: "The committed output has a repository that the spec no longer has.",
        why: "Terraform would destroy the repository, and its images with it. The spec must say what happens to it: \
              `removed` with `retain` keeps it in AWS, `removed` with `delete` deletes it, and `was` says that it has \
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
removed: { cart: retain, search: retain }
"),
        source: "ECR API reference, DeleteRepository; ecrgen language reference, `removed`",
    }
    REPOSITORY_REPLACED = {
        name: "repository-replaced",
        severity: Error,
        what: "The name, encryption or region of a repository differs from the committed output.",
        why: "AWS cannot change these: Terraform would delete the repository with its images and create an empty one. \
              If that is the intention, apply `force_delete: true` first, then give the reason under `replace`.",
        bad: Words("
`ecrgen render shop.yaml` wrote `repositories: { cart: {} }`. Then the encryption changes:

repositories: { cart: { encryption: kms } }
"),
        good: Words("
The first change, which is applied:

repositories: { cart: { force_delete: true } }

The second change:

repositories: { cart: { force_delete: true, encryption: kms, replace: \"No image is in use yet\" } }
"),
        source: "ECR user guide, \"Encryption at rest\"; terraform-provider-aws, aws_ecr_repository, arguments that \
                 force a new resource",
    }
    KEY_LOST = {
        name: "key-lost",
        severity: Error,
        what: "A repository is removed with `retain`, but the KMS key that encrypts its images is removed with `delete`.",
        why: "Without the key, ECR cannot decrypt the images that it keeps, so they could never be pulled again.",
        bad: Words("
`ecrgen render shop.yaml` wrote `repositories: { cart: { encryption: { kms: create } } }`. Then the only
repository is removed, and its key with it:

removed: { cart: retain, aws_kms_key.ecr: delete }
"),
        good: Words("
AWS keeps both:

removed: { cart: retain, aws_kms_key.ecr: retain }
"),
        source: "KMS developer guide, \"Deleting AWS KMS keys\"; ECR user guide, \"Encryption at rest\"",
    }
    RESOURCE_LOST = {
        name: "resource-lost",
        severity: Error,
        what: "The committed output has a resource that the new output no longer has, and deleting it does harm.",
        why: "Terraform deletes what is no longer in its configuration. An OIDC provider takes every role with it that \
              trusts the issuer, also those of other teams; a KMS key takes everything that it encrypts; a bucket or \
              log group takes the recorded events. If AWS is to keep it, list its address under `removed` with \
              `retain`; if it may be deleted, with `delete`.",
        bad: Words("
`ecrgen render shop.yaml` wrote an OIDC provider for `oidc_providers: { github: create }`. Then:

oidc_providers: { github: existing }
"),
        good: Words("
The provider stays in AWS, and Terraform forgets it:

oidc_providers: { github: existing }
removed: { aws_iam_openid_connect_provider.github: retain }
"),
        source: "Terraform documentation, \"removed block reference\"; IAM API reference, DeleteOpenIDConnectProvider; KMS \
                 developer guide, \"Deleting AWS KMS keys\"",
    }
    RESOURCE_REPLACED = {
        name: "resource-replaced",
        severity: Error,
        what: "A change makes Terraform replace a resource whose loss does harm.",
        why: "AWS cannot change the argument in place, so Terraform deletes the resource and creates another one. The \
              output protects such resources with `prevent_destroy`, so the plan would fail.",
        bad: Words("
`ecrgen render shop.yaml` wrote `region: eu-central-1` with a KMS key of its own. Then the region changes:

region: eu-west-1
"),
        good: Words("
The old key stays in AWS. It is taken out of the state (`terraform state rm aws_kms_key.ecr`), and the spec says so:

region: eu-west-1
removed: { aws_kms_key.ecr: retain }
"),
        source: "terraform-provider-aws, arguments that force a new resource; Terraform documentation, \"The lifecycle \
                 meta-argument\"",
    }
    ADDRESS_CHANGED = {
        name: "address-changed",
        severity: Error,
        what: "A repository of the committed output has another address in Terraform.",
        why: "Terraform knows a resource by its address. Without a `moved` block it deletes the repository at the old \
              address, with its images, and creates an empty one at the new address. `terraform.ecr_module_was` adds \
              the `moved` blocks.",
        bad: Words("
`ecrgen render shop.yaml` wrote plain resources. Then the registry module is used:

terraform: { ecr_module: 3.2.0 }
"),
        good: Words("
terraform: { ecr_module: 3.2.0, ecr_module_was: plain }
"),
        source: "Terraform documentation, \"moved block reference\"",
    }
    STATE_CHANGED = {
        name: "state-changed",
        severity: Error,
        what: "The committed output has its state somewhere else than the new output.",
        why: "Terraform manages only what is in its state. With another state it tries to create everything again, which \
              fails because the names are taken, and it no longer manages what exists. Move the state, then list the \
              earlier one under `terraform.state_was`.",
        bad: Words("
`ecrgen render shop.yaml` wrote to `shared/ecr`. Then the folder changes:

terraform: { directory: shared/registry }
"),
        good: Words("
The state is moved with `terraform state pull` and `terraform state push`, and the spec says where it was:

terraform: { directory: shared/registry, state_was: [folder shared/ecr] }
"),
        source: "Terraform documentation, \"State\", commands `state pull` and `state push`",
    }
    ACCOUNT_CHANGED = {
        name: "account-changed",
        severity: Error,
        what: "The account differs from the one in the committed output.",
        why: "The state lists resources of the old account. With credentials of the new one, Terraform finds none of them, \
              creates everything again, and forgets what is in the old account. If that is the intention, repeat the old \
              account under `account_was`.",
        bad: Words("
`ecrgen render shop.yaml` wrote `account: \"111111111111\"`. Then:

account: \"333333333333\"
"),
        good: Words("
account: \"333333333333\"
account_was: \"111111111111\"
"),
        source: "Terraform documentation, \"State\"; terraform-provider-aws, `allowed_account_ids`",
    }
    NOT_DELETABLE = {
        name: "not-deletable",
        severity: Error,
        what: "A repository is to be deleted or replaced, but the committed output does not let Terraform delete its images.",
        why: "ECR refuses to delete a repository that holds images unless it is forced, and Terraform forces it only if \
              `force_delete` was applied before. So deleting images takes two changes: the first one sets `force_delete: \
              true`, the second one deletes or replaces the repository. Without the first one, the apply fails half way \
              with RepositoryNotEmptyException, or the plan fails because of `prevent_destroy`.",
        bad: Words("
`ecrgen render shop.yaml` wrote `repositories: { cart: {}, search: {} }`. Then:

repositories: { cart: {} }
removed: { search: delete }
"),
        good: Words("
The first change, which is applied:

repositories: { cart: {}, search: { force_delete: true } }

The second change:

repositories: { cart: {} }
removed: { search: delete }
"),
        source: "ECR API reference, DeleteRepository; terraform-provider-aws, aws_ecr_repository, `force_delete`",
    }
    ROLE_REPLACED = {
        name: "role-replaced",
        severity: Warning,
        what: "A change replaces an IAM role, so the role gets another ARN.",
        why: "Terraform deletes the role and creates another one. Everything that names its ARN is refused until it names \
              the new one: workflows in other repositories, annotations of service accounts, policies of other accounts.",
        bad: Words("
`ecrgen render shop.yaml` wrote roles with their default names. Then:

names: { role: \"{platform}-{access}\" }
"),
        good: Words("
The names stay as they are:

names: { role: \"{platform}-{environment}-{access}\" }
"),
        source: "terraform-provider-aws, aws_iam_role, arguments that force a new resource",
    }
    RETURNING_REPOSITORY = {
        name: "returning-repository",
        severity: Warning,
        what: "A repository that the committed output lists under `removed` is in the spec again.",
        why: "If AWS kept the repository, Terraform does not know it any more. The apply tries to create it and fails with \
              RepositoryAlreadyExistsException. An `import` block takes it into the state again.",
        bad: Words("
`ecrgen render shop.yaml` wrote `removed: { search: retain }`. Then the repository comes back:

repositories: { cart: {}, search: {} }
"),
        good: Words("
A file next to the output imports it, and is deleted after the apply:

import {
  to = aws_ecr_repository.search
  id = \"search\"
}
"),
        source: "Terraform documentation, \"import block reference\"; ECR API reference, CreateRepository",
    }
    REMOVED_UNKNOWN = {
        name: "removed-unknown",
        severity: Warning,
        what: "An entry of `removed` names something that the committed output does not have.",
        why: "The entry has no effect. Most often the name is misspelled, and what should be retained is deleted.",
        bad: Words("
`ecrgen render shop.yaml` wrote `repositories: { cart: {} }`. Then an entry is added for a repository that never
existed:

repositories: { cart: {} }
removed: { serach: retain }
"),
        good: Words("
repositories: { cart: {} }
"),
        source: "ecrgen language reference, `removed`",
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
