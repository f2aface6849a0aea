//! Other platforms in the output folder.

use super::codes;
use crate::diagnostic::Example::Words;

codes! {
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
