//! Limits that keep the time of a run in proportion to the size of a spec, which anyone who opens a pull request can choose.

use std::fmt::Write;

use crate::harness::{Case, Compiled, HEAD, shop};

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut text, i| {
        let _ = writeln!(text, "{}", line(i));
        text
    })
}

fn repositories(n: usize) -> String {
    format!("repositories:\n{}", lines(n, |i| format!("  r{i}: {{}}")))
}

#[track_caller]
fn assert_limit(within: &Compiled, beyond: &Compiled, message: &str) {
    assert!(!within.codes().contains(&"too-large"), "{:?}", within.messages());
    let found: Vec<_> = beyond.findings().iter().filter(|finding| finding.code.name == "too-large").collect();
    let [found] = found.as_slice() else { panic!("{:?}", beyond.messages()) };
    assert!(found.message.contains(message) && found.help.is_some(), "{found:?}");
}

/// 500,000 images and days: 10 environments with 10 expectations of 1,000 days and 4 images a day each are the limit.
#[test]
fn expectations_of_all_environments_together() {
    let spec = |expectations: usize| {
        let environments = lines(10, |i| format!("  e{i}: {{ account: \"{}\" }}", 100_000_000_000_u64 + i as u64));
        let claims = lines(expectations, |i| {
            format!("  s{i}: {{ repository: cart, pushes: {{ untagged: 4/day }}, for: 1000d, kept: 5 }}")
        });
        Compiled::of(format!(
            "platform: shop\nregion: eu-central-1\nenvironments:\n{environments}\
             repositories: {{ cart: {{ retention: [{{ keep: 5, of: any }}] }} }}\nexpect:\n{claims}"
        ))
    };
    assert_limit(&spec(10), &spec(11), "the expectations are too long");
}

#[test]
fn classes_of_image_tags() {
    let spec = |n: usize| {
        shop(format!("image_tags:\n{}{}", lines(n, |i| format!("  c{i}: \"c{i}-{{version}}\"")), repositories(1)))
    };
    assert_limit(&spec(100), &spec(101), "101 classes of image tags");
}

#[test]
fn repositories_of_all_assertions_together() {
    let spec = |n: usize| {
        let claims = lines(n, |i| format!("  s{i}: {{ have: {{ tag_mutability: immutable }} }}"));
        shop(format!("{}assert:\n{claims}", repositories(1_000)))
    };
    assert_limit(&spec(1_000), &spec(1_001), "the assertions are too many");
}

#[test]
fn exceptions_of_a_denial() {
    let spec = |n: usize| {
        let names: Vec<String> = (0..n).map(|i| format!("a{i}")).collect();
        let entries = lines(n, |i| format!("  a{i}: {{ can: [push], repositories: all, roles: [role{i}] }}"));
        let deny = format!("repository_defaults: {{ deny: {{ push: {{ unless: [{}] }} }} }}\n", names.join(", "));
        shop(format!("{deny}{}access:\n{entries}", repositories(1)))
    };
    assert_limit(&spec(680), &spec(681), "too many exceptions");
}

/// The rest is counted.
#[test]
fn an_assertion_has_findings_about_20_principals() {
    let entries = lines(25, |i| format!("  a{i}: {{ can: [push], repositories: all, roles: [role{i}] }}"));
    let compiled =
        shop(format!("{}access:\n{entries}assert: {{ nobody: {{ can: [push], only: [a0] }} }}\n", repositories(1)));
    let failed: Vec<&str> = compiled
        .findings()
        .iter()
        .filter(|one| one.code.name == "failed-assertion")
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(failed.len(), 21);
    assert_eq!(
        failed.iter().filter(|message| **message == "\"nobody\" does not hold for 4 more principals").count(),
        1
    );
}

/// Signing in is no permission on a repository, so the principals without any count too.
#[test]
fn an_assertion_about_the_registry_is_about_all_principals() {
    let spec = |only: &str| {
        shop(format!(
            "repositories: {{ cart: {{}}, search: {{}} }}\n\
             access: {{ one: {{ can: [pull], repositories: [cart], roles: [one] }}, two: {{ can: [pull], repositories: [search], roles: [two] }} }}\n\
             assert: {{ who signs in: {{ can: [\"ecr:GetAuthorizationToken\"], repositories: [cart], only: [{only}] }} }}\n"
        ))
    };
    assert_eq!(spec("one, two").codes(), [""; 0]);
    assert_eq!(spec("one").codes(), ["failed-assertion"]);
}

/// Details of an error are cut, as lists of findings are.
#[test]
fn the_details_of_an_error_are_cut() {
    let image = |tag: usize| {
        format!(
            "{{\"registryId\":\"1\",\"repositoryName\":\"cart\",\"imageDigest\":\"sha256:{}\",\"imageTags\":[\"t{tag}\"],\
             \"imageSizeInBytes\":1,\"imagePushedAt\":\"2026-11-10T10:00:00+00:00\"}}",
            "ab".repeat(32)
        )
    };
    let images: Vec<String> = (0..500).map(image).collect();
    let spec = format!("{HEAD}repositories: {{ cart: {{ retention: [{{ keep: 5, of: tagged }}] }} }}\n");
    let case = Case::new().file("spec.yaml", spec);
    case.write("images.json", format!("{{\"imageDetails\":[{}]}}", images.join(",")));
    let refused = case.run(&["simulate", "spec.yaml", "--repository", "cart", "--images", "images.json"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.lines().count() < 60 && refused.err.contains("and 449 more"), "{}", refused.err);

    case.write("images.json", format!("{{\"imageDetails\":[{}]}}", images[0]));
    case.write("used", lines(500, |i| format!("cart:build-{i}")));
    let shown =
        case.run(&["simulate", "spec.yaml", "--repository", "cart", "--images", "images.json", "--in-use", "used"]);
    assert!(shown.out.lines().count() < 60 && shown.out.contains("  and 480 more\n"), "{}", shown.out);
}

/// An argument can hold what acts on a terminal, or on GitHub Actions.
#[test]
fn the_note_about_an_unknown_environment_is_disarmed() {
    let case = Case::new().file(
        "spec.yaml",
        format!("{HEAD}image_tags: {{ release: \"v{{version}}\" }}\nrepositories: {{ cart: {{}} }}\n"),
    );
    let outcome = case.run(&["tag", "spec.yaml", "--parse", "v1.0.0", "--deployable", "x\r\n::error::y\u{202e}\u{9b}"]);
    assert!(outcome.err.starts_with("note: the spec does not mention the environment `x"), "{}", outcome.err);
    assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
    assert!(!outcome.err.contains(['\r', '\u{202e}', '\u{9b}']), "{:?}", outcome.err);
}
