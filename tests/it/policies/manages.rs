//! `workspace.manages`: the roles of the runs and the boundary cover repositories by name pattern.

use super::boundary::{may, policy};
use crate::change::guard::{accepted, committed};
use crate::harness::{Case, HEAD, shop};

const CI: &str =
    "access: { ci: { can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:root\"] } }\n";

/// A workspace with these patterns.
fn workspace(manages: &str) -> String {
    format!("workspace: {{ organization: acme, manages: {manages} }}\n")
}

fn repository(name: &str) -> String {
    format!("arn:aws:ecr:eu-central-1:123456789012:repository/{name}")
}

/// IAM user guide, "IAM JSON policy elements: Resource": `*` matches any characters, also `/`.
#[test]
fn runs_and_roles_are_limited_to_matching_names() {
    let spec = format!(
        "repositories: {{ shop-cart: {{}}, search: {{}} }}\nremoved: {{ mail: retain }}\n{CI}{}",
        workspace("[\"{platform}-*\", search]")
    );
    let module = shop(spec).module("shared/ecr-workspace");
    let (plan, apply, boundary) = (policy(&module, "plan"), policy(&module, "apply"), policy(&module, "boundary"));
    let names = [
        ("shop-cart", true),
        ("shop-new", true),
        ("shop-a/b", true),
        ("search", true),
        ("search2", false),
        ("shop", false),
    ];
    for (name, expected) in names.into_iter().chain([("mail", true), ("payroll", false)]) {
        let arn = repository(name);
        assert_eq!(may(&apply, "ecr:CreateRepository", &arn, &[]), expected, "{name}");
        assert_eq!(may(&apply, "ecr:PutLifecyclePolicy", &arn, &[]), expected, "{name}");
        assert_eq!(may(&plan, "ecr:DescribeRepositories", &arn, &[]), expected, "{name}");
        assert_eq!(may(&boundary, "ecr:PutImage", &arn, &[]), expected, "{name}");
        assert!(!may(&apply, "ecr:DeleteRepository", &arn, &[]), "{name}");
        assert!(!may(&plan, "ecr:PutLifecyclePolicy", &arn, &[]), "{name}");
    }
}

/// The documents of the bootstrap module stay the same, so nothing must be applied first.
#[test]
fn a_new_repository_with_a_matching_name_needs_no_bootstrap() {
    let spec =
        |repositories: &str| format!("{HEAD}repositories: {{ {repositories} }}\n{CI}{}", workspace("[\"shop-*\"]"));
    let (before, after) = (spec("shop-cart: {}"), spec("shop-cart: {}, shop-search: {}"));
    let case = committed(&before);
    let files = |case: &Case| {
        let of_bootstrap = |(path, _): &(std::path::PathBuf, _)| path.to_string_lossy().contains("ecr-workspace");
        case.snapshot().into_iter().filter(of_bootstrap).collect::<Vec<_>>()
    };
    let old = files(&case);
    case.write("shop.yaml", &after);
    let said = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(!said.err.contains("bootstrap-"), "{}", said.err);
    assert!(old.len() > 5 && old == files(&case));
    let deletable = spec("shop-cart: {}, shop-search: {}, shop-mail: { force_delete: true }");
    case.write("shop.yaml", &deletable);
    let said = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert!(
        said.err.contains("bootstrap-first") && said.err.contains("for deleting repository `shop-mail`"),
        "{}",
        said.err
    );
}

/// Each change of the patterns, and what `render` says of the order.
#[test]
fn render_says_when_patterns_need_the_bootstrap_module() {
    let spec = |repositories: &str, manages: &str| format!("{HEAD}repositories: {{ {repositories} }}\n{CI}{manages}");
    let (two, one) = ("shop-cart: {}, shop-mail: {}", "shop-cart: {}");
    let exact = "workspace: { organization: acme }\n".to_owned();
    let all = workspace("[\"shop-*\"]");
    let narrow = workspace("[\"shop-c*\"]");
    let removed = format!("{all}removed: {{ shop-mail: retain }}\n");
    let first = |what: &str| {
        format!(
            "bootstrap-first]: apply `shared/ecr-workspace` before this change: the runs of the workspace need more permissions, for {what}"
        )
    };
    let cases: [(&str, String, String, Option<String>); 6] = [
        ("patterns are added", spec(two, &exact), spec(two, &all), Some(first("repositories named `shop-*`"))),
        ("patterns are removed", spec(two, &all), spec(two, &exact), None),
        ("a repository is removed", spec(two, &all), spec(one, &removed), None),
        ("a narrower pattern", spec(one, &all), spec(one, &narrow), Some(first("repositories named `shop-c*`"))),
        (
            "a repository is not covered before",
            spec(one, &narrow),
            spec(two, &workspace("[\"shop-c*\", shop-mail]")),
            Some(first("repository `shop-mail`\n")),
        ),
        ("the rest of a removal loses its cover", spec(one, &removed), spec(one, &exact), None),
    ];
    for (what, before, after, expected) in cases {
        let case = committed(&before);
        case.write("shop.yaml", &after);
        let said = case.run(&["render", "shop.yaml", "--out", "out"]);
        assert_eq!(said.status, 0, "{what}: {}", said.err);
        match expected {
            Some(expected) => assert!(said.err.contains(&expected), "{what}: {}", said.err),
            None => assert!(!said.err.contains("bootstrap-"), "{what}: {}", said.err),
        }
        accepted(&case, &after);
    }
}

