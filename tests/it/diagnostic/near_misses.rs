//! A near miss has a help with the text to write, and a spec with that text has no errors.

use ecrgen::diagnostic::Severity;

use crate::harness::{Compiled, HEAD};

const CLASSES: &str = "image_tags: { release: \"v{version}\", build: \"b-{sha:8}\" }\n";

/// A retention rule, with the near miss in brackets.
fn rule(rule: &str) -> String {
    format!("{CLASSES}repositories: {{ shop: {{ retention: [{{ {rule} }}] }} }}\n")
}

fn entry(entry: &str) -> String {
    format!("repositories: {{ shop: {{}} }}\naccess: {{ nodes: {{ {entry}, node_roles: [node] }} }}\n")
}

/// A spec with a near miss in brackets, and what its author meant: the help contains it in backquotes or at its end.
fn near_misses() -> Vec<(String, &'static str)> {
    let age = |text: &str| rule(&format!("expire_after: ‹{text}›, of: untagged"));
    let keep = |text: &str| rule(&format!("keep: ‹{text}›, of: build"));
    let of = |text: &str| rule(&format!("keep: 3, of: ‹{text}›"));
    let key = |text: &str| format!("repositories: {{ ‹{text}›: {{}} }}\n");
    vec![
        (age("2 weeks"), "2w"),
        (age("14 days"), "14d"),
        (age("14day"), "14d"),
        (age("48h"), "2d"),
        (age("1_000d"), "1000d"),
        (age("P14D"), "14d"),
        (age("14"), "14d"),
        (age("\"14\""), "14d"),
        (age("1 Year"), "1y"),
        (keep("1_000"), "1000"),
        (keep("\"30\""), "30"),
        (keep("\"1,000\""), "1000"),
        (keep("ALL"), "all"),
        (keep("All"), "all"),
        (of("Build"), "build"),
        (of("Untagged"), "untagged"),
        (of("untaged"), "untagged"),
        (of("ALL"), "any"),
        (of("all"), "any"),
        (of("\"*\""), "any"),
        (key("Cart"), "cart"),
        (key("\"my cart\""), "my-cart"),
        (key("cart/"), "cart"),
        (key("cart-"), "cart"),
        (entry("can: [‹PULL›], repositories: all"), "pull"),
        (entry("can: ‹pull›, repositories: all"), "[pull]"),
        (entry("can: [pull], repositories: ‹ALL›"), "all"),
        (entry("can: [pull], repositories: ‹\"*\"›"), "all"),
        (entry("can: [pull], repositories: ‹shop›"), "[shop]"),
        (entry("can: ‹\"pull, read\"›, repositories: all"), "[pull, read]"),
        (entry("can: ‹pull read›, repositories: all"), "[pull, read]"),
        ("repositories: { shop: { services: ‹\"a, b\"› } }\n".to_owned(), "[a, b]"),
        ("repositories: { shop: { services: ‹\"[a, b]\"› } }\n".to_owned(), "[a, b]"),
        ("repositories:\n  shop:\n    services: ‹a, b›\n".to_owned(), "[a, b]"),
        ("repositories:\n  shop:\n    services: ‹{ a: {}, b: {} }›\n".to_owned(), "[a, b]"),
        ("platform: ‹shop,›\nrepositories: { shop: {} }\n".to_owned(), "shop"),
        ("repositories: { shop: { tag_mutability: ‹IMMUTABLE› } }\n".to_owned(), "immutable"),
        ("repositories: { shop: { scan_on_push: ‹yes› } }\n".to_owned(), "true"),
        ("repositories: { shop: { encryption: ‹KMS› } }\n".to_owned(), "kms"),
    ]
}

/// An access entry whose principal has a near miss in brackets.
fn principal(can: &str, principal: &str) -> String {
    format!("repositories: {{ shop: {{}} }}\naccess: {{ ci: {{ can: [{can}], repositories: all, {principal} }} }}\n")
}

