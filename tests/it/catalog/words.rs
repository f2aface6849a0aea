//! Examples in words: each test does what the example describes and expects the finding.

use std::fs;
use std::process::Command;

use ecrgen::catalog;
use ecrgen::diagnostic::Example;
use ecrgen::lifecycle::Policy;
use serde_json::Value;

use crate::harness::{Case, Specs};

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";

/// A role that a provider of GitHub's lets workflows assume.
const GITHUB: &str = "repositories: { cart: {} }\naccess: { ci: { can: [push], repositories: [cart], github: { repository: acme/shop, owner_id: 1, repository_id: 2, branches: [main] } } }\n";

/// Does what an example describes, and returns the codes of the findings.
type Reproduce = fn() -> Vec<String>;

/// Every code whose bad example is in words, with a function that reproduces the finding.
const DESCRIBED: &[(&str, Reproduce)] = &[
    ("unreadable-file", || {
        let case = Case::new().file("specs/shop.yaml", format!("extends: base.yaml\n{HEAD}")).file("base.yaml", HEAD);
        lint(&case, "specs/shop.yaml")
    }),
    ("not-text", || lint_text(&[HEAD.as_bytes(), b"resource_tags: { Team: Caf\xe9 }\n"].concat())),
    ("lone-carriage-return", || lint_text(HEAD.replace('\n', "\r").as_bytes())),
    ("too-large", || {
        let keys = |name: &str, count| (0..count).map(|i| format!("  {name}{i}: {{}}\n")).collect::<String>();
        let (repositories, environments) = (keys("r", 20_000), keys("e", 20));
        let head = "platform: shop\nregion: eu-central-1\n";
        lint_text(format!("{head}repositories:\n{repositories}environments:\n{environments}").as_bytes())
    }),
    ("extends-loop", || {
        let case = Case::new().file("base.yaml", "extends: shop.yaml\n");
        lint(&case.file("shop.yaml", format!("extends: base.yaml\n{HEAD}")), "shop.yaml")
    }),
    ("key-too-long", || lint_rest(&format!("repositories: {{ {}: {{}} }}\n", "k".repeat(240)))),
    ("bad-prefix", || {
        lint_rest(&format!("repository_templates: {{ {}: {{ created_by: [push] }} }}\n", "p".repeat(300)))
    }),
    ("feature-stops", || {
        rendered_again("repository_templates: { team: { created_by: [push] } }", "repository_templates: {}")
    }),
    ("bad-iam-path", || lint_rest(&format!("iam: {{ path: \"/{}/\" }}\n", "p".repeat(511)))),
    ("too-many-notifications", || {
        let one = |i: usize| format!("    n{i}: {{ to: slack, url_variable: url }}\n");
        let notifications: String = (0..21).map(one).collect();
        lint_rest(&format!("workspace:\n  organization: acme\n  notifications:\n{notifications}"))
    }),
    ("too-many-findings", || lint_rest(&(0..600).map(|i| format!("key{i}: 1\n")).collect::<String>())),
    ("widened-event-pattern", || {
        let repositories: String = (0..200).map(|i| format!("  service-{i}: {{}}\n")).collect();
        lint_rest(&format!("monitoring: {{ event_log: {{ events: [push] }} }}\nrepositories:\n{repositories}"))
    }),
    ("scanned-elsewhere", || {
        let spec = |platform: &str, rest: &str| {
            let here = format!(
                "account: \"111111111111\"\nterraform: {{ directory: {platform} }}\nrepositories: {{ {platform}: {{}} }}\n"
            );
            format!("{}{here}{rest}", HEAD.replace("platform: shop", &format!("platform: {platform}")))
        };
        let specs = Specs::of(spec("shop", "registry: {}\n")).spec("mill.yaml", spec("mill", ""));
        specs.compile().codes().into_iter().map(str::to_owned).collect()
    }),
    ("too-many-scan-filters", || {
        let repository = |i: usize| format!("  r{i:03}: {{ scan_on_push: {} }}\n", i.is_multiple_of(2));
        lint_rest(&format!("registry: {{}}\nrepositories:\n{}", (0..201).map(repository).collect::<String>()))
    }),
    ("malformed-json", || {
        let faults = Policy::from_json("{\"rules\": [}").expect_err("invalid JSON");
        faults.iter().map(|fault| fault.constraint.code.name.to_owned()).collect()
    }),
    ("policy-too-long", || {
        let rule = |i: usize| {
            format!(
                "        - {{ rulePriority: {i}, description: {}, action: {{ type: expire }}, selection: {{ tagStatus: \
                 tagged, tagPrefixList: [p{i}-], countType: imageCountMoreThan, countNumber: 10 }} }}\n",
                "d".repeat(1000)
            )
        };
        let rules: String = (1..=40).map(rule).collect();
        lint_rest(&format!("repositories:\n  shop:\n    lifecycle_policy:\n      rules:\n{rules}"))
    }),
    ("too-many-rules", || {
        let services: Vec<String> = (1..=51).map(|i| format!("s{i}")).collect();
        lint_rest(&format!(
            "image_tags: {{ release: \"{{service}}-v{{version}}\" }}\nrepositories:\n  shop:\n    services: [{}]\n    \
             retention: [{{ keep: 5, of: release, per: service }}]\n",
            services.join(", ")
        ))
    }),
    ("repository-lost", || rendered_again("repositories: { cart: {}, search: {} }", "repositories: { cart: {} }")),
    ("all-repositories-lost", || {
        rendered_again("repositories: { cart: {}, search: {} }", "repositories: { flour: {} }")
    }),
    ("repository-replaced", || {
        rendered_again("repositories: { cart: {} }", "repositories: { cart: { encryption: kms } }")
    }),
    ("key-lost", || {
        let removed = "removed: { cart: retain, aws_kms_key.ecr: delete }";
        rendered_again("repositories: { cart: { encryption: { kms: create } } }", removed)
    }),
    ("resource-lost", || {
        rendered_again(
            &format!("{GITHUB}oidc_providers: {{ github: create }}"),
            &format!("{GITHUB}oidc_providers: {{ github: existing }}"),
        )
    }),
    ("resource-replaced", || {
        let case = rendered("repositories: { cart: { force_delete: true, encryption: { kms: create } } }");
        case.write(
            "shop.yaml",
            case.read("shop.yaml").replace("central", "north").replace("create }", "create }, replace: \"moves\""),
        );
        render(&case)
    }),
    ("replica-lost", || {
        rendered_again(
            "registry: {}\nrepositories: { cart: { replicate_to: [eu-west-1] }, mail: { replicate_to: [us-east-1] } }",
            "registry: {}\nrepositories: { cart: {}, mail: { replicate_to: [us-east-1] } }",
        )
    }),
    ("replica-provider-changed", || {
        let pinned = |aws: &str| {
            let replicated = "registry: {}\nrepositories: { cart: { replicate_to: [eu-west-1] } }\n";
            format!("{replicated}terraform: {{ providers: {{ aws: \"{aws}\" }} }}")
        };
        rendered_again(&pinned("~> 5.100"), &pinned("~> 6.28"))
    }),
    ("address-changed", || {
        let unprotected = "repositories: { cart: { deletion_protection: false } }\n";
        rendered_again(unprotected, &format!("{unprotected}terraform: {{ ecr_module: 3.2.0 }}"))
    }),
    ("set-variable-dropped", || {
        let shop = "repositories: { cart: {}, search: {} }\n";
        let before = format!("{HEAD}{shop}terraform: {{ for_each: {{ variable: services }} }}\n");
        let case = Case::new().file("shop.yaml", before);
        assert_eq!(render(&case), ["repositories-by-variable"]);
        case.write("shop.yaml", format!("{HEAD}{shop}terraform: {{ for_each: true }}\n"));
        render(&case)
    }),
    ("state-changed", || {
        let cart = "repositories: { cart: {} }\n";
        rendered_again(cart, &format!("{cart}terraform: {{ directory: shared/registry }}"))
    }),
    ("account-changed", || {
        let cart = "repositories: { cart: {} }\n";
        rendered_again(&format!("account: \"111111111111\"\n{cart}"), &format!("account: \"333333333333\"\n{cart}"))
    }),
    ("not-deletable", || {
        rendered_again(
            "repositories: { cart: {}, search: {} }",
            "repositories: { cart: {} }\nremoved: { search: delete }",
        )
    }),
    ("role-replaced", || {
        let names = "names: { role: \"{platform}-{access}\", policy: \"{platform}-{environment}-{access}\" }";
        let existing = "oidc_providers: { github: existing }\n";
        rendered_again(&format!("{GITHUB}{existing}"), &format!("{GITHUB}{existing}{names}"))
    }),
    ("bootstrap-first", || {
        let workspace = "workspace: { organization: acme }\n";
        rendered_again(
            &format!("{workspace}repositories: {{ cart: {{}} }}"),
            &format!("{workspace}repositories: {{ cart: {{}}, search: {{}} }}"),
        )
    }),
    ("bootstrap-last", || {
        let shop = "workspace: { organization: acme }\nrepositories: { cart: {} }\n";
        rendered_again(
            &format!("{shop}access: {{ nodes: {{ can: [pull], repositories: all, roles: [nodes] }} }}"),
            shop,
        )
    }),
    ("policy-replaced", || {
        let names = "names: { policy: \"{platform}-{access}\" }";
        let existing = "oidc_providers: { github: existing }\n";
        rendered_again(&format!("{GITHUB}{existing}"), &format!("{GITHUB}{existing}{names}"))
    }),
    ("returning-repository", || {
        let case = rendered("repositories: { cart: {}, search: {} }");
        for rest in
            ["repositories: { cart: {} }\nremoved: { search: retain }", "repositories: { cart: {}, search: {} }"]
        {
            case.write("shop.yaml", format!("{HEAD}{rest}\n"));
            if rest.contains("removed") {
                assert_eq!(render(&case), [""; 0]);
            }
        }
        render(&case)
    }),
    ("removed-earlier", || {
        let case = rendered("repositories: { cart: {}, search: { force_delete: true } }");
        case.write("shop.yaml", format!("{HEAD}repositories: {{ cart: {{}} }}\nremoved: {{ search: delete }}\n"));
        assert_eq!(render(&case), [""; 0]);
        render(&case)
    }),
    ("removed-unknown", || {
        let cart = "repositories: { cart: {} }\n";
        rendered_again(cart, &format!("{cart}removed: {{ serach: retain }}"))
    }),
    ("removed-and-there", || {
        let both = "repositories: { cart: {}, search: {} }";
        rendered_again(both, &format!("{both}\nremoved: {{ search: retain }}"))
    }),
    ("platform-renamed", || {
        let case = rendered("repositories: { cart: {} }");
        case.write("shop.yaml", format!("{}repositories: {{ cart: {{}} }}\n", HEAD.replace("shop", "mart")));
        render(&case)
    }),
    ("platform-without-spec", || {
        let spec = format!("{HEAD}repositories: {{ cart: {{}} }}\n");
        let case = Case::new().file("ecrgen.yaml", &spec);
        assert_eq!(case.run(&["render"]).status, 0);
        let spec = spec.replace("shop", "mart").replace("cart", "flour");
        case.write("ecrgen.yaml", format!("{spec}terraform: {{ directory: mart/ecr }}\n"));
        codes(&case.run(&["render", "--format", "json"]).out)
    }),
    ("not-ours", || {
        let case = Case::new().file("shared/ecr/versions.tf", "terraform {}\n");
        render(&case.file("shop.yaml", HEAD))
    }),
    ("manifest-missing", || {
        let case = rendered("repositories: { cart: {} }");
        fs::remove_dir_all(case.path(".ecrgen")).expect("the manifest's folder");
        render(&case)
    }),
    ("removal-dropped", || {
        let case = rendered("repositories: { cart: {}, search: {} }");
        for removed in ["removed: { search: retain }\n", ""] {
            case.write("shop.yaml", format!("{HEAD}repositories: {{ cart: {{}} }}\n{removed}"));
            if !removed.is_empty() {
                assert_eq!(render(&case), [""; 0]);
            }
        }
        render(&case)
    }),
    ("removal-changed", || {
        let case = rendered("repositories: { cart: {}, search: {} }");
        for removal in ["retain", "delete"] {
            case.write(
                "shop.yaml",
                format!("{HEAD}repositories: {{ cart: {{}} }}\nremoved: {{ search: {removal} }}\n"),
            );
            if removal == "retain" {
                assert_eq!(render(&case), [""; 0]);
            }
        }
        render(&case)
    }),
    ("manifest-elsewhere", || {
        let case =
            Case::new().file(".git/HEAD", "").file("shop.yaml", format!("{HEAD}repositories: {{ cart: {{}} }}\n"));
        assert_eq!(case.run(&["render", "shop.yaml", "--out", "infra"]).status, 0);
        codes(&case.run(&["render", "shop.yaml", "--out", "infrastructure", "--format", "json"]).out)
    }),
    ("output-lost", || {
        let case = in_git("infra/shop.yaml", &["shop"]);
        for folder in ["infra/.ecrgen", "infra/shared"] {
            fs::remove_dir_all(case.path(folder)).expect("a folder");
        }
        case.write("infra/shop.yaml", case.read("infra/shop.yaml").replace("platform: shop", "platform: mart"));
        assert_eq!(case.run(&["render", "infra/shop.yaml", "--out", "infra"]).status, 0);
        against_main(&case, "infra/shop.yaml", "infra")
            .into_iter()
            .filter(|code| !["base-without-output", "state-taken"].contains(&code.as_str()))
            .collect()
    }),
    ("output-moved", || {
        let case = in_git("shop.yaml", &["shop", "mill"]);
        fs::rename(case.path("mill"), case.path("moved")).expect("a folder");
        against_main(&case, "shop.yaml", "shop")
    }),
    ("base-without-output", || {
        let case = in_git("shop.yaml", &[]);
        assert_eq!(case.run(&["render", "shop.yaml"]).status, 0);
        against_main(&case, "shop.yaml", ".")
    }),
    ("state-taken", || {
        let backend = "backend: { s3: { bucket: acme-terraform-state";
        let shop = format!("{HEAD}repositories: {{ cart: {{}} }}\nterraform: {{ {backend} }} }} }}\n");
        let case = Case::new().file("shop.yaml", &shop);
        assert_eq!(render(&case), [""; 0]);
        let moved = "key: new.tfstate } }, state_was: [s3 acme-terraform-state/shop/shared/ecr/terraform.tfstate] }";
        case.write("shop.yaml", shop.replace(" } } }\n", &format!(", {moved}\n")));
        assert_eq!(render(&case), [""; 0]);
        let taken =
            format!("terraform: {{ directory: mill, {backend}, key: shop/shared/ecr/terraform.tfstate }} }} }}");
        let mill =
            format!("{HEAD}repositories: {{ flour: {{}} }}\n{taken}\n").replace("platform: shop", "platform: mill");
        case.write("mill.yaml", mill);
        codes(&case.run(&["render", "shop.yaml", "mill.yaml", "--format", "json"]).out)
    }),
    ("manifest-incomplete", || {
        let case = rendered("repositories: { cart: {}, search: {} }");
        let mut manifest: serde_json::Value = serde_json::from_str(&case.read(".ecrgen/shop.json")).expect("JSON");
        for module in manifest["modules"].as_object_mut().expect("modules").values_mut() {
            module["resources"].as_object_mut().expect("resources").remove("aws_ecr_repository.search");
        }
        case.write(".ecrgen/shop.json", manifest.to_string());
        case.write("shop.yaml", format!("{HEAD}repositories: {{ cart: {{}} }}\n"));
        render(&case)
    }),
    ("stray-file", || {
        let case = rendered("repositories: { cart: {} }");
        case.write("shared/ecr/repository_old.tf", case.read("shared/ecr/repository_cart.tf"));
        render(&case)
    }),
    ("left-alone", || {
        let case = rendered("repositories: { cart: {}, search: {} }");
        let path = "shared/ecr/repository_search.tf";
        let text = case.read(path);
        case.write(path, text.split_once("\n\n").expect("a header and a body").1);
        case.write("shop.yaml", format!("{HEAD}repositories: {{ cart: {{}} }}\nremoved: {{ search: retain }}\n"));
        render(&case)
    }),
];

