//! Files in the output folder.

use super::codes;
use crate::diagnostic::Example::{Spec, Words};

codes! {
    FILES_COLLIDE = {
        name: "files-collide",
        severity: Error,
        what: "Two generated files have the same path, or paths that only a case-sensitive file system tells apart.",
        why: "One of them would overwrite the other, on macOS and Windows also where the paths differ in letter case \
              only. A path that is a file for one and a folder for the other cannot be written at all.",
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
    NOT_OURS = {
        name: "not-ours",
        severity: Error,
        what: "Something that ecrgen did not generate for this platform lies where a generated file belongs.",
        why: "ecrgen overwrites only files with its own header for the same platform. A file without it is your work, \
              one of another platform belongs to another spec, and a symbolic link could lead out of the folder.",
        bad: Words("
`shared/ecr/versions.tf` was written by hand before the first run:

ecrgen render shop.yaml
"),
        good: Words("
The file is moved away, or the output goes to a folder without it:

terraform: { directory: shared/registry }
"),
        source: "ecrgen's own rule",
    }
    MANIFEST_MISSING = {
        name: "manifest-missing",
        severity: Error,
        what: "The output folder has generated files of the platform, but not the manifest that lists them.",
        why: "The manifest, `.ecrgen/PLATFORM.json`, is what `render` compares the spec with. Without it, a repository \
              that leaves the spec would be destroyed without a finding.",
        bad: Words("
`shared/ecr/` is committed, but `.ecrgen/` is listed in .gitignore, and a fresh clone is rendered:

ecrgen render shop.yaml
"),
        good: Words("
The manifest is committed together with the output:

git add .ecrgen shared/ecr
"),
        source: "ecrgen's own rule",
    }
    STRAY_FILE = {
        name: "stray-file",
        severity: Error,
        what: "A Terraform file has the header of a generated file, but ecrgen did not generate it.",
        why: "It is a copy of a generated file, or a leftover of a merge. Terraform reads every file in the folder, so it \
              would find the same resource twice and stop, or keep a repository that the spec no longer has.",
        bad: Words("
A generated file was copied:

cp shared/ecr/repository_cart.tf shared/ecr/repository_old.tf
"),
        good: Words("
The copy is deleted:

rm shared/ecr/repository_old.tf
"),
        source: "Terraform documentation, \"Files and configuration structure\"",
    }
    LEFT_ALONE = {
        name: "left-alone",
        severity: Note,
        what: "A file that is no longer generated has lost its header, so ecrgen does not remove it.",
        why: "Without the header the file counts as yours. Terraform still reads it: what it declares stays in AWS, or \
              contradicts `removed.tf`, and then the next plan fails.",
        bad: Words("
The header of `shared/ecr/repository_search.tf` was removed to edit the file by hand. Then `search` leaves
the spec with `removed: { search: retain }`:

ecrgen render shop.yaml
"),
        good: Words("
The file is removed, or it gets another name and belongs to you:

git rm shared/ecr/repository_search.tf
"),
        source: "ecrgen's own rule",
    }
}
