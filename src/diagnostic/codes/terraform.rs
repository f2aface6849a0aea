//! The root module and its outputs.

use super::{codes, spec};

codes! {
    BAD_DIRECTORY = {
        name: "bad-directory",
        severity: Error,
        what: "`terraform.directory` is not a folder below the output folder.",
        why: "ecrgen writes and removes files only below the folder that is given with `--out`. `..` and absolute \
              paths point elsewhere, `.git` and `.ecrgen` contain files that are not part of the output, and some \
              names are not valid on Windows.",
        bad: spec!("
terraform: { directory: ../ecr }
"),
        good: spec!("
terraform: { directory: ecr }
"),
        source: "ecrgen language reference, `terraform.directory`",
    }
    UNUSED_TERRAFORM_SETTING = {
        name: "unused-terraform-setting",
        severity: Error,
        what: "A setting under `terraform` is for a block that ecrgen does not generate here.",
        why: "With `root: shared`, hand-written files configure the AWS provider and the state. With a `workspace`, HCP \
              Terraform keeps the state of the root module, and its runs assume the roles of the bootstrap module. The \
              setting would be ignored, and Terraform would use another state or other credentials than the spec says.",
        bad: spec!("
repositories: { shop: {} }
terraform: { root: shared, backend: { s3: { bucket: acme-terraform-state } } }
"),
        good: spec!("
repositories: { shop: {} }
terraform: { backend: { s3: { bucket: acme-terraform-state } } }
"),
        source: "Terraform documentation, \"Backend block configuration overview\" and \"Provider Configuration\"",
    }
    IMPOSSIBLE_SET = {
        name: "impossible-set",
        severity: Error,
        what: "The repositories of the spec cannot be declared together with `for_each`.",
        why: "With `terraform.for_each`, one resource declares all repositories without individual settings: they differ in \
              their names only. That is not possible if every repository has its own settings or its own tag patterns, if \
              the registry module creates them, or if a variable adds repositories and their names do not contain the key.",
        bad: spec!("
repositories: { shop: { encryption: kms }, cart: { encryption: kms } }
terraform: { for_each: true }
"),
        good: spec!("
repositories: { shop: {}, cart: {} }
repository_defaults: { encryption: kms }
terraform: { for_each: true }
"),
        source: "Terraform documentation, \"The for_each Meta-Argument\"",
    }
    UNKNOWN_OUTPUT = {
        name: "unknown-output",
        severity: Error,
        what: "An output refers to a value that the root module does not have.",
        why: "The output would refer to a resource that the root module does not declare, and `terraform validate` \
              would reject it. An access entry has a `role_arn` if it creates exactly one role, and a `policy_arn` \
              unless its access is granted by repository policies. `kms_key_arn` needs a key that is created with \
              `kms: create`.",
        bad: spec!("
repositories: { shop: {} }
access:
  operators: { can: [pull, read], repositories: [shop], assumed_by: [\"arn:aws:iam::111122223333:role/Operator\"] }
outputs: { operator_role: access.operator.role_arn }
"),
        good: spec!("
repositories: { shop: {} }
access:
  operators: { can: [pull, read], repositories: [shop], assumed_by: [\"arn:aws:iam::111122223333:role/Operator\"] }
outputs: { operator_role: access.operators.role_arn }
"),
        source: "Terraform documentation, \"References to Named Values\"; ecrgen language reference, `outputs`",
    }
    BROKEN_JSON_TEXT = {
        name: "broken-json-text",
        severity: Error,
        what: "A text of a policy has a combining mark after `<`, `>` or a control character.",
        why: "Terraform's `jsonencode` writes `<` as the escape `\\u003c`, and then normalizes the result to Unicode form C. A \
              combining mark joins the last letter of the escape, so the policy is not valid JSON and AWS rejects it.",
        bad: spec!("
repositories:
  shop: { retention: [{ keep: 5, of: tagged, description: \"Fewer <\\u0301 5\" }] }
"),
        good: spec!("
repositories:
  shop: { retention: [{ keep: 5, of: tagged, description: \"Fewer < 5\" }] }
"),
        source: "Terraform documentation, \"jsonencode\"; HCL native syntax specification, \"Template literals\"",
    }
    TERRAFORM = {
        name: "terraform",
        severity: Error,
        what: "A generated file would not work with the oldest Terraform, provider or module that the spec allows.",
        why: "Before ecrgen writes a file, it compares the file with the schemas of the providers. If an argument or a \
              resource is newer than the lowest version that `terraform.version` or `terraform.providers` allows, \
              `terraform validate` fails for everyone who has that version.",
        bad: spec!("
repositories: { shop: {} }
access:
  developers:
    can: [pull, read]
    repositories: [shop]
    permission_set:
      name: RegistryRead
      instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\"
      region: us-east-1
terraform: { providers: { aws: \"~> 5.60\" } }
"),
        good: spec!("
repositories: { shop: {} }
access:
  developers:
    can: [pull, read]
    repositories: [shop]
    permission_set:
      name: RegistryRead
      instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\"
      region: us-east-1
terraform: { providers: { aws: \"~> 6.28\" } }
"),
        source: "terraform-provider-aws, the schemas of its releases; Terraform documentation, \"Version Constraints\"",
    }
}