/// A git repository whose branch `main` has a spec of `shop`, and the outputs of these platforms: each in the folder of its
/// name, or in that of the spec.
fn in_git(spec: &str, platforms: &[&str]) -> Case {
    let text = |platform: &str| format!("{}repositories: {{ {platform}: {{}} }}\n", HEAD.replace("shop", platform));
    let mut case = Case::new().file(spec, text("shop"));
    for platform in platforms {
        let folder = spec.split_once('/').map_or(*platform, |(folder, _)| folder);
        let of_platform = format!("{platform}.yaml");
        case = if spec.contains('/') { case } else { case.file(&of_platform, text(platform)) };
        let rendered = if spec.contains('/') { spec } else { &of_platform };
        assert_eq!(case.run(&["render", rendered, "--out", folder]).status, 0);
    }
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    for arguments in [&["init", "-q", "-b", "main"][..], &["add", "-A"], &["commit", "-q", "-m", "first"]] {
        let done = Command::new("git").args(identity).args(arguments).current_dir(case.path("")).status();
        assert!(done.expect("git runs").success());
    }
    case
}

/// The codes of what `check --base main` says.
fn against_main(case: &Case, spec: &str, out: &str) -> Vec<String> {
    codes(&case.run(&["check", spec, "--out", out, "--base", "main", "--format", "json"]).out)
}

