//! An environment that uses the repositories of another environment of the same spec, in another account.

use crate::harness::Compiled;

const ARN: &str = "arn:aws:ecr:eu-central-1:111111111111:repository/storefront";

/// prod has no repositories of its own. `dev` is more of dev, `repositories` is what the nodes of prod cover.
fn spec(dev: &str, repositories: &str) -> String {
    format!(
        "platform: shop\nregion: eu-central-1\nenvironments:\n  dev:\n    account: \"111111111111\"\n    \
         repositories: {{ storefront: {{}}, search: {{}} }}\n{dev}  prod:\n    account: \"222222222222\"\n    access:\n      \
         nodes: {{ can: [pull], repositories: {repositories}, node_roles: [eks-node] }}\n"
    )
}

fn helps(compiled: &Compiled, code: &str) -> Vec<String> {
    let found = compiled.findings().iter().filter(|finding| finding.code.name == code);
    found.map(|finding| finding.help.clone().unwrap_or_default()).collect()
}

#[test]
fn a_key_of_another_environment_becomes_an_arn() {
    let compiled = Compiled::of(spec("", "[storefront]"));
    let help = format!("`storefront` is a repository of environment `dev`; write `{ARN}`");
    assert_eq!(helps(&compiled, "unknown-repository"), [help]);
    let without = spec("", "[storefront]").replace("    account: \"111111111111\"\n", "");
    let help = "`storefront` is a repository of environment `dev`; write `account` in that environment, and the ARN of the repository here";
    assert_eq!(helps(&Compiled::of(without), "unknown-repository"), [help]);
}

#[test]
fn claims_about_one_environment_belong_there() {
    let claims = "expect: { stays: { repository: storefront, tag: v1, age: 1d, is: kept } }\n";
    let compiled = Compiled::of(spec("", "all") + claims);
    let help = "`storefront` exists only in some environments, so move this below `environments.dev`";
    assert_eq!(helps(&compiled, "unknown-repository"), [help]);
    let entry =
        "    access: { ci: { can: [push], repositories: all, assumed_by: [\"arn:aws:iam::111111111111:role/ci\"] } }\n";
    let claims = "assert: { only ci pushes: { can: [push], only: [ci] } }\n";
    let compiled = Compiled::of(spec(entry, "all") + claims);
    let help = "`ci` exists only in some environments, so move this below `environments.dev`";
    assert_eq!(helps(&compiled, "unknown-access"), [help]);
}

#[test]
fn all_of_nothing_is_reported() {
    let help = "the repositories are in `dev`; list them by ARN, or move this entry to `environments.dev.access`";
    assert_eq!(helps(&Compiled::of(spec("", "all")), "covers-no-repository"), [help]);
    let registry = spec("", "all").replace("can: [pull]", "can: [\"ecr:GetAuthorizationToken\"]");
    assert_eq!(helps(&Compiled::of(registry), "covers-no-repository"), [""; 0]);
}

/// IAM user guide, "Cross-account policy evaluation logic": both accounts must allow each action.
#[test]
fn the_other_half_of_the_access_is_found() {
    let code = "repository-of-another-account";
    let arns = format!("[\"{ARN}\", \"{}\"]", ARN.replace("storefront", "search"));
    let note = |dev: &str| helps(&Compiled::of(spec(dev, &arns)), code);
    let entry = |can: &str, repositories: &str, account: &str| {
        format!("    access: {{ prod: {{ can: [{can}], repositories: {repositories}, accounts: [\"{account}\"] }} }}\n")
    };
    let help = |keys: &str| {
        format!(
            "in environment `dev`, add an entry with `accounts: [\"222222222222\"]`, `repositories: [{keys}]` and `can: [pull]`"
        )
    };
    assert_eq!(note(""), [help("search, storefront")]);
    assert_eq!(note(&entry("pull", "[search]", "222222222222")), [help("storefront")]);
    assert_eq!(note(&entry("pull", "all", "333333333333")), [help("search, storefront")]);
    assert_eq!(note(&entry("\"ecr:DescribeImages\"", "all", "222222222222")), [help("search, storefront")]);
    assert_eq!(note(&entry("pull", "all", "222222222222")), [""; 0]);
}

#[test]
fn an_arn_that_the_other_environment_nearly_has_is_reported() {
    let meant = format!("did you mean `{ARN}`?");
    for wrong in [ARN.replace("storefront", "storefrnt"), ARN.replace("eu-central-1", "eu-west-1")] {
        assert_eq!(
            helps(&Compiled::of(spec("", &format!("[\"{wrong}\"]"))), "unknown-arn"),
            [meant.as_str()],
            "{wrong}"
        );
    }
    for right in
        [ARN.to_owned(), ARN.replace("storefront", "another-team"), ARN.replace("111111111111", "333333333333")]
    {
        assert_eq!(helps(&Compiled::of(spec("", &format!("[\"{right}\"]"))), "unknown-arn"), [""; 0], "{right}");
    }
}

/// Nothing of the spec has the repository any more, so advice about its policy would lead nowhere.
#[test]
fn an_arn_without_a_repository_in_an_environment_of_the_spec_is_named() {
    let wrong = ARN.replace("storefront", "another-team");
    let note = helps(&Compiled::of(spec("", &format!("[\"{wrong}\"]"))), "repository-of-another-account");
    assert!(
        note[0].starts_with("no environment of this spec has this repository: correct or remove the ARN\n"),
        "{note:?}"
    );
    let other = ARN.replace("111111111111", "333333333333");
    let note = helps(&Compiled::of(spec("", &format!("[\"{other}\"]"))), "repository-of-another-account");
    assert!(note[0].starts_with("in account 333333333333, add a statement"), "{note:?}");
}
