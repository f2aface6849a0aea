//! Entries of `removed` that change.

use super::codes;
use crate::diagnostic::Example::Words;

codes! {
    REMOVAL_DROPPED = {
        name: "removal-dropped",
        severity: Warning,
        what: "The committed output lists an entry with `retain` under `removed` that the spec no longer has.",
        why: "The entry has done its work once the change that added it is applied. Before that, the resource is still in \
              Terraform's state: without the `removed` block, the next apply deletes it. ecrgen compares what was rendered, so it \
              cannot tell whether that change is applied. The manifest remembers the entry, and the warning comes back, until the \
              spec states which is true. `applied` ends it: then the entry can be deleted in a later change.",
        bad: Words("
`ecrgen render shop.yaml` ran with `removed: { search: retain }`. Before that change is applied, the entry is deleted and the
spec is rendered again:

repositories: { cart: {} }
"),
        good: Words("
The entry stays until the change is applied:

repositories: { cart: {} }
removed: { search: retain }

After the apply, the spec is rendered with this entry once, and then without it:

repositories: { cart: {} }
removed: { search: applied }
"),
        source: "Terraform documentation, \"removed block reference\"",
    }
    FEATURE_STOPS = {
        name: "feature-stops",
        severity: Warning,
        what: "A resource leaves the output that holds no data, but that something depends on without a trace in the plan.",
        why: "Without a creation template, ECR creates no repository on a push, and the push fails. Repositories that it creates \
              on other occasions have its defaults: mutable tags, no lifecycle policy and no repository policy. Existing \
              repositories stay as they are. Without a pull through cache rule, a pull of an image that is not cached fails. \
              Without a replication configuration or a registry policy, images no longer leave or reach the registry.",
        bad: Words("
`ecrgen render shop.yaml` ran with this template, and then the template is deleted from the spec:

repository_templates: { team: { created_by: [push] } }
"),
        good: Words("
The template stays in the spec, or Terraform forgets it and AWS keeps it:

removed: { aws_ecr_repository_creation_template.team: retain }
"),
        source: "ECR user guide, \"Templates to control repositories created during a pull through cache, create on push, or \
                 replication action\"",
    }
    REMOVAL_CHANGED = {
        name: "removal-changed",
        severity: Error,
        what: "An entry of `removed` was rendered with `retain`, and the spec now has `delete`.",
        why: "If the change with `retain` is applied, Terraform has forgotten the resource, and `delete` does nothing. If it is \
              not applied yet, the resource is still in the state: the output no longer has the `removed` block that keeps it, \
              and the next apply deletes it. For a repository, that would also bypass the first step of a deletion, \
              `force_delete`.",
        bad: Words("
`ecrgen render shop.yaml` ran with `repositories: { cart: {} }` and `removed: { search: retain }`. Then:

removed: { search: delete }
"),
        good: Words("
`search: retain` stays as long as AWS has the repository. To delete it after the change is applied, delete it in AWS:

aws ecr delete-repository --repository-name search --force
"),
        source: "Terraform documentation, \"removed block reference\"",
    }
}
