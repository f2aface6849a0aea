//! Dependabot and Renovate: the configuration in `docs/ci.md` is valid, and covers the generated files and no others.

use serde_json::Value;

use super::{block, text_of};
use crate::harness::{Case, accepts, shipped_names};

/// The patterns in a list of texts.
fn patterns(list: &str) -> Vec<String> {
    let texts = list.split('"').skip(1).step_by(2);
    texts.map(str::to_owned).collect()
}

#[test]
fn both_leave_exactly_the_generated_modules_alone() {
    let page = text_of("docs/ci.md");
    let dependabot = block(&page, "yaml", "# .github/dependabot.yml");
    let dependabot = dependabot.lines().find_map(|line| line.trim().strip_prefix("exclude-paths: ")).expect("a list");
    let renovate: Value = serde_json::from_str(&block(&page, "json", "{\n  \"extends\"")).expect("JSON");
    let rule = &renovate["packageRules"][0];
    assert_eq!(rule["enabled"], false);
    assert_eq!(patterns(&rule["matchFileNames"].to_string()), patterns(dependabot));
    let folders: Vec<String> = patterns(dependabot)
        .iter()
        .map(|pattern| pattern.strip_suffix("**").expect("a folder with all that is in it").to_owned())
        .collect();
    let mut count = 0;
    // The page is written for a repository with the folders of this platform.
    for name in shipped_names().into_iter().filter(|name| name.starts_with("piksel")) {
        let files = crate::harness::Compiled::shipped(&name).files();
        for path in files.keys().filter(|path| path.ends_with(".tf")) {
            assert!(folders.iter().any(|folder| path.starts_with(folder.as_str())), "{name}: {path}");
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
    assert!(!folders.iter().any(|folder| "ecrgen.yaml".starts_with(folder.as_str())));
}

#[test]
fn every_configuration_on_the_page_has_its_schema() {
    let page = text_of("docs/ci.md");
    for (schema, language, first, file) in [
        ("vendor.dependabot", "yaml", "# .github/dependabot.yml", "dependabot.yml"),
        ("vendor.renovate", "json", "{\n  \"extends\"", "renovate.json"),
        ("vendor.gitlab-ci", "yaml", "# .gitlab-ci.yml", ".gitlab-ci.yml"),
    ] {
        let case = Case::new().file(file, block(&page, language, first));
        accepts("check-jsonschema", &["--builtin-schema", schema, file], &case.path(""));
    }
}
