//! Valid and invalid paths and owners.

use std::path::{Component, Path};

use ecrgen::tree::{Owner, RelPath};
use proptest::prelude::*;

#[test]
fn accepts_valid_paths() {
    let longest = "n".repeat(255);
    for path in [
        "README.md",
        "shared/ecr/repository_piksel-core.tf",
        ".github/workflows/check.yml",
        ".gitattributes",
        "for/piksel/piksel-core/.github/workflows/image.yml",
        "a b/ünïcode.tf",
        "...a/..b/.c",
        ".ecrgenerated/x",
        "x/.ecrgen",
        longest.as_str(),
    ] {
        assert_eq!(RelPath::parse(path).unwrap().as_str(), path);
    }
}

#[test]
fn rejects_invalid_paths_with_a_reason() {
    let (too_long, too_long_in_bytes) = ("n".repeat(256), "ü".repeat(128));
    for (path, why) in [
        ("", "is empty"),
        ("/", "is absolute"),
        ("/etc/passwd", "is absolute"),
        ("a//b", "has an empty component"),
        ("a/", "has an empty component"),
        (".", "has a `.` or `..` component"),
        ("./a", "has a `.` or `..` component"),
        ("a/./b", "has a `.` or `..` component"),
        ("..", "has a `.` or `..` component"),
        ("a/../../b", "has a `.` or `..` component"),
        ("a\\b", "has a backslash"),
        ("C:/Windows", "has a colon"),
        ("notes.txt:stream", "has a colon"),
        ("a\0b", "has a control character"),
        ("a\nb", "has a control character"),
        ("a\u{7f}", "has a control character"),
        ("a\u{85}", "has a control character"),
        (".git/hooks/pre-commit", "is in `.git`"),
        (".GIT/config", "is in `.git`"),
        ("vendor/.git/config", "is in `.git`"),
        (".git", "is in `.git`"),
        (".ecrgen/piksel.json", "is in `.ecrgen`, the folder of the manifests"),
        (".Ecrgen", "is in `.ecrgen`, the folder of the manifests"),
        ("a/.. /b", "has a component that ends with a dot or a space"),
        ("a./b", "has a component that ends with a dot or a space"),
        (too_long.as_str(), "has a component longer than 255 bytes"),
        (too_long_in_bytes.as_str(), "has a component longer than 255 bytes"),
    ] {
        let error = RelPath::parse(path).expect_err(path);
        assert_eq!((error.path.as_str(), error.why), (path, why));
    }
    assert_eq!(RelPath::parse("a\\b").unwrap_err().to_string(), r#"the path "a\\b" has a backslash"#);
}

proptest! {
    /// Compares with how the standard library reads a path.
    #[test]
    fn a_valid_path_only_goes_down(text in r"[a-cG.git/\\: \x00é]{0,12}") {
        if let Ok(path) = RelPath::parse(&text) {
            let components: Vec<&str> = Path::new(path.as_str())
                .components()
                .map(|component| match component {
                    Component::Normal(name) => name.to_str().unwrap(),
                    other => panic!("{other:?} in {text:?}"),
                })
                .collect();
            prop_assert_eq!(components.join("/"), text);
        }
    }
}

#[test]
fn accepts_only_owners_that_can_be_part_of_a_file_name() {
    for good in ["piksel", "piksel-core", "a_1", "9"] {
        assert_eq!(Owner::parse(good).unwrap().as_str(), good);
    }
    for bad in ["", "-a", "_a", "Piksel", "a.b", "a/b", "..", "a b", "a\n", "ä", &"a".repeat(65)] {
        assert_eq!(Owner::parse(bad).unwrap_err().0, bad);
    }
}

#[test]
fn rejects_names_that_windows_reserves() {
    for path in [
        "nul",
        "a/CON/b.tf",
        "shared/aux.tf",
        "com0",
        "com1",
        "LPT0.tf",
        "LPT9.txt",
        "prn .md",
        "com\u{b9}",
        "lpt\u{b3}.x",
    ] {
        assert!(RelPath::parse(path).is_err_and(|bad| bad.why.contains("Windows")), "{path}");
    }
    for path in ["null", "console.tf", "com", "com10", "com\u{2074}", "a.nul", "lpt"] {
        assert!(RelPath::parse(path).is_ok(), "{path}");
    }
    assert!(Owner::parse("nul").unwrap_err().to_string().contains("Windows reserves it"));
    assert!(Owner::parse("nul-1").is_ok());
}