/// The codes in a JSON report.
fn codes(json: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(json).expect("one JSON document");
    let findings = report["findings"].as_array().expect("a list");
    findings.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned()).collect()
}

fn lint(case: &Case, spec: &str) -> Vec<String> {
    codes(&case.run(&["lint", spec, "--format", "json"]).out)
}

fn lint_text(text: &[u8]) -> Vec<String> {
    lint(&Case::new().file("shop.yaml", text), "shop.yaml")
}

fn lint_rest(rest: &str) -> Vec<String> {
    lint_text(format!("{HEAD}{rest}").as_bytes())
}

/// The codes of what `render` says about `shop.yaml`, without the warning that comes with the first step of deleting.
fn render(case: &Case) -> Vec<String> {
    let found = codes(&case.run(&["render", "shop.yaml", "--format", "json"]).out);
    found.into_iter().filter(|code| code != "deletable-with-images").collect()
}

/// A case in which a spec with these lines has been rendered.
fn rendered(lines: &str) -> Case {
    let case = Case::new().file("shop.yaml", format!("{HEAD}{lines}\n"));
    assert_eq!(render(&case), [""; 0]);
    case
}

fn rendered_again(before: &str, after: &str) -> Vec<String> {
    let case = rendered(before);
    case.write("shop.yaml", format!("{HEAD}{after}\n"));
    render(&case)
}