/// The name in AWS counts, not the key.
#[test]
fn the_pattern_is_about_names_in_aws() {
    let names = "names: { repository: \"{platform}/{environment}/{repository}\" }\nrepositories: { cart: {} }\n";
    assert_eq!(shop(format!("{names}{}", workspace("[\"{platform}/{environment}/*\"]"))).codes(), [""; 0]);
    let found = shop(format!("{names}{}", workspace("[\"cart-*\"]")));
    assert_eq!(found.codes(), ["unmanaged-repository"]);
    assert!(found.message().contains("repository `shop/shared/cart`"), "{}", found.message());
    let account = shop(format!("{names}{}", workspace("[\"{account}-*\"]")));
    assert_eq!(account.codes(), ["placeholder-without-value"]);
}

/// A pattern that covers repositories of others, and what to write instead.
#[test]
fn wide_patterns_are_found() {
    let carts = "repositories: { shop-cart: {}, shop-mail: {} }\n";
    let helps = |manages: &str| {
        let found = shop(format!("{carts}{}", workspace(manages)));
        found
            .findings()
            .iter()
            .map(|finding| (finding.code.name, finding.message.clone(), finding.help.clone().unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    for (manages, message) in [
        ("[\"*\"]", "`*` covers every repository of the account in eu-central-1"),
        ("[\"*-cart\", shop-mail]", "`*-cart` covers names with any beginning"),
        ("[\"shop*\"]", "`shop*` covers every name that begins with `shop`, for example `shopx`"),
    ] {
        let found = helps(manages);
        let [(code, said, help)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((*code, said.as_str()), ("wide-repository-pattern", message));
        assert!(help.contains("write `manages: [\"shop-*\"]`"), "{help}");
    }
    assert_eq!(helps("[\"shop-*\"]"), []);
    assert_eq!(helps("[\"shop-c*t\", shop-mail]").len(), 1, "the wildcard continues a word");
    assert_eq!(helps("[shop-cart, shop-mail]"), []);
}

/// Two environments in one account: an apply of one could change the repositories of the other.
#[test]
fn a_pattern_that_covers_another_environment_is_found() {
    let spec = |accounts: [&str; 2], manages: &str| {
        format!(
            "platform: shop\nregion: eu-central-1\nnames: {{ repository: \"shop-{{environment}}-{{repository}}\" }}\n\
             repositories: {{ cart: {{}} }}\n{}environments: {{ dev: {{ account: \"{}\" }}, prod: {{ account: \"{}\" }} }}\n",
            workspace(manages),
            accounts[0],
            accounts[1]
        )
    };
    let one = ["111111111111", "111111111111"];
    let found = crate::harness::Compiled::of(spec(one, "[\"shop-*\"]"));
    assert_eq!(found.codes(), ["wide-repository-pattern", "wide-repository-pattern"]);
    assert!(
        found.messages()[0].contains("`shop-*` also covers `shop-prod-cart` of environment `prod`"),
        "{:?}",
        found.messages()
    );
    assert!(
        found.findings()[0].help.as_deref().unwrap_or_default().contains("write `manages: [\"shop-{environment}-*\"]`")
    );
    assert_eq!(crate::harness::Compiled::of(spec(one, "[\"shop-{environment}-*\"]")).codes(), [""; 0]);
    assert_eq!(crate::harness::Compiled::of(spec(["111111111111", "222222222222"], "[\"shop-*\"]")).codes(), [""; 0]);
}

/// The error of a policy that is too large names the cure, which works: a policy has at most 6,144 characters, and a role at
/// most 10 policies (IAM user guide, "IAM and AWS STS quotas").
#[test]
fn ten_thousand_repositories_fit() {
    let repositories = |count: usize| {
        let keys: String = (0..count).map(|i| format!("  service-{i:05}: {{}}\n")).collect();
        format!(
            "repositories:\n{keys}access: {{ ci: {{ can: [push], repositories: [service-00007], assumed_by: [\"arn:aws:iam::123456789012:root\"] }} }}\n"
        )
    };
    let found = shop(format!("{}workspace: {{ organization: acme }}\n", repositories(1_000)));
    assert_eq!(found.codes(), ["policy-too-large", "policy-too-large"]);
    let cure = "name the repositories by pattern: add `manages: [\"service-*\"]` to `workspace`";
    assert!(
        found.findings().iter().all(|finding| finding.help.as_deref() == Some(cure)),
        "{:?}",
        found.findings()[0].help
    );
    for count in [1_000, 10_000] {
        let compiled = shop(format!("{}{}", repositories(count), workspace("[\"service-*\"]")));
        assert_eq!(compiled.codes(), [""; 0]);
        let policies = compiled.policies();
        for run in &policies.runs {
            assert_eq!(run.parts.len(), 1, "{count}");
            let size = policies.documents[run.parts[0].policy].characters(&policies.bindings);
            assert!(size < 6_144, "{size}");
        }
    }
}
