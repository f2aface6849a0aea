//! Files in the output folder.

use super::codes;
use crate::diagnostic::Example::{Spec, Words};

codes! {
    FILES_COLLIDE = {
        name: "files-collide",
        severity: Error,
        what: "Two generated files have the same path, or paths that differ only in letter case.",
        why: "One file would overwrite the other. On macOS and Windows, this also happens if the paths differ only in \
              letter case. A path that is needed both as a file and as a folder cannot be written at all.",
        bad: Spec("
platform: shop
region: eu-central-1
names: { repository: \"{environment}/{repository}\" }
environments:
  dev: { terraform: { directory: ecr } }
  prod: { terraform: { directory: ECR } }
repositories: { shop: {} }
"),
        good: Spec("
platform: shop
region: eu-central-1
names: { repository: \"{environment}/{repository}\" }
environments: { dev: {}, prod: {} }
terraform: { directory: \"{environment}/ecr\" }
repositories: { shop: {} }
"),
        source: "ecrgen language reference, `terraform.directory`",
    }
    LABELS_COLLIDE = {
        name: "labels-collide",
        severity: Error,
        what: "Two repositories, or two other parts of a spec, have the same Terraform address.",
        why: "In a Terraform label, `-`, `_` and `.` of a name all become `_`, and `/` becomes `__`. Terraform rejects a \
              module that declares one address twice.",
        bad: Spec("
platform: shop
environment: shared
region: eu-central-1
repositories:
  my-app: {}
  my_app: {}
"),
        good: Spec("
platform: shop
environment: shared
region: eu-central-1
repositories:
  my-app: {}
  my-old-app: { name: my_app }
"),
        source: "Terraform documentation, \"Resource block reference\"; ecrgen language reference, `repositories`",
    }
    NOT_OURS = {
        name: "not-ours",
        severity: Error,
        what: "The path of a generated file is taken by something that ecrgen did not generate for this platform.",
        why: "ecrgen overwrites only files that have its own header for the same platform. A file without this header \
              is your own work, a file with the header of another platform of the run belongs to that spec, and a symbolic \
              link could lead out of the output folder.",
        bad: Words("
`shared/ecr/versions.tf` was written by hand before the first run:

ecrgen render shop.yaml
"),
        good: Words("
Move the file elsewhere, or write the output to another folder:

terraform: { directory: shared/registry }
"),
        source: "ecrgen's own rule",
    }
    MANIFEST_MISSING = {
        name: "manifest-missing",
        severity: Error,
        what: "The output folder has generated files of the platform, but not the manifest that lists them.",
        why: "`render` compares the spec with the manifest, `.ecrgen/PLATFORM.json`. Without the manifest, ecrgen \
              cannot see that a repository was removed from the spec, and the next apply would destroy that repository \
              without a warning.",
        bad: Words("
`shared/ecr/` is committed, but `.ecrgen/` is listed in .gitignore. Then the spec is rendered in a fresh clone:

ecrgen render shop.yaml
"),
        good: Words("
`.ecrgen/` is removed from .gitignore, and the manifest is committed from the clone that rendered the output:

git add .ecrgen shared/ecr
"),
        source: "ecrgen's own rule",
    }
    MANIFEST_INCOMPLETE = {
        name: "manifest-incomplete",
        severity: Error,
        what: "A generated file that would change or be removed holds a resource that the manifest does not list.",
        why: "`render` compares the spec with the manifest. Someone removed the resource from the manifest by hand, or a \
              merge lost it. ecrgen cannot see whether this change would delete the resource, and after the \
              next `render` nothing would remember it. In a pull request, `ecrgen check --base` compares with the branch that \
              the pull request is merged into.",
        bad: Words("
The entry of `search` is deleted from `.ecrgen/shop.json` by hand. Then `search` is removed from the spec:

ecrgen render shop.yaml
"),
        good: Words("
The manifest is restored before the spec is rendered:

git checkout -- .ecrgen/shop.json
ecrgen render shop.yaml
"),
        source: "ecrgen's own rule",
    }
    MANIFEST_ELSEWHERE = {
        name: "manifest-elsewhere",
        severity: Warning,
        what: "The output folder has no output of the platform, but another folder of the repository has one.",
        why: "ecrgen compares with the manifest in the output folder. In a new folder it has nothing to compare with, so it does \
              not see that a repository was removed from the spec. If Terraform applies both outputs, each tries to create what \
              the other one manages.",
        bad: Words("
`ecrgen render shop.yaml --out infra` ran, and the output is committed. Then:

ecrgen render shop.yaml --out infrastructure
"),
        good: Words("
The same folder is used again:

ecrgen render shop.yaml --out infra
"),
        source: "ecrgen's own rule",
    }
    STRAY_FILE = {
        name: "stray-file",
        severity: Error,
        what: "A Terraform file has the header of a generated file, but ecrgen did not generate it, or a `.tofu` file has the \
               name of a generated `.tf` file.",
        why: "With the header, it is a copy of a generated file, or was left over from a merge. Terraform reads every file in the \
              folder, so it would find the same resource twice and stop, or keep a repository that the spec no longer has. \
              OpenTofu reads `repository_cart.tofu` and ignores `repository_cart.tf`, so the generated file would have no \
              effect.",
        bad: Words("
A generated file was copied:

cp shared/ecr/repository_cart.tf shared/ecr/repository_old.tf
"),
        good: Words("
The copy is deleted:

rm shared/ecr/repository_old.tf
"),
        source: "Terraform documentation, \"Files and configuration structure\"; OpenTofu documentation, \"Extension Precedence\"",
    }
    LEFT_ALONE = {
        name: "left-alone",
        severity: Note,
        what: "A file that is no longer generated has lost its header, or something else is at its path, so ecrgen does not \
               remove it.",
        why: "ecrgen removes only regular files with its own header for the same platform. Anything else is yours, such as a \
              file without the header, a symbolic link, or a file with the header of another platform. Terraform still \
              reads it: the resources in it stay in AWS, or they contradict `removed.tf` and the next plan fails.",
        bad: Words("
The header of `shared/ecr/repository_search.tf` was removed to edit the file by hand. Then `search` is removed
from the spec with `removed: { search: retain }`:

ecrgen render shop.yaml
"),
        good: Words("
Delete the file. To keep managing the repository, restore it in the spec instead:

git rm shared/ecr/repository_search.tf
"),
        source: "ecrgen's own rule",
    }
}
