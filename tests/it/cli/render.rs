//! `ecrgen render` writes the files that changed and nothing else.

use super::{SHOP, rendered, state};
use crate::harness::{Case, HEAD};

#[test]
fn a_second_render_writes_nothing() {
    let case = rendered();
    let before = state(&case.path("out"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 0);
    assert!(outcome.out.ends_with("0 files written, 0 removed, 9 unchanged\n"), "{}", outcome.out);
    assert_eq!(state(&case.path("out")), before);
}

#[test]
fn a_change_only_touches_the_affected_files() {
    let case = rendered();
    let before = state(&case.path("out"));
    case.write("shop.yaml", SHOP.replace("keep: 10", "keep: 11"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    // The README states what is kept.
    let written =
        ["wrote shared/ecr/README.md", "wrote shared/ecr/repository_cart.tf"].map(|line| format!("{line}\n")).concat();
    assert_eq!(outcome.out, written + "2 files written, 0 removed, 7 unchanged\n");
    let is_file = |(path, ..): &&(std::path::PathBuf, _, _)| path.is_file();
    let after = state(&case.path("out"));
    let touched: Vec<_> = after.iter().filter(is_file).filter(|file| !before.contains(file)).collect();
    let [(readme, ..), (path, _, bytes)] = touched.as_slice() else { panic!("{touched:?}") };
    assert!(readme.ends_with("shared/ecr/README.md"));
    assert!(path.ends_with("shared/ecr/repository_cart.tf"));
    assert!(String::from_utf8_lossy(bytes).contains("= 11\n"));
}

#[test]
fn restores_an_edited_file() {
    let case = rendered();
    let before = case.read("out/shared/ecr/versions.tf");
    case.write("out/shared/ecr/versions.tf", format!("{before}\nlocals {{}}\n"));
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    assert_eq!(case.read("out/shared/ecr/versions.tf"), before);
}

#[test]
fn removes_orphans_and_empty_folders_but_keeps_user_files() {
    let case = rendered();
    case.write("out/shared/ecr/mine.tf", "locals {}\n");
    case.write("out/shared/ecr/.terraform.lock.hcl", "# lock\n");
    case.write("shop.yaml", SHOP.replace("  search: {}\n", "removed: { search: retain }\n"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    assert!(outcome.out.contains("removed shared/ecr/repository_search.tf"), "{}", outcome.out);
    assert!(!case.path("out/shared/ecr/repository_search.tf").exists());

    case.write(
        "shop.yaml",
        SHOP.replace("region", "terraform: { directory: elsewhere/ecr, state_was: [folder shared/ecr] }\nregion"),
    );
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    let left: Vec<_> = state(&case.path("out/shared/ecr")).into_iter().map(|(path, ..)| path).collect();
    let names = [".terraform.lock.hcl", "mine.tf"].map(|name| case.path("out/shared/ecr").join(name));
    assert_eq!(left[1..], names, "only the files of the user are left");

    case.write("shop.yaml", SHOP.replace("region", "terraform: { state_was: [folder elsewhere/ecr] }\nregion"));
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    assert!(!case.path("out/elsewhere").exists(), "an empty generated folder is removed too");
}

#[test]
fn writes_to_the_current_folder_by_default() {
    let case = Case::new().file("specs/shop.yaml", SHOP);
    assert_eq!(case.run(&["render", "specs/shop.yaml"]).status, 0);
    assert!(case.path("shared/ecr/versions.tf").exists() && case.path(".ecrgen/shop.json").exists());
}

#[test]
fn writes_nothing_if_one_of_several_specs_has_an_error() {
    let case = Case::new().file("shop.yaml", SHOP).file("broken.yaml", super::BROKEN);
    assert_eq!(case.run(&["render", "shop.yaml", "broken.yaml", "--out", "out"]).status, 2);
    assert!(!case.path("out").exists());
}

#[test]
fn writes_all_files_despite_a_warning() {
    let spec = SHOP.replace("[{ keep: 10, of: release }]", "[{ keep: 10, of: tagged }, { keep: 5, of: tagged }]");
    let case = Case::new().file("shop.yaml", spec);
    let outcome = case.run(&["render", "shop.yaml"]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    assert!(outcome.err.starts_with("warning[same-patterns]"), "{}", outcome.err);
    assert!(case.path("shared/ecr/repository_cart.tf").exists());
}

#[test]
fn rejects_names_too_long_for_a_file() {
    let long = "a".repeat(250);
    let specs = [
        ("key", SHOP.replace("search:", &format!("{long}:"))),
        ("folder", SHOP.replace("region", &format!("terraform: {{ directory: {long} }}\nregion"))),
        (
            "access",
            format!(
                "{SHOP}names: {{ role: x }}\naccess: {{ {long}: {{ can: [pull], repositories: all, roles: [node] }} }}\n"
            ),
        ),
    ];
    for (what, spec) in specs {
        let case = Case::new().file("shop.yaml", spec);
        let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
        assert_eq!(outcome.status, 2, "{what}: {}", outcome.err);
        assert!(!case.path("out").exists());
    }
}

/// `ecrgen check` without arguments finds `ecrgen.yaml` and `ecrgen/*.yaml` only.
#[test]
fn a_spec_that_its_pipeline_does_not_find_is_named() {
    let spec = |specs: &str| {
        format!(
            "{HEAD}repositories: {{ shop: {{}} }}\npipelines: {{ infra: {{ checks: [drift], install: runner, host: github{specs} }} }}\n"
        )
    };
    let note = |path: &str, arguments: &[&str], specs: &str| {
        let outcome = Case::new().file(path, spec(specs)).run(arguments);
        assert_eq!(outcome.status, 0, "{}", outcome.err);
        outcome.err.lines().find(|line| line.starts_with("note: ")).map(str::to_owned)
    };
    let said = "note: the pipeline `infra` checks `ecrgen.yaml` or `ecrgen/*.yaml`, and not `platform.yaml`, unless \
                `pipelines.infra.specs` names it";
    assert_eq!(note("platform.yaml", &["render", "platform.yaml"], "").as_deref(), Some(said));
    assert!(note("infra/platform.yaml", &["render", "infra/platform.yaml", "--out", "infra"], "").is_some());
    for (path, arguments, specs) in [
        ("ecrgen.yaml", &["render"][..], ""),
        ("ecrgen.yaml", &["render", "./ecrgen.yaml"], ""),
        ("ecrgen/shop.yaml", &["render", "ecrgen/shop.yaml"], ""),
        ("infra/ecrgen.yaml", &["render", "infra/ecrgen.yaml", "--out", "infra"], ""),
        ("platform.yaml", &["render", "platform.yaml"], ", specs: [platform.yaml]"),
    ] {
        assert_eq!(note(path, arguments, specs), None, "{path}");
    }
}
