//! Replication of repositories.

use crate::diagnostic::Example::Words;
use crate::diagnostic::codes::{codes, spec};

codes! {
    REPLICATED_BY_PREFIX = {
        name: "replicated-by-prefix",
        severity: Error,
        what: "Replicating one repository would also replicate another, because its name begins with the name of the first.",
        why: "ECR selects the repositories to replicate by the beginning of their names, and cannot make an exception. The \
              images of the other repository would be stored in a registry that the spec does not mention for it, in a \
              repository with default settings.",
        bad: spec!("
registry: {}
repositories: { web: { replicate_to: [eu-west-1] }, web-admin: {} }
"),
        good: spec!("
registry: {}
repositories: { web: { name: web/site, replicate_to: [eu-west-1] }, web-admin: {} }
"),
        source: "ECR API reference, RepositoryFilter, `PREFIX_MATCH`",
    }
    REPLICA_LOST = {
        name: "replica-lost",
        severity: Error,
        what: "A replica in the committed output is no longer in the spec.",
        why: "Terraform would delete the repository in the other region, with its images there. The spec must state what \
              happens to it: its Terraform address under `removed` with `retain` keeps it in AWS, and with `delete` deletes \
              it.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: { replicate_to: [eu-west-1] } }`. Then the region is deleted from the
list:

repositories: { cart: {} }
"),
        good: Words("
repositories: { cart: {} }
removed: { aws_ecr_repository.cart_eu_west_1: retain }
"),
        source: "ECR API reference, DeleteRepository; Terraform documentation, \"removed block reference\"",
    }
    REPLICA_PROVIDER_CHANGED = {
        name: "replica-provider-changed",
        severity: Error,
        what: "The version constraint of the AWS provider no longer allows versions before 6.0, so replicas get the argument \
               `region` instead of a provider configuration per region.",
        why: "AWS provider 6 looks for a resource in the region that the state has for it, and a state of version 5 has none. \
              Without a provider configuration, it would look in the home region, find the repository of the same name there, \
              and replace it. An apply with version 6 and the earlier configuration writes the regions into the state.",
        bad: Words("
`ecrgen render shop.yaml` ran with `replicate_to: [eu-west-1]` and this constraint:

terraform: { providers: { aws: \"~> 5.100\" } }

Then the constraint changes:

terraform: { providers: { aws: \"~> 6.28\" } }
"),
        good: Words("
The first change, which is applied with AWS provider 6:

terraform: { providers: { aws: \">= 5.100, < 7.0\" } }

The second change:

terraform: { providers: { aws: \"~> 6.28\" }, replicas_were: alias }
"),
        source: "Terraform AWS provider documentation, \"Enhanced Region Support\"",
    }
}