/// What AWS, GitHub, GitLab and Terraform show, where the spec has another notation.
fn of_other_tools() -> Vec<(String, &'static str)> {
    let lambda = |text: &str| principal("pull", &format!("lambda: {{ functions: [‹{text}›] }}"));
    let accounts = |text: &str| principal("pull", &format!("accounts: [‹{text}›]"));
    let nodes = |text: &str| principal("pull", &format!("node_roles: [‹{text}›]"));
    let people = |text: &str| principal("pull", &format!("assumed_by: [‹{text}›]"));
    let pods = |key: &str, text: &str| {
        let (cluster, account) = if key == "cluster" { (text, "shop/cart") } else { ("main", text) };
        principal("pull", &format!("pod_identity: {{ cluster: {cluster}, service_accounts: [{account}] }}"))
    };
    let github = |keys: &str| principal("push", &format!("github: {{ {keys} }}"));
    let gitlab = |keys: &str| principal("push", &format!("gitlab: {{ {keys} }}"));
    let name = |text: &str| format!("names: {{ role: ‹\"{text}\"› }}\nrepositories: {{ shop: {{}} }}\n");
    let tag = |text: &str| format!("image_tags: {{ build: ‹\"{text}\"› }}\nrepositories: {{ shop: {{}} }}\n");
    let shop = |keys: &str| format!("{keys}\nrepositories: {{ shop: {{}} }}\n");
    vec![
        (lambda("\"arn:aws:lambda:eu-central-1:123456789012:function:resize\""), "resize"),
        (lambda("\"arn:aws:lambda:eu-central-1:123456789012:function:resize:live\""), "resize"),
        (lambda("\"123456789012:function:resize\""), "resize"),
        (lambda("\"resize:live\""), "resize"),
        (accounts("\"arn:aws:iam::123456789012:root\""), "\"123456789012\""),
        (accounts("1234-5678-9012"), "\"123456789012\""),
        (accounts("123456789012"), "\"123456789012\""),
        (
            principal(
                "pull",
                "accounts: all, organization: ‹\"arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5\"›",
            ),
            "o-a1b2c3d4e5",
        ),
        (nodes("role/eks-node"), "eks-node"),
        (
            nodes("\"arn:aws:sts::123456789012:assumed-role/eks-node/i-0123\""),
            "\"arn:aws:iam::123456789012:role/eks-node\"",
        ),
        (people("\"123456789012\""), "\"arn:aws:iam::123456789012:root\""),
        (people("\"arn:aws:sts::123456789012:assumed-role/dev/jo\""), "\"arn:aws:iam::123456789012:role/dev\""),
        (pods("cluster", "‹\"arn:aws:eks:eu-central-1:123456789012:cluster/main\"›"), "main"),
        (pods("service_accounts", "‹\"system:serviceaccount:shop:cart\"›"), "shop/cart"),
        (pods("service_accounts", "‹\"shop:cart\"›"), "shop/cart"),
        (
            principal(
                "pull",
                "codebuild: { projects: [‹\"arn:aws:codebuild:eu-central-1:123456789012:project/build\"›] }",
            ),
            "build",
        ),
        (github("organization: ‹\"https://github.com/acme\"›, branches: [main]"), "acme"),
        (github("organization: ‹\"@acme\"›, branches: [main]"), "acme"),
        (github("organization: ‹acme/*›, branches: [main]"), "acme"),
        (github("repository: a/b, branches: [main], url: ‹github.example.com›"), "\"https://github.example.com\""),
        (github("repository: a/b, branches: [main], enterprise: ‹\"https://github.com/enterprises/acme\"›"), "acme"),
        (
            github("repository: a/b, branches: [main], workflow: ‹a/ci/.github/workflows/b.yml@v1›"),
            "a/ci/.github/workflows/b.yml@refs/tags/v1",
        ),
        (
            github("repository: a/b, branches: [main], workflow: ‹a/ci/.github/workflows/b.yml@main›"),
            "a/ci/.github/workflows/b.yml@refs/heads/main",
        ),
        (github("repository: a/b, branches: ‹\"main, develop\"›"), "[main, develop]"),
        (
            gitlab("project: a/b, branches: [main], url: ‹\"https://GitLab.example.com/\"›"),
            "\"https://gitlab.example.com\"",
        ),
        (name("{svc}-{access}").replace("{svc}", "{plattform}"), "\"{platform}-{access}\""),
        (tag("{svc}-{sha:8}"), "\"{service}-{sha:8}\""),
        (tag("{sevice}-{sha:8}"), "\"{service}-{sha:8}\""),
        (tag("{branc}-{commit:7}"), "\"{branch}-{sha:7}\""),
        (tag("{git_sha:7}"), "\"{sha:7}\""),
        (tag("{ts}"), "\"{timestamp}\""),
        (shop("resource_tags: { Stage: ‹\"{env}\"› }"), "\"{environment}\""),
        (shop("resource_tags: { Stage: ‹2› }"), "\"2\""),
        (shop("iam: { path: ‹registry› }"), "/registry/"),
        (shop("iam: { path: ‹\"/{plattform}\"› }"), "\"/{platform}/\""),
        (shop("iam: { session_duration: ‹3600› }"), "1h"),
        (shop("iam: { session_duration: ‹2› }"), "2h"),
        (shop("iam: { session_duration: ‹120m› }"), "2h"),
        (shop("terraform: { version: ‹\"^1.12\"› }"), "\"~> 1.12\""),
        (shop("terraform: { version: ‹1.12.x› }"), "\"~> 1.12.0\""),
        (shop("terraform: { version: ‹1.12› }"), "\"1.12\""),
        (shop("terraform: { ecr_module: ‹v3.2.0› }"), "\"3.2.0\""),
        (shop("monitoring: { audit_trail: { bucket: ‹\"arn:aws:s3:::acme-trail\"› } }"), "acme-trail"),
        (shop("monitoring: { audit_trail: { bucket: ‹\"s3://acme-trail/\"› } }"), "acme-trail"),
        ("repositories: { ‹\"cart:latest\"›: {} }\n".to_owned(), "cart"),
        (
            format!(
                "{}access: {{ ci: {{ can: [pull], repositories: [‹\"arn:aws:ecr:eu-central-1:123456789012:repository/Cart\"›], roles: [x] }} }}\n",
                shop("")
            ),
            "\"arn:aws:ecr:eu-central-1:123456789012:repository/cart\"",
        ),
        (expectation("tag: v1.0.0, age: 9d, is: ‹deleted›"), "expired"),
        (expectation("tag: v1.0.0, age: 9d, is: ‹removed›"), "expired"),
        (expectation("tag: v1.0.0, age: 1d, is: ‹retained›"), "kept"),
        (expectation("pushes: { release: 1/day }, for: 3d, image_size: ‹400 mb›, kept: 3"), "400MB"),
        (
            format!(
                "{}waive: {{ any-branch-trust: {{ at: [access.ci], reason: ok, until: ‹2027/6/30› }} }}\n",
                principal("push", "github: { repository: a/b, owner_id: 1, repository_id: 2, branches: [\"*\"] }")
            ),
            "\"2027-06-30\"",
        ),
    ]
}

