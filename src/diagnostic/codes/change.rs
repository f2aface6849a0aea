//! Changes that would destroy something in the committed output.

use super::codes;
use crate::diagnostic::Example::Words;

codes! {
    REPOSITORY_LOST = {
        name: "repository-lost",
        severity: Error,
        what: "A repository in the committed output is no longer in the spec.",
        why: "Terraform would delete the repository and all of its images. The spec must state what happens to it: \
              `removed` with `retain` keeps it in AWS, `removed` with `delete` deletes it, and `was` records that it \
              has a new key.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: {}, search: {} }`. Then `search` is deleted from the
spec:

repositories: { cart: {} }
"),
        good: Words("
The spec also states what happens to the repository in AWS:

repositories: { cart: {} }
removed: { search: retain }
"),
        source: "ECR API reference, DeleteRepository; Terraform documentation, \"removed block reference\"",
    }
    ALL_REPOSITORIES_LOST = {
        name: "all-repositories-lost",
        severity: Error,
        what: "The committed output has several repositories, and the spec has none of them.",
        why: "The usual cause is the wrong spec, the wrong output folder, or a `repositories` key that was lost in a \
              merge. Applying this output would destroy every image of the platform. If that is what you want, list \
              each repository under `removed`.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: {}, search: {} }`. Then another spec of the same
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
        why: "AWS cannot change these settings of an existing repository. Terraform would delete the repository with \
              its images and create an empty one. If that is what you want, apply \
              `force_delete: true` first, then give the reason under `replace`.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: {} }`. Then the encryption changes:

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
        what: "`removed` retains a repository, but deletes the KMS key that encrypts its images.",
        why: "Without the key, ECR cannot decrypt the images that it keeps, so they can no longer be pulled.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: { encryption: { kms: create } } }`. Then the only
repository is removed, and its key with it:

removed: { cart: retain, aws_kms_key.ecr: delete }
"),
        good: Words("
Both stay in AWS:

removed: { cart: retain, aws_kms_key.ecr: retain }
"),
        source: "KMS developer guide, \"Deleting AWS KMS keys\"; ECR user guide, \"Encryption at rest\"",
    }
    RESOURCE_LOST = {
        name: "resource-lost",
        severity: Error,
        what: "A resource in the committed output is missing from the new output, and deleting it would cause damage.",
        why: "Terraform deletes what is no longer in its configuration. If an OIDC provider is deleted, no role \
              that trusts it can be assumed, including the roles of other teams. If a KMS key is deleted, nothing that it \
              encrypts can be read. If a bucket or a log group is deleted, its events are lost. If the permissions boundary \
              of the bootstrap module is deleted, the apply role cannot create any roles in the root module. To keep the \
              resource in AWS, list its address under `removed` with `retain`; to let Terraform delete it, use `delete`.",
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
        what: "A change would make Terraform replace a resource that must not be lost, such as a KMS key.",
        why: "AWS cannot change the argument in place, so Terraform would need to delete the resource and create a new \
              one. `prevent_destroy` in the output blocks this, and the plan fails. An output that needs Terraform 1.16 or \
              later also has `destroy = false`: then the old resource stays in AWS, and Terraform forgets it.",
        bad: Words("
`ecrgen render shop.yaml` ran with `region: eu-central-1`, and ecrgen created a KMS key. Then the region changes:

region: eu-west-1
"),
        good: Words("
To keep the old key in AWS, first run `terraform state rm aws_kms_key.ecr`, so that Terraform no longer manages it. Then
record that in the spec:

region: eu-west-1
removed: { aws_kms_key.ecr: retain }
"),
        source: "terraform-provider-aws, arguments that force a new resource; Terraform documentation, \"The lifecycle \
                 meta-argument\"",
    }
    ADDRESS_CHANGED = {
        name: "address-changed",
        severity: Error,
        what: "The Terraform address of a repository in the committed output has changed.",
        why: "Terraform knows a resource by its address. Without a `moved` block it deletes the repository at the old \
              address, with its images, and creates an empty one at the new address. `terraform.ecr_module_was` adds \
              the `moved` blocks; its value is the earlier form, `plain` resources or `module` blocks. \
              `terraform.for_each_was` adds them if `for_each` is deleted.",
        bad: Words("
`ecrgen render shop.yaml` wrote plain resources. Then the registry module is used:

terraform: { ecr_module: 3.2.0 }
"),
        good: Words("
terraform: { ecr_module: 3.2.0, ecr_module_was: plain }
"),
        source: "Terraform documentation, \"moved block reference\"",
    }
    SET_VARIABLE_DROPPED = {
        name: "set-variable-dropped",
        severity: Warning,
        what: "The variable that held the keys of the repositories no longer holds them.",
        why: "A value of the variable can have added repositories that are not in the spec. ecrgen does not know them. The next \
              apply deletes them, as far as `prevent_destroy` and ECR allow that, unless they are in the spec or in a value of \
              the new variable.",
        bad: Words("
`ecrgen render shop.yaml` ran with `terraform: { for_each: { variable: services } }`. Then the keys move into the resource:

terraform: { for_each: true }
"),
        good: Words("
First, every repository that a value of `services` adds is listed under `repositories`, and that is applied. Then:

terraform: { for_each: true }
"),
        source: "Terraform documentation, \"The for_each Meta-Argument\"",
    }
    STATE_CHANGED = {
        name: "state-changed",
        severity: Error,
        what: "The new output stores its state in a different location from the committed output.",
        why: "Terraform manages only what is in its state. With a different state it tries to create everything again, which \
              fails because the names are taken, and the existing resources are no longer managed. Move the state, then list \
              its previous location under `terraform.state_was`.",
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
    STATE_TAKEN = {
        name: "state-taken",
        severity: Error,
        what: "A module has the state that another module of the committed output has or had.",
        why: "Terraform destroys everything that a state holds and that the module no longer declares. A module that takes over \
              the state of another one does not declare its repositories. The state of a module that moved counts too, because \
              `terraform state push` leaves a copy in the old place.",
        bad: Words("
`ecrgen render shop.yaml` wrote a module with this state. Then the spec of another platform has:

terraform: { backend: { s3: { bucket: acme-terraform-state, key: shop/shared/ecr/terraform.tfstate } } }
"),
        good: Words("
terraform: { backend: { s3: { bucket: acme-terraform-state } } }
"),
        source: "Terraform documentation, \"State\"",
    }
    ACCOUNT_CHANGED = {
        name: "account-changed",
        severity: Error,
        what: "The account differs from the one in the committed output.",
        why: "The state lists resources of the old account. With credentials of the new one, Terraform finds none of them, \
              creates everything again, and forgets what is in the old account. If that is what you want, set \
              `account_was` to the old account ID. Otherwise, restore `account`.",
        bad: Words("
`ecrgen render shop.yaml` ran with `account: \"111111111111\"`. Then:

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
        why: "ECR refuses to delete a repository that holds images unless the request sets `force`, and Terraform sets it only if \
              `force_delete: true` has already been applied. So deleting images takes two changes: the first one sets `force_delete: \
              true`, the second one deletes or replaces the repository. Without the first one, the apply fails halfway \
              with RepositoryNotEmptyException, or the plan fails because of `prevent_destroy`.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: {}, search: {} }`. Then:

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
        why: "Terraform deletes the role and creates another one. Anything that refers to the old ARN stops working until \
              you update it: workflows in other repositories, service account annotations, policies in other accounts.",
        bad: Words("
`ecrgen render shop.yaml` wrote roles with their default names. Then:

names: { role: \"{platform}-{access}\", policy: \"{platform}-{environment}-{access}\" }
"),
        good: Words("
Keep the names, or update everything that refers to the old ARNs and waive this warning:

names: { role: \"{platform}-{environment}-{access}\" }
"),
        source: "terraform-provider-aws, aws_iam_role, arguments that force a new resource",
    }
    POLICY_REPLACED = {
        name: "policy-replaced",
        severity: Warning,
        what: "A change replaces an IAM policy: its name, path or description changes.",
        why: "IAM cannot change these in place, so Terraform detaches and deletes the policy, and then creates and attaches \
              another one. Until then, requests that need its permissions are denied.",
        bad: Words("
`ecrgen render shop.yaml` wrote policies with their default names. Then:

names: { policy: \"{platform}-{access}\" }
"),
        good: Words("
Keep the names:

names: { policy: \"{platform}-{environment}-{access}\" }
"),
        source: "terraform-provider-aws, aws_iam_policy, arguments that force a new resource",
    }
    RETURNING_REPOSITORY = {
        name: "returning-repository",
        severity: Warning,
        what: "A repository that the committed output lists under `removed` is in the spec again.",
        why: "If AWS kept the repository, Terraform no longer tracks it. The apply tries to create it and fails with \
              RepositoryAlreadyExistsException. An `import` block brings it back into the state.",
        bad: Words("
`ecrgen render shop.yaml` ran with `removed: { search: retain }`. Then the repository comes back:

repositories: { cart: {}, search: {} }
"),
        good: Words("
Add a file to the output folder that imports the repository, and delete the file after the apply:

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
        why: "The entry has no effect. Usually the name is misspelled, and then the resource that you meant to retain is deleted.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: {}, search: {} }`. Then `search` is removed, and its name is
misspelled:

repositories: { cart: {} }
removed: { serach: retain }
"),
        good: Words("
repositories: { cart: {} }
removed: { search: retain }
"),
        source: "ecrgen language reference, `removed`",
    }
    REMOVED_AND_THERE = {
        name: "removed-and-there",
        severity: Error,
        what: "A repository is listed under both `removed` and `repositories`.",
        why: "The output would create the repository and, at the same time, make Terraform forget or destroy it.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: {}, search: {} }`. Then `removed` is added, but the
repository is not deleted from `repositories`:

repositories: { cart: {}, search: {} }
removed: { search: retain }
"),
        good: Words("
repositories: { cart: {} }
removed: { search: retain }
"),
        source: "Terraform documentation, \"removed block reference\"",
    }
    REMOVED_EARLIER = {
        name: "removed-earlier",
        severity: Note,
        what: "`removed` lists with `delete` something that left the output in an earlier change, also with `delete`.",
        why: "The entry was needed for the apply of that change. Afterward it does nothing. An entry with `retain` can stay as \
              long as AWS has the resource.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: {} }` and `removed: { search: delete }`, and the change was applied.
Then the spec is rendered again with the same entry.
"),
        good: Words("
The entry is deleted:

repositories: { cart: {} }
"),
        source: "Terraform documentation, \"removed block reference\"",
    }
    BOOTSTRAP_FIRST = {
        name: "bootstrap-first",
        severity: Note,
        what: "The runs of the workspace need more permissions for this change, so the bootstrap module must be applied first.",
        why: "The bootstrap module creates the roles that the runs of the workspace assume. A run cannot give itself \
              permissions, so a new repository, or a new type of resource, needs an administrator. If the change is merged \
              first, its apply fails with AccessDenied; nothing is lost, and the run can be repeated afterward.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: {} }` and a `workspace`. Then a repository is added:

repositories: { cart: {}, search: {} }
"),
        good: Words("
An administrator applies the bootstrap module of the pull request, before it is merged:

terraform -chdir=shared/ecr-workspace apply
"),
        source: "HCP Terraform documentation, \"Dynamic credentials with the AWS provider\"",
    }
    BOOTSTRAP_LAST = {
        name: "bootstrap-last",
        severity: Warning,
        what: "The bootstrap module revokes permissions that the run for this change needs, so it must be applied afterward.",
        why: "To delete a resource, a run needs permissions for it, even if the spec no longer contains it. Repositories under \
              `removed` and `was`, and roles and policies of the platform, stay covered. Other resources, such as the \
              associations of an EKS cluster that no entry uses, are covered only while the spec has them.",
        bad: Words("
`ecrgen render shop.yaml` ran with an access entry with `roles: [nodes]` and a `workspace`. Then the entry is deleted, and the
bootstrap module is applied first:

access: {}
"),
        good: Words("
The change is merged and applied, and then an administrator applies the bootstrap module:

terraform -chdir=shared/ecr-workspace apply
"),
        source: "HCP Terraform documentation, \"Dynamic credentials with the AWS provider\"",
    }
}
