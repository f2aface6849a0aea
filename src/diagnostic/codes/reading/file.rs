//! Files that cannot be read.

use crate::diagnostic::Example::{Spec, Words};
use crate::diagnostic::codes::codes;

codes! {
    UNREADABLE_FILE = {
        name: "unreadable-file",
        severity: Error,
        what: "A spec, or a file that it extends, cannot be read.",
        why: "The file does not exist, is not readable, is a folder or a device, or is larger than 8 MiB. The path \
              after `extends` is relative to the file that contains it, not to the current folder. It must stay in \
              the git repository of the spec, or in the spec's folder if there is no repository, and so must the \
              target of a symbolic link. A spec can come from a pull request, and an error message would quote lines of \
              the file in the CI log.",
        bad: Words("
`specs/shop.yaml` has `extends: base.yaml`, but `base.yaml` is one folder up:

ecrgen lint specs/shop.yaml
"),
        good: Words("
`specs/shop.yaml` has `extends: ../base.yaml`.
"),
        source: "ecrgen language reference, `extends`",
    }
    NOT_TEXT = {
        name: "not-text",
        severity: Error,
        what: "A spec contains a byte that is not valid UTF-8 text, or a NUL byte.",
        why: "ecrgen reads and writes UTF-8 only. Text in another encoding would reach AWS with different \
              characters from those in your editor. The message shows the line number, but does not quote the line.",
        bad: Words("
A spec with `resource_tags: { Team: Café }` that was saved as Latin-1, or any spec saved as UTF-16.
"),
        good: Words("
The same spec saved as UTF-8, with or without a byte order mark:

iconv --from-code latin1 --to-code utf-8 shop.yaml > shop.utf8.yaml
"),
        source: "YAML 1.2.2, sections 5.1, \"Character Set\", and 5.2, \"Character Encodings\"; ecrgen reads UTF-8 \
                 only",
    }
    LONE_CARRIAGE_RETURN = {
        name: "lone-carriage-return",
        severity: Error,
        what: "A line ends with a carriage return that is not followed by a line feed.",
        why: "YAML treats a lone carriage return as the end of a line, but editors, git and code review tools do not. \
              They would show the file as one line, and every finding would be in line 1.",
        bad: Words("
A spec saved with the line endings of classic Mac OS: `platform: shop`, the byte 0D, `environment: shared`.
"),
        good: Words("
The same spec saved with the line endings of Unix (0A) or Windows (0D 0A):

tr '\\r' '\\n' < shop.yaml > shop.unix.yaml
"),
        source: "YAML 1.2.2, section 5.4, \"Line Break Characters\"",
    }
    EMPTY_FILE = {
        name: "empty-file",
        severity: Error,
        what: "The file is empty or contains only comments.",
        why: "A spec is a map with at least `platform`, `environment` and `region`. `ecrgen init` writes a spec to \
              start with.",
        bad: Spec("
# The container registry of the shop.
"),
        good: Spec("
# The container registry of the shop.
platform: shop
environment: shared
region: eu-central-1
"),
        source: "ecrgen language reference",
    }
    TOO_LARGE = {
        name: "too-large",
        severity: Error,
        what: "A spec exceeds one of ecrgen's size limits.",
        why: "A spec has at most 300,000 values in all environments together, 32 levels of nested lists and maps, and \
              4,096 bytes per text. Real platforms stay far below these limits, which keep a damaged or malicious file \
              from using up all memory and from causing millions of findings.",
        bad: Words("
A generated spec with 20,000 repositories and 20 environments: their settings are read once per environment.
"),
        good: Words("
One spec per team, compiled together so that names are still compared across all of them:

ecrgen render cart.yaml search.yaml
"),
        source: "ecrgen language reference",
    }
}