fn expectation(expected: &str) -> String {
    format!(
        "{CLASSES}repositories: {{ shop: {{ retention: [{{ expire_after: 5d, of: release }}] }} }}\nexpect: {{ it: {{ repository: shop, {expected} }} }}\n"
    )
}

fn full(spec: &str) -> String {
    let head = if spec.starts_with("platform") { HEAD.replace("platform: shop\n", "") } else { HEAD.to_owned() };
    format!("{head}{spec}")
}

#[test]
fn the_help_of_a_near_miss_is_followed_by_no_other_error() {
    for (spec, meant) in near_misses().into_iter().chain(of_other_tools()) {
        let bad = Compiled::of(full(&spec.replace(['‹', '›'], "")));
        let errors: Vec<_> = bad.findings().iter().filter(|finding| finding.severity == Severity::Error).collect();
        let [error] = errors[..] else { panic!("{spec}{errors:#?}") };
        let help = error.help.as_deref().unwrap_or_default();
        let shown = [meant, meant.trim_matches('"')];
        let has = |shown: &str| help.contains(&format!("`{shown}`")) || help.ends_with(&format!(": {shown}"));
        assert!(shown.into_iter().any(has), "{spec}{help}");
        let (before, rest) = spec.split_once('‹').expect("a near miss");
        let (_, after) = rest.split_once('›').expect("its end");
        assert_eq!(Compiled::of(full(&format!("{before}{meant}{after}"))).errors(), [""; 0], "{spec}{help}");
    }
}

