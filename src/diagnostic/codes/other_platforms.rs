//! Other platforms in the output folder.

use super::codes;
use crate::diagnostic::Example::Words;

codes! {
    OUTPUT_LOST = {
        name: "output-lost",
        severity: Error,
        what: "The base of `check --base` has an output, or a part of one, that the working tree no longer has.",
        why: "`check --base` looks for every manifest of the base: in its place, in the output of this run, and elsewhere in the \
              repository. What it does not find leaves Terraform's configuration, and an apply would delete it. The specs of \
              this run do not describe it, so nothing else would notice.",
        bad: Words("
`main` has `infra/shop.yaml` and its output. A pull request renames the platform, and deletes the output of `shop`:

platform: mart
"),
        good: Words("
The name and the output are restored:

platform: shop
"),
        source: "ecrgen's own rule",
    }
    OUTPUT_MOVED = {
        name: "output-moved",
        severity: Warning,
        what: "The base of `check --base` has an output that is in another folder now, and its spec is not part of the run.",
        why: "ecrgen compares the manifests, but cannot check that the moved output is in sync with its spec.",
        bad: Words("
A pull request moves the output of `mill` to another folder, and only `shop` is checked:

ecrgen check shop.yaml --base origin/main
"),
        good: Words("
The spec of `mill` is checked too:

ecrgen check mill.yaml --out moved --base origin/main
"),
        source: "ecrgen's own rule",
    }
    BASE_WITHOUT_OUTPUT = {
        name: "base-without-output",
        severity: Note,
        what: "The base of `check --base` has no output of the platform.",
        why: "This is right for a new platform. Otherwise the manifest is not committed, or the base is the wrong revision, and \
              ecrgen does not see what the change would delete.",
        bad: Words("
`main` has the spec, but `.ecrgen/` is listed in .gitignore:

ecrgen check shop.yaml --base main
"),
        good: Words("
The manifest is committed together with the output:

git add .ecrgen shared/ecr
"),
        source: "ecrgen's own rule",
    }
    PLATFORM_RENAMED = {
        name: "platform-renamed",
        severity: Error,
        what: "A folder that the output needs holds the output of another platform, which is not part of the run.",
        why: "Usually, the platform was renamed. Names, IAM paths and states contain the name, so another name is another \
              platform: Terraform would create everything again, and what is applied would no longer be managed.",
        bad: Words("
`ecrgen render shop.yaml` ran. Then the name of the platform is changed from `shop`:

platform: mart
"),
        good: Words("
The name is restored:

platform: shop
"),
        source: "ecrgen's own rule",
    }
    PLATFORM_WITHOUT_SPEC = {
        name: "platform-without-spec",
        severity: Warning,
        what: "The output folder holds the output of a platform that none of the specs describes.",
        why: "Without arguments, ecrgen finds all specs of the folder. If none of them describes the platform, it was renamed, or \
              its spec was deleted. Terraform still manages everything in its output, and no spec can change it.",
        bad: Words("
`ecrgen render` ran with `ecrgen.yaml`. Then the name of the platform and the folder of its output are changed:

platform: mart
terraform: { directory: mart/ecr }
"),
        good: Words("
The name is restored:

platform: shop
terraform: { directory: shared/ecr }
"),
        source: "ecrgen's own rule",
    }
}
