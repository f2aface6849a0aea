//! The templates of Backstage that write image pipelines into new repositories, and what such a repository then does.

use std::io::Write;
use std::process::{Command, Stdio};

use ecrgen::iam::Token;
use ecrgen::permissions::EffectivePermissions;
use ecrgen::permissions::refusal::TokenAnswer;
use ecrgen::policies::emit;
use serde_json::{Value as Json, json};

use super::deployments::Deployments;
use super::judges::accept_github;
use super::scripts::{Stage, accept, scripts};
use crate::harness::{Case, Compiled, repository, shop, skipped};

/// An organization whose services name their repositories below a prefix.
const SPEC: &str = "\
account: \"111111111111\"
image_tags: { build: \"{branch}-{sha:8}\", latest: { tag: latest, moving: true, branch: main }, release: \"v{version}\" }
repositories: { base: {} }
repository_templates: { team: { created_by: [push] } }
access:
  ci:
    can: [push, create]
    repositories: [base, team]
    github: { organization: example, organization_id: 1111, branches: [\"release/*\", main], tags: [\"v*\"] }
";

const EVERYTHING: &str = "{ as: ci, platforms: [linux/amd64, linux/arm64], sign: true, sbom: true, ensure_repository: true, \
    findings: { block: [critical] }, gitops: { repository: example/gitops, file: \"apps/{service}/values.yaml\", tag_at: image.tag, \
    token_secret: GITOPS_TOKEN }, backstage: { owner: \"group:default/platform-team\" } }";

const PLAIN: &str = "{ as: ci, backstage: { owner: platform-team } }";

fn compiled(pipeline: &str) -> Compiled {
    shop(format!("{SPEC}pipelines: {{ build: {pipeline} }}\n"))
}

/// The workflow in the skeleton.
fn workflow(pipeline: &str) -> String {
    compiled(pipeline).files()["backstage/build/skeleton/.github/workflows/build.yml"].clone()
}

/// What Backstage does with the template of a pipeline for these parameters; `None` without its packages.
fn scaffolded(compiled: &Compiled, parameters: &Json) -> Option<Json> {
    let modules = repository().join(".npm/node_modules");
    if !modules.join("nunjucks").is_dir() || !modules.join("@backstage").is_dir() {
        assert!(std::env::var_os("ECRGEN_REQUIRE_NODE").is_none(), "Backstage's model is not installed");
        skipped("Backstage's model is not installed; run tests/node-env.sh");
        return None;
    }
    let files = compiled.files();
    let below = files.iter().filter(|(path, _)| path.starts_with("backstage/"));
    let case = below.fold(Case::new(), |case, (path, text)| case.file(path, text));
    let mut node = Command::new("node")
        .arg(repository().join("tests/backstage.mjs"))
        .args([modules, case.path("backstage/build")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    node.stdin.take().expect("a pipe").write_all(parameters.to_string().as_bytes()).expect("the parameters");
    let output = node.wait_with_output().expect("node ends");
    assert!(output.status.success(), "node failed");
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

fn parameters(repo: &str) -> Json {
    json!({ "repoUrl": format!("github.com?owner=example&repo={repo}"), "owner": "group:default/shop: \"a\"" })
}

/// The forms are those of Backstage's documentation, "Writing Templates" and "Descriptor Format of Catalog Entities". The picker
/// writes the owner first.
#[test]
fn backstage_accepts_the_template_and_creates_a_repository_with_the_workflow() {
    let compiled = compiled(EVERYTHING);
    let Some(answer) = scaffolded(&compiled, &parameters("cart")) else { return };
    assert_eq!(answer["refused"], Json::Null);
    assert_eq!(answer["template"]["name"], "shop-build");
    assert_eq!(answer["owner"], "group:default/platform-team");
    assert_eq!(
        answer["steps"]["publish:github"],
        json!({ "repoUrl": "github.com?owner=example&repo=cart", "defaultBranch": "main" })
    );
    assert_eq!(
        answer["steps"]["catalog:register"],
        json!({ "repoContentsUrl": "https://git.example/new/blob/main", "catalogInfoPath": "/catalog-info.yaml" })
    );
    assert_eq!(answer["links"][0]["url"], "https://git.example/new");
    assert_eq!(answer["links"][1]["entityRef"], "component:default/new");
    let component = &answer["component"];
    assert_eq!(component["metadata"]["name"], "cart");
    assert_eq!(component["metadata"]["annotations"]["github.com/project-slug"], "example/cart");
    // The form also accepts owners that are not in the catalog.
    assert_eq!(component["spec"]["owner"], "group:default/shop: \"a\"");
    let files = answer["files"].as_object().expect("files");
    assert_eq!(files.keys().collect::<Vec<_>>(), [".github/workflows/build.yml", "catalog-info.yaml"]);
    assert_eq!(files[".github/workflows/build.yml"], workflow(EVERYTHING).as_str());
}

#[test]
fn backstage_refuses_other_organizations_and_names_that_ecr_does_not_allow() {
    let compiled = compiled(PLAIN);
    let longest = "c".repeat(63);
    for repo in ["cart", "c4", "cart-api", "cart.api_v2", &longest] {
        let Some(answer) = scaffolded(&compiled, &parameters(repo)) else { return };
        assert_eq!(answer["refused"], Json::Null, "{repo}");
    }
    let long = "c".repeat(64);
    for repo in ["Cart", "c", "-cart", "cart-", "cart..api", "a/cart", "cart$(id)", &long, ""] {
        let Some(answer) = scaffolded(&compiled, &parameters(repo)) else { return };
        assert!(answer["refused"].is_string(), "{repo}: {answer}");
    }
    for url in [
        "github.com?owner=stranger&repo=cart",
        "githubXcom?owner=example&repo=cart",
        "example.com?owner=example&repo=cart",
    ] {
        let Some(answer) = scaffolded(&compiled, &json!({ "repoUrl": url, "owner": "a" })) else { return };
        assert!(answer["refused"].is_string(), "{url}: {answer}");
    }
}

#[test]
fn foreign_judges_accept_the_workflow_as_it_is() {
    for pipeline in [PLAIN, EVERYTHING] {
        let text = workflow(pipeline);
        accept_github(&text);
        scripts(&text).iter().for_each(|script| accept(script));
    }
}

#[test]
fn nothing_is_for_one_application_repository() {
    let files = compiled(EVERYTHING).files();
    let others: Vec<&String> =
        files.keys().filter(|path| !path.starts_with("shared/") && !path.starts_with(".ecrgen/")).collect();
    let folder = "backstage/build";
    assert_eq!(
        others,
        [
            &format!("{folder}/skeleton/.github/workflows/build.yml"),
            &format!("{folder}/skeleton/catalog-info.yaml"),
            &format!("{folder}/template.yaml"),
        ]
    );
}

/// GitHub's documentation, "Contexts reference": `github` is available in a matrix.
#[test]
fn the_repository_is_the_service() {
    for (prefix, covered, expected) in [("team", "[base, team]", "team/"), ("ROOT", "all", "")] {
        let spec =
            SPEC.replace("templates: { team:", &format!("templates: {{ {prefix}:")).replace("[base, team]", covered);
        let files = shop(format!("{spec}pipelines: {{ build: {EVERYTHING} }}\n")).files();
        let text = &files["backstage/build/skeleton/.github/workflows/build.yml"];
        let name = "${{ github.event.repository.name }}";
        let image = format!(
            "          - service: {name}\n            repository: {expected}{name}\n            context: \".\"\n            \
             gitops_file: apps/{name}/values.yaml\n"
        );
        assert_eq!(text.matches(" - service: ").count(), 2, "one image in each of two jobs: {text}");
        assert!(text.contains(&image), "{text}");
    }
}

/// The names that the workflow accepts are those that ECR accepts (API reference, CreateRepository) and that have no folder.
#[test]
fn each_job_checks_the_name_first() {
    let text = workflow(EVERYTHING);
    let checks: Vec<String> = scripts(&text).into_iter().filter(|script| script.contains("ECR repository")).collect();
    assert_eq!(checks.len(), 2, "one per job");
    for job in text.split("    steps:\n").skip(1) {
        assert!(job.starts_with("      - name: Check the name of the repository\n"), "{job}");
    }
    let script = &checks[0];
    let strict = regex_lite::Regex::new("^[a-z0-9]+(?:[._-][a-z0-9]+)*$").expect("the pattern of the API reference");
    let is_allowed = |name: &str| name.len() >= 2 && strict.is_match(name);
    let stage = Stage::with(&[]);
    for name in [
        "cart",
        "c4",
        "cart-api.v2",
        "Cart",
        "c",
        "-cart",
        "cart-",
        "a..b",
        "a._b",
        "$(touch x)",
        "a b",
        "a;id",
        "é",
        "",
    ] {
        let output = stage.run(script, &[("SERVICE", name)]);
        assert_eq!(output.status.success(), is_allowed(name), "{name}: {output:?}");
    }
    assert!(!stage.path("x").exists());
    let pattern = script.split('\'').find(|part| part.starts_with("[a-z0-9]")).expect("the pattern");
    let pattern = regex_lite::Regex::new(&format!("^(?:{pattern})$")).expect("a pattern");
    let characters = ['a', '0', '-', '.', '_', '/', 'A'];
    let mut names = vec![String::new()];
    for _ in 0..5 {
        let longer = names.iter().flat_map(|name| characters.map(|c| format!("{name}{c}")));
        names.extend(longer.collect::<Vec<_>>());
        names.sort();
        names.dedup();
    }
    let accepted = names.iter().filter(|name| pattern.is_match(name));
    let allowed = names.iter().filter(|name| is_allowed(name));
    assert_eq!(accepted.collect::<Vec<_>>(), allowed.collect::<Vec<_>>());
}

/// Two services publish from the same state of the GitOps repository, with a real Git.
#[test]
fn several_repositories_push_and_deploy_side_by_side() {
    let text = workflow(EVERYTHING);
    let publish = text.split_once("\n  publish:\n").expect("the job").1;
    let deployments = Deployments::new("example/gitops", &["apps/cart/values.yaml", "apps/search/values.yaml"]);
    let stages = ["cart", "search"].map(|service| {
        let stage = Stage::with(&["cosign", "aws", "docker"]);
        stage.program("yq", "echo \"$VALUE\" > \"$3\"");
        deployments.clone_into(&stage.path(".gitops"));
        std::fs::write(stage.path("Dockerfile"), "FROM scratch\n").expect("a file");
        (service, stage)
    });
    let registry = "111111111111.dkr.ecr.eu-central-1.amazonaws.com";
    for (service, stage) in &stages {
        for script in scripts(publish).iter().filter(|script| !script.contains("attest()")) {
            let in_gitops = script.contains("yq -i");
            let script = if in_gitops { format!("cd .gitops\n{script}") } else { script.clone() };
            let output = stage.run(
                &script,
                &[
                    ("SERVICE", service),
                    ("REPOSITORY", &format!("team/{service}")),
                    ("CONTEXT", "."),
                    ("GITHUB_REF_TYPE", "branch"),
                    ("GITHUB_REF_NAME", "main"),
                    ("GITHUB_SHA", "d2ba07eb0123456789abcdef0123456789abcdef"),
                    ("REGISTRY", registry),
                    ("TAGS", "main-d2ba07eb latest"),
                    ("IMAGE", &format!("{registry}/team/{service}@sha256:cc")),
                    ("FILE", &format!("apps/{service}/values.yaml")),
                ],
            );
            assert!(output.status.success(), "{script}\n{output:?}");
        }
        let created = format!("aws ecr create-repository --repository-name team/{service}");
        assert!(stage.log().contains(&created));
        let outputs = stage.written("GITHUB_OUTPUT");
        assert!(outputs.contains("tags=main-d2ba07eb latest\n"), "{outputs}");
        assert!(outputs.contains(&format!("name={registry}/team/{service}\n")), "{outputs}");
    }
    for service in ["cart", "search"] {
        assert_eq!(deployments.read(&format!("apps/{service}/values.yaml")), "main-d2ba07eb\n", "{service}");
    }
    assert_eq!(deployments.subjects(), ["Deploy search main-d2ba07eb", "Deploy cart main-d2ba07eb", "first"]);
}

/// The forms of the subject are those of GitHub's documentation, "OpenID Connect reference".
#[test]
fn the_role_accepts_the_tokens_of_each_repository_of_the_organization() {
    let compiled = compiled(EVERYTHING);
    let policies = emit(compiled.platform());
    let permissions = [EffectivePermissions::of(&policies)];
    let admits = |subject: &str, owner: &str| {
        let claims = json!({
            "iss": "https://token.actions.githubusercontent.com",
            "aud": "sts.amazonaws.com",
            "sub": subject,
            "repository_owner_id": owner,
        });
        TokenAnswer::of(&Token::read(&claims.to_string()).expect("claims"), &permissions, compiled.sources())
            .is_admitted()
    };
    for repository in ["example@1111/cart@2222", "example@1111/search@3333", "example/older"] {
        for git_ref in ["refs/heads/main", "refs/heads/release/2", "refs/tags/v1.5.0"] {
            assert!(admits(&format!("repo:{repository}:ref:{git_ref}"), "1111"), "{repository} {git_ref}");
        }
        for context in ["ref:refs/heads/feature", "ref:refs/tags/nightly", "pull_request", "environment:production"] {
            assert!(!admits(&format!("repo:{repository}:{context}"), "1111"), "{repository} {context}");
        }
    }
    // Another organization, and one that took over the name.
    for (repository, owner) in
        [("stranger@4444/cart@2222", "4444"), ("example@4444/cart@2222", "4444"), ("example/cart", "4444")]
    {
        assert!(!admits(&format!("repo:{repository}:ref:refs/heads/main"), owner), "{repository}");
    }
}

#[test]
fn environments_share_a_template() {
    let spec = |dev: &str, prod: &str| {
        let rest = SPEC.replace("    github:", &format!("{dev}    github:"));
        Compiled::of(format!(
            "platform: shop\nregion: eu-central-1\n{rest}pipelines: {{ build: {PLAIN} }}\nenvironments: {{ dev: {{}}, prod: {{ {prod} }} }}\n"
        ))
    };
    let prod = "access: { ci: { github: { branches: [\"stable/*\"] } } }, repository_templates: { team: none, shop: { created_by: [push] } }, \
                repositories: none";
    let files = spec("", &prod.replace("ci: {", "ci: { repositories: [shop],")).files();
    let below = |path: &&String| path.starts_with("backstage/");
    let folder = "backstage/build";
    assert_eq!(
        files.keys().filter(below).collect::<Vec<_>>(),
        [
            &format!("{folder}/skeleton/.github/workflows/build-dev.yml"),
            &format!("{folder}/skeleton/.github/workflows/build-prod.yml"),
            &format!("{folder}/skeleton/catalog-info.yaml"),
            &format!("{folder}/template.yaml"),
        ]
    );
    assert!(files[&format!("{folder}/skeleton/.github/workflows/build-prod.yml")].contains("repository: shop/${{"));
    assert!(files[&format!("{folder}/template.yaml")].contains("        defaultBranch: main\n"));
    let differs = spec("", "pipelines: { build: { backstage: { owner: other-team } } }");
    assert_eq!(
        differs.codes().iter().filter(|code| **code == "pipeline-differs").count(),
        1,
        "{:?}",
        differs.messages()
    );
}

/// The errors of wrong keys: the message, and a spec with the text that it must mark in brackets.
fn wrong() -> Vec<(&'static str, String)> {
    let build = |pipeline: &str| format!("{SPEC}pipelines: {{ build: {{ as: ci, {pipeline} }} }}\n");
    let backstage = "‹backstage›: { owner: team }";
    let unmarked = "backstage: { owner: team }";
    let gitlab = "gitlab: { project: example/shop, project_id: 3333, branches: [main] }";
    let github = SPEC.lines().last().expect("a line").trim();
    let gitops = "gitops: { repository: example/gitops, file: ‹values.yaml›, tag_at: image.tag, token_secret: T }";
    vec![
        ("`backstage` works only with access entries for GitHub Actions", build(backstage).replace(github, gitlab)),
        ("`owner` is missing", build("backstage: ‹{}›")),
        (
            "access entry `ci` cannot push: it lacks ecr:InitiateLayerUpload",
            build(unmarked).replace("[push, create]", "[pull]").replace("as: ci", "as: ‹ci›"),
        ),
        (
            "image tags of class `release` contain `{service}`, but the spec does not know the services that Backstage creates",
            build(backstage).replace("\"v{version}\"", "\"{service}-v{version}\""),
        ),
        (
            "access entry `ci` is not for an organization, so new repositories cannot use it",
            build(backstage).replace(
                "organization: example, organization_id: 1111",
                "repository: example/shop, owner_id: 1, repository_id: 2",
            ),
        ),
        (
            "access entry `ci` is for a whole organization, so the workflow has no repository",
            build("sign: true").replace("as: ci", "as: ‹ci›"),
        ),
        (
            "access entry `ci` covers no repositories but those of this spec",
            build(backstage).replace("[base, team]", "[base]"),
        ),
        (
            "access entry `ci` covers no repositories but those of this spec",
            build(backstage)
                .replace("[base, team]", "all")
                .replace("repository_templates: { team: { created_by: [push] } }\n", "")
                .replace("repositories: { base: {} }\n", ""),
        ),
        (
            "access entry `ci` covers several prefixes, such as `shop` and `team`, but the repository of a new service has one",
            build(backstage)
                .replace("team: {", "shop: { created_by: [push] }, team: {")
                .replace("[base, team]", "[shop, team]"),
        ),
        (
            "neither the pipeline nor the template `team` creates repositories on a push",
            build(backstage).replace("[push] }", "[replication] }"),
        ),
        (
            "all services that Backstage creates would write their image into this file",
            build(&format!("{unmarked}, {gitops}")),
        ),
        (
            "new repositories have no environment `image-review` with reviewers, so no one would review the findings",
            build(&format!("{unmarked}, findings: {{ block: [critical], ‹review›: [high] }}")),
        ),
        (
            "the template would be named `shop-build-with-a-name-that-is-longer-than-the-catalog-allows-it-to-be`, which has 70 \
             characters, but Backstage allows 63",
            build(backstage)
                .replace("build: { as", "build-with-a-name-that-is-longer-than-the-catalog-allows-it-to-be: { as"),
        ),
        ("`backstage` is only for pipelines with `as`", build(backstage).replace("as: ci", "checks: [fmt]")),
        (
            "role `shop-shared-ci` refuses the tokens of pipeline `build` on `refs/heads/release/x`: the claim `sub` is \
             `repo:example@1/service@1:ref:refs/heads/release/x`",
            build(unmarked).replace("organization: example, organization_id: 1111", "organization: ‹example›"),
        ),
    ]
}

#[test]
fn refuses_what_cannot_work_at_its_place() {
    for (wanted, marked) in wrong() {
        let (before, rest) = marked.split_once('‹').expect("an opening bracket");
        let (text, after) = rest.split_once('›').expect("a closing bracket");
        let compiled = shop(format!("{before}{text}{after}"));
        assert_eq!(compiled.errors(), [wanted], "{marked}");
        let found = compiled.findings().iter().find(|finding| finding.message == wanted).expect("the error");
        let span = found.labels[0].span;
        let source = &compiled.sources().file(span.file).text;
        assert_eq!(&source[span.start as usize..span.end as usize], text, "{wanted}");
        assert!(source[..span.start as usize].ends_with(before), "{wanted}");
        assert!(found.help.is_some(), "{wanted}");
    }
}

#[test]
fn an_organization_without_backstage_gets_the_key_as_help() {
    let compiled = compiled("{ as: ci }");
    let help =
        compiled.findings().iter().find_map(|finding| finding.help.as_ref().filter(|help| help.contains("backstage")));
    assert!(help.is_some_and(|help| help.contains("`backstage: { owner: TEAM }`")), "{help:?}");
}

/// GitHub Enterprise Server has no subjects with IDs (GitHub documentation, "OpenID Connect reference").
#[test]
fn a_server_needs_no_organization_id() {
    let spec = SPEC.replace("organization_id: 1111", "url: \"https://github.example.com\"");
    let files = shop(format!("{spec}pipelines: {{ build: {PLAIN} }}\n")).files();
    let template = &files["backstage/build/template.yaml"];
    assert!(template.contains("allowedHosts: [github.example.com]\n"), "{template}");
    assert!(template.contains("pattern: \"^github[.]example[.]com[?]owner=example&repo="), "{template}");
}

#[test]
fn the_check_of_the_name_is_only_in_skeletons() {
    let spec = SPEC.replace(
        "organization: example, organization_id: 1111",
        "repository: example/shop, owner_id: 1, repository_id: 2",
    );
    let files = shop(format!("{spec}pipelines: {{ build: {{ as: ci }} }}\n")).files();
    let text = &files["for/example/shop/.github/workflows/build.yml"];
    assert!(!text.contains("Check the name"), "{text}");
    assert!(workflow(PLAIN).contains("Check the name"));
}

#[test]
fn the_example_in_the_documentation_has_only_the_warnings_that_the_page_names() {
    let page = std::fs::read_to_string(repository().join("docs/pipelines.md")).expect("the page");
    let section = page.split("## Give new services a pipeline with Backstage").nth(1).expect("the section");
    let example = section.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the example");
    let compiled = shop(example);
    assert_eq!(compiled.codes(), ["whole-registry-access", "organization-wide-trust"], "{:?}", compiled.messages());
    for code in compiled.codes() {
        assert!(section.contains(&format!("`{code}`")), "{code}");
    }
}

/// Without the organization, the entry could not have a template.
#[test]
fn the_help_for_the_trust_in_the_organization_is_its_waiver() {
    let help = |compiled: &Compiled| {
        let found = compiled.findings().iter().find(|finding| finding.code.name == "organization-wide-trust");
        found.and_then(|finding| finding.help.clone())
    };
    let with_template = help(&compiled(PLAIN)).expect("the warning with a help");
    let waiver = with_template.split('`').find(|text| text.starts_with("waive:")).expect("the text to write");
    let waived = shop(format!("{SPEC}pipelines: {{ build: {PLAIN} }}\n{waiver}\n"));
    assert_eq!((waived.errors(), help(&waived)), (Vec::new(), None), "{waiver}");
    let without = help(&shop(SPEC)).expect("the warning with a help");
    assert!(without.starts_with("replace `organization`"), "{without}");
}