/// The help of the only error.
fn help(spec: &str) -> String {
    let compiled = Compiled::of(full(spec));
    let errors: Vec<_> = compiled.findings().iter().filter(|finding| finding.severity == Severity::Error).collect();
    let [error] = errors[..] else { panic!("{spec}{errors:#?}") };
    error.help.clone().unwrap_or_else(|| panic!("no help for {spec}{error:#?}"))
}

#[test]
fn other_near_misses_have_the_way_to_write_them() {
    assert_eq!(
        help(&rule("keep: 3, of: \"v*\"")),
        "declare these tags in `image_tags`, for example `release: \"v{version}\"`, and write the name of that class here"
    );
    assert_eq!(help(&rule("keep: 30d")), "write `expire_after: 30d` instead of `keep` to delete images by age");
    assert_eq!(help(&rule("keep: 1,000")), "write `keep: 1000`: in `{ }`, a comma begins the next entry");
    assert!(help(&rule("keep: ten")).starts_with("write a whole number such as `10`"));
    assert_eq!(
        help(&entry("can: [pull], repositories: [\"shop-*\"]")),
        "patterns are not supported here: write the key of each repository"
    );
    assert_eq!(
        help(&entry("can: [pull], repositories: [all]")),
        "write `repositories: all`, without brackets, for all repositories of this spec"
    );
    assert!(help(&entry("can: [all], repositories: all")).starts_with("list the verbs"));
    assert!(help(&entry("can: all, repositories: all")).contains("list the verbs"));
    assert_eq!(
        help("repositories: { shop: { services: Web } }\n"),
        "write a list in `[ ]`, and for `Web`, write `web`"
    );
}

/// The commands are from GitHub's and GitLab's documentation: REST API, "Get a user", "Get a repository" and "Get an
/// organization"; projects API, "Get a single project".
#[test]
fn a_name_for_an_id_has_the_command_that_prints_the_id() {
    let github = |keys: &str| help(&principal("push", &format!("github: {{ {keys}, branches: [main] }}")));
    let command = |help: &str| {
        let (before, rest) = help.split_once('`').expect("a command");
        assert_eq!(before, "write the number that this command prints: ");
        rest.trim_end_matches('`').to_owned()
    };
    assert_eq!(command(&github("repository: acme/shop, owner_id: acme")), "gh api users/acme --jq .id");
    assert_eq!(command(&github("repository: acme/shop, repository_id: acme/shop")), "gh api repos/acme/shop --jq .id");
    assert_eq!(command(&github("repository: acme/shop, repository_id: shop")), "gh api repos/OWNER/shop --jq .id");
    assert_eq!(command(&github("organization: acme, organization_id: acme")), "gh api orgs/acme --jq .id");
    assert_eq!(command(&github("repository: a/b, owner_id: \"$(id)\"")), "gh api users/NAME --jq .id");
    let gitlab = help(&principal("push", "gitlab: { project: acme/shop, project_id: acme/shop, branches: [main] }"));
    assert_eq!(command(&gitlab), "glab api projects/acme%2Fshop | jq .id");
    let quoted = help(&principal("push", "gitlab: { project: acme/shop, project_id: \"33\", branches: [main] }"));
    assert_eq!(quoted, "remove the quotes: 33");
}

