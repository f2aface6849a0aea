//! Names that people paste in another form.

use crate::harness::shop;

fn github(repository: &str, refs: &str) -> String {
    format!(
        "repositories: {{ cart: {{}} }}\naccess: {{ ci: {{ can: [push], repositories: all, github: {{ repository: \
         {repository:?}, owner_id: 1, repository_id: 2, {refs} }} }} }}\noidc_providers: {{ github: existing }}\n"
    )
}

fn gitlab(project: &str, refs: &str) -> String {
    format!(
        "repositories: {{ cart: {{}} }}\naccess: {{ ci: {{ can: [push], repositories: all, gitlab: {{ project: \
         {project:?}, project_id: 2, {refs} }} }} }}\noidc_providers: {{ gitlab: existing }}\n"
    )
}

/// Tokens carry the short path of a repository. A condition with its URL matches no token.
#[test]
fn the_url_of_a_repository_is_refused_with_its_path() {
    for text in [
        "https://github.com/acme/shop",
        "https://github.com/acme/shop.git",
        "git@github.com:acme/shop.git",
        "acme/shop.git",
        "acme/shop/",
    ] {
        for spec in [github(text, "branches: [main]"), gitlab(text, "branches: [main]")] {
            let findings = shop(spec).findings().to_vec();
            let [finding] = findings.as_slice() else { panic!("{text}: {findings:?}") };
            assert_eq!(finding.code.name, "malformed", "{text}");
            assert_eq!(finding.help.as_deref(), Some("write `acme/shop`"), "{text}");
        }
    }
    for text in ["acme/shop", "acme/git", "acme/digit", "acme/a.git.b", "acme/.github", "acme/x-git", "acme/t"] {
        assert_eq!(shop(github(text, "branches: [main]")).codes(), [""; 0], "{text}");
    }
}

/// ecrgen writes `refs/heads/` itself, so `refs/heads/refs/heads/main` would be a subject that nobody has.
#[test]
fn full_refs_are_refused_with_their_short_names() {
    for (refs, short) in [
        ("branches: [refs/heads/main]", "main"),
        ("branches: [\"refs/heads/release/*\"]", "release/*"),
        ("tags: [\"refs/tags/v*\"]", "v*"),
    ] {
        for spec in [github("acme/shop", refs), gitlab("acme/shop", refs)] {
            let findings = shop(spec).findings().to_vec();
            let [finding] = findings.as_slice() else { panic!("{refs}: {findings:?}") };
            assert_eq!(finding.help, Some(format!("write `{short}`")), "{refs}");
        }
    }
    for name in ["refsheads", "ref", "r", "re", "refs", "reef/x", "refsx/y", "rest", "ref-1"] {
        assert_eq!(shop(github("acme/shop", &format!("branches: [{name}]"))).codes(), [""; 0], "{name}");
    }
}