#[test]
fn described_situations_have_the_finding_of_the_page() {
    for (code, reproduce) in DESCRIBED {
        let mut found = reproduce();
        found.dedup();
        let expected: &[&str] = match *code {
            // Only the first 500 findings are shown.
            "too-many-findings" => &["unknown-key", "too-many-findings"],
            code => &[code],
        };
        assert_eq!(found, expected);
    }
}

/// Renders the specs of the good examples over the output that the bad examples start from.
#[test]
fn accepts_changes_that_the_spec_confirms() {
    for (before, after) in [
        ("repositories: { cart: {}, search: {} }", "repositories: { cart: {} }\nremoved: { search: retain }"),
        (
            "repositories: { cart: {}, search: {} }",
            "repositories: { flour: {} }\nremoved: { cart: retain, search: retain }",
        ),
        (
            "repositories: { cart: { force_delete: true } }",
            "repositories: { cart: { force_delete: true, encryption: kms, replace: \"No image is in use yet\" } }",
        ),
        (
            "repositories: { cart: { encryption: { kms: create } } }",
            "removed: { cart: retain, aws_kms_key.ecr: retain }",
        ),
    ] {
        assert_eq!(rendered_again(before, after), [""; 0], "{after}");
        let is_shown = |example| matches!(example, Example::Words(text) if text.contains(after));
        assert!(catalog::all().iter().any(|code| is_shown(code.good)), "{after}");
    }
}

#[test]
fn every_example_in_words_is_tested() {
    let described: Vec<&str> = DESCRIBED.iter().map(|(code, _)| *code).collect();
    let is_words = |example| matches!(example, Example::Words(_));
    for code in catalog::all() {
        assert_eq!(is_words(code.bad), described.contains(&code.name), "{}", code.name);
        assert_eq!(is_words(code.bad), is_words(code.good), "{}", code.name);
    }
}