/// What has no counterpart that ecrgen could compute.
#[test]
fn a_help_says_what_to_write_instead_of_what_is_not_supported() {
    let roles = |text: &str| help(&principal("pull", &format!("node_roles: [{text}]")));
    assert!(roles("\"arn:aws:iam::123456789012:instance-profile/node\"").contains("get-instance-profile"));
    assert!(roles("\"arn:aws:iam::123456789012:user/jo\"").contains("`assumed_by`"));
    let group = "\"arn:aws:iam::123456789012:group/dev\"";
    let assumed_by = help(&principal("pull", &format!("assumed_by: [{group}]")));
    for help in [roles(group), assumed_by] {
        assert!(
            help.starts_with("an IAM group cannot be a principal: write `assumed_by: [\"arn:aws:iam::ACCOUNT:root\"]`"),
            "{help}"
        );
    }
    let accounts = help(&principal("pull", "accounts: [\"arn:aws:iam::123456789012:role/ci\"]"));
    assert!(accounts.contains("`roles` or `assumed_by`"), "{accounts}");
    assert!(help(&principal("pull", "assumed_by: [developer]")).contains("role/NAME"));
    let organization = |id: &str| help(&principal("pull", &format!("accounts: all, organization: {id}")));
    assert!(organization("ou-a1b2-c3d4e5f6").starts_with("write organizational units under `organizational_units`"));
    assert!(organization("r-a1b2").starts_with("write the ID that `aws organizations describe-organization"));
    for key in ["oidc", "openid"] {
        let spec = format!("{key}: {{ issuer: \"https://agent.buildkite.com\" }}\nrepositories: {{ shop: {{}} }}\n");
        assert!(help(&spec).contains("in an access entry, use `github`, `gitlab` or `hcp` for pipelines, `oidc` for"));
    }
    let pods =
        |account: &str| help(&principal("pull", &format!("irsa: {{ cluster: main, service_accounts: [{account}] }}")));
    assert!(pods("cart").contains("`default/cart`"));
    assert!(pods("shop/*").contains("patterns are not supported"));
    assert!(help(&principal("push", "github: { repository: shop, branches: [main] }")).contains("`example/shop`"));
    assert!(help(&principal("push", "github: { repository: acme/*, branches: [main] }")).contains("`organization`"));
    assert!(help(&principal("push", "gitlab: { project: 42, branches: [main] }")).contains("`project_id`"));
    let key = help("repositories: { shop: { encryption: { kms: 1234abcd-12ab-34cd-56ef-1234567890ab } } }\n");
    assert!(key.contains("aws kms describe-key"), "{key}");
    assert!(help("terraform: { ecr_module: \"~> 3.2\" }\nrepositories: { shop: {} }\n").contains("\"3.2.0\""));
    assert!(help(&expectation("pushes: { release: 5 }, for: 3d, kept: 3")).contains("`5/day`"));
}

/// A key that is valid at another level.
#[test]
fn a_misplaced_key_has_its_place() {
    let entry = |keys: &str| help(&principal("push", keys));
    let github = "github: { repository: a/b, branches: [main] }";
    assert_eq!(
        entry(&format!("environments: [x], {github}")),
        "move `environments` into `github`; to limit `ci` to an environment of the spec, write it under `environments.x.access` instead"
    );
    assert_eq!(
        help("repositories: { shop: { environments: [dev] } }\n"),
        "to limit `shop` to an environment of the spec, write it under `environments.dev.repositories` instead"
    );
    assert_eq!(entry(&format!("tags: [x], {github}")), "move `tags` into `github`");
    assert_eq!(
        entry("service_accounts: [a/b], roles: [x]"),
        "`service_accounts` belongs below another key: write `irsa: { service_accounts: … }` or `pod_identity: { service_accounts: … }`"
    );
    assert_eq!(
        entry("github: { repository: a/b, branches: [main], session_duration: 2h }"),
        "move `session_duration` out of `github`, into `ci` itself"
    );
    assert_eq!(
        entry("gitlab: { project: a/b, branches: [main], repositories: all }"),
        "`repositories` belongs to `ci`: remove it here, or merge it into the one there"
    );
    assert_eq!(entry(&format!("organization: acme, {github}")), "move `organization` into `github`");
    assert_eq!(help("repositories: { shop: { image_tags: {} } }\n"), "move `image_tags` to the top level of the spec");
    assert_eq!(
        help("repositories: { shop: {} }\ndirectory: x\n"),
        "`directory` belongs below another key: write `terraform: { directory: … }`"
    );
}

/// The author of a `retention` wrote no `rulePriority`.
#[test]
fn a_rule_for_all_images_moves_to_the_end() {
    for first in ["keep: 5, of: any", "keep: 5", "expire_after: 9d"] {
        let before =
            format!("{CLASSES}repositories: {{ shop: {{ retention: [{{ {first} }}, {{ keep: 3, of: build }}] }} }}\n");
        assert_eq!(help(&before), "move this rule to the end of `retention`");
        let after =
            format!("{CLASSES}repositories: {{ shop: {{ retention: [{{ keep: 3, of: build }}, {{ {first} }}] }} }}\n");
        assert_eq!(Compiled::of(full(&after)).errors(), [""; 0]);
    }
}
