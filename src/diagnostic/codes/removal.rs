//! What a spec no longer lists under `removed`.

use super::codes;
use crate::diagnostic::Example::Words;

codes! {
    REMOVAL_DROPPED = {
        name: "removal-dropped",
        severity: Note,
        what: "The committed output lists an entry under `removed` that the spec no longer has.",
        why: "The entry has done its work once the change that added it is applied. Before that, the resource is still in \
              Terraform's state: without the `removed` block, the next apply deletes it. ecrgen compares what was rendered, so it \
              cannot tell whether that change is applied.",
        bad: Words("
`ecrgen render shop.yaml` ran with `removed: { search: retain }`. Before that change is applied, the entry is deleted and the
spec is rendered again:

repositories: { cart: {} }
"),
        good: Words("
The entry stays until the change is applied:

repositories: { cart: {} }
removed: { search: retain }
"),
        source: "Terraform documentation, \"removed block reference\"",
    }
}
