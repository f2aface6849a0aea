//! The pipelines that build and push images on GitHub.

use std::process::Command;

use ecrgen::iam::Token;
use ecrgen::permissions::EffectivePermissions;
use ecrgen::permissions::refusal::TokenAnswer;
use ecrgen::platform::image_tags::{Build, Outcome, Reference, tags_of};
use ecrgen::policies::emit;
use ecrgen::time::parse_time;
use serde_json::json;

use super::judges::accept_github;
use super::scripts::{Stage, accept, script_with, scripts};
use crate::harness::{Compiled, shop};

/// A repository with two services and one with everything that a pipeline can do.
const SPEC: &str = "\
account: \"111111111111\"
image_tags:
  build: \"{service}-{branch}-{sha:8}\"
  latest: { tag: \"{service}-latest\", moving: true, branch: main }
  release: \"{service}-v{version}\"
repositories: { shop: { services: [web, api] } }
access:
  ci:
    can: [push, \"ecr:CreateRepository\"]
    repositories: [shop]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main, \"release/*\"], tags: [\"v*\"] }
";

const EVERYTHING: &str = "{ as: ci, context: \"services/{service}\", platforms: [linux/amd64, linux/arm64], sign: true, sbom: true, \
    ensure_repository: true, findings: { block: [critical], review: [high, medium] }, gitops: { repository: example/gitops, \
    file: \"apps/{service}/values.yaml\", tag_at: image.tag, token_secret: GITOPS_TOKEN } }";

fn workflow(pipeline: &str) -> String {
    let files = shop(format!("{SPEC}pipelines: {{ build: {pipeline} }}\n")).files();
    files["for/example/shop/.github/workflows/build.yml"].clone()
}

#[test]
fn foreign_judges_accept_every_form() {
    for pipeline in ["{ as: ci }", EVERYTHING, "{ as: ci, findings: { block: [low] }, sign: true }"] {
        let text = workflow(pipeline);
        accept_github(&text);
        scripts(&text).iter().for_each(|script| accept(script));
    }
}

#[test]
fn credentials_come_after_lint_and_scan_and_pull_requests_get_none() {
    for pipeline in ["{ as: ci }", EVERYTHING] {
        let text = workflow(pipeline);
        let (test, publish) = text.split_once("\n  publish:\n").expect("the job");
        assert!(!test.contains("id-token") && !test.contains("configure-aws-credentials"), "{test}");
        assert!(!text.contains("pull_request_target") && text.contains("\npermissions: {}\n"), "{text}");
        assert!(publish.contains("github.event_name != 'pull_request'"), "{publish}");
        let place = |what: &str| publish.find(what).unwrap_or_else(|| panic!("{what} in {publish}"));
        let credentials = place("configure-aws-credentials");
        assert!(place("hadolint") < credentials && place("exit-code: \"1\"") < credentials, "{publish}");
        let scans = publish.rmatch_indices("trivy-action").chain(publish.rmatch_indices("sbom-action"));
        assert!(scans.into_iter().all(|(at, _)| at < credentials), "{publish}");
        assert!(
            publish.contains("role-to-assume: arn:aws:iam::111111111111:role/shop/shared/shop-shared-ci\n"),
            "{publish}"
        );
    }
}

/// Whether a job runs. jq evaluates its condition: the operators and the order of evaluation are those of GitHub (GitHub
/// documentation, "Evaluate expressions in workflows and actions").
fn runs(workflow: &str, job: &str, context: &serde_json::Value) -> bool {
    let (_, job) = workflow.split_once(&format!("\n  {job}:\n")).expect("the job");
    let line = job.lines().take_while(|line| line.starts_with("    ")).find_map(|line| line.strip_prefix("    if: "));
    let condition = line.expect("a condition").trim_start_matches("${{ ").trim_end_matches(" }}");
    let filter = [("github.", ".github."), ("needs.", ".needs."), ("'", "\""), ("&&", "and"), ("||", "or")]
        .into_iter()
        .fold(condition.replace("!cancelled()", "true"), |text, (of_github, of_jq)| text.replace(of_github, of_jq));
    let filter = format!("$c | {filter}");
    let output =
        Command::new("jq").args(["-n", "--argjson", "c", &context.to_string(), &filter]).output().expect("jq runs");
    String::from_utf8(output.stdout)
        .expect("text")
        .trim()
        .parse()
        .unwrap_or_else(|_| panic!("{filter}: {:?}", output.stderr))
}

/// A job whose condition is false has the result `skipped`, and so do pull requests with findings: no reviewer is asked about them.
#[test]
fn only_a_push_waits_for_reviewers() {
    let text = workflow(EVERYTHING);
    for (event, test, needed, review, reviewed_and_published) in [
        ("pull_request", "success", "true", "skipped", (false, false)),
        ("pull_request", "success", "", "skipped", (false, false)),
        ("push", "success", "true", "success", (true, true)),
        ("push", "success", "true", "failure", (true, false)),
        ("push", "success", "", "skipped", (false, true)),
        ("push", "failure", "", "skipped", (false, false)),
    ] {
        let context = json!({
            "github": { "event_name": event },
            "needs": { "test": { "result": test, "outputs": { "review": needed } }, "review": { "result": review } },
        });
        let found = (runs(&text, "review", &context), runs(&text, "publish", &context));
        assert_eq!(found, reviewed_and_published, "{context}");
    }
}

#[test]
fn a_push_starts_it_on_the_refs_of_the_access_entry() {
    let text = workflow("{ as: ci }");
    // In a filter of GitHub, `*` does not match `/`, but in a trust policy it does.
    let on = "on:\n  push:\n    branches: [main, \"release/**\"]\n    tags: [\"v**\"]\n  pull_request:\n";
    assert!(text.contains(on), "{text}");
}

/// The spec with other classes of image tags.
fn with_classes(classes: &str) -> String {
    let (before, rest) = SPEC.split_once("image_tags:").expect("classes");
    let (_, after) = rest.split_once("repositories:").expect("repositories");
    format!("{before}image_tags: {classes}\nrepositories:{after}pipelines: {{ build: {{ as: ci }} }}\n")
}

#[test]
fn a_pipeline_can_have_the_name_of_a_word_of_yaml() {
    for name in ["null", "true", "no"] {
        let files = shop(format!("{SPEC}pipelines: {{ \"{name}\": {{ as: ci }} }}\n")).files();
        let text = &files[&format!("for/example/shop/.github/workflows/{name}.yml")];
        assert!(text.contains(&format!("name: \"{name}\"\n\non:")), "{text}");
        accept_github(text);
    }
}

/// GitHub documentation, "Secrets reference": names do not begin with `GITHUB_`.
#[test]
fn the_token_is_not_in_a_secret_that_github_reserves() {
    let with =
        |name: &str| shop(format!("{SPEC}pipelines: {{ build: {} }}\n", EVERYTHING.replace("GITOPS_TOKEN", name)));
    for name in ["GITHUB_TOKEN", "GITHUB_", "1TOKEN", "A-B"] {
        assert_eq!(with(name).errors().len(), 1, "{name}");
    }
    for name in [
        "GITOPS_TOKEN",
        "GITHUB",
        "GITHUBS_TOKEN",
        "GITHOST_TOKEN",
        "GITHUT",
        "GITLAB_TOKEN",
        "PATH",
        "SERVICE",
        "MY_GITHUB_TOKEN",
    ] {
        assert!(with(name).errors().is_empty(), "{name}");
    }
}

/// A ref that starts the workflow although no class is for it fails in the script that chooses the tags.
#[test]
fn refs_that_cannot_get_a_tag_do_not_start_it() {
    for (classes, wanted) in [
        ("{ release: \"v{version}\" }", "    tags: [\"v**\"]\n"),
        ("{ raw: \"{git_tag}\", by-hand: \"{any}\", stable: { tag: stable, moving: true } }", "    tags: [\"v**\"]\n"),
        ("{ build: \"{sha:8}\" }", "    branches: [main, \"release/**\"]\n"),
        ("{ build: { tag: \"{sha:8}\", branch: main } }", "    branches: [main]\n"),
        (
            "{ build: { tag: \"{sha:8}\", branch: \"*/2\" }, release: \"v{version}\" }",
            "    branches: [\"release/**\"]\n    tags: [\"v**\"]\n",
        ),
        ("{ build: { tag: \"{sha:8}\", never_in: [shared] }, release: \"v{version}\" }", "    tags: [\"v**\"]\n"),
    ] {
        let files = shop(with_classes(classes)).files();
        let text = &files["for/example/shop/.github/workflows/build.yml"];
        assert!(text.contains(&format!("on:\n  push:\n{wanted}  pull_request:\n")), "{classes}: {text}");
        accept_github(text);
    }
}

#[test]
fn refuses_a_pipeline_without_refs_that_can_get_a_tag() {
    let only = |refs: &str, classes: &str| {
        with_classes(classes).replace("branches: [main, \"release/*\"], tags: [\"v*\"]", refs)
    };
    let all = "branches: [main, \"release/*\"], tags: [\"v*\"]";
    for (refs, classes, what, help) in [
        ("branches: [main]", "{ release: \"v{version}\" }", "branches", "`build: \"{branch}-{sha:8}\"`"),
        ("branches: [main]", "{ build: { tag: \"{sha}\", branch: dev } }", "branches", "`build: \"{branch}-{sha:8}\"`"),
        ("tags: [\"v*\"]", "{ build: \"{sha:8}\" }", "tags", "`release: \"v{version}\"`"),
        ("tags: [\"nightly-*\", \"web-v*\", v1, \"?.?\"]", "{ release: \"v{version}\" }", "tags", "`tags: [\"v*\"]`"),
        (
            all,
            "{ build: { tag: \"{sha}\", never_in: [shared] } }",
            "branches and tags",
            "`build: \"{branch}-{sha:8}\"`",
        ),
        (all, "none", "branches and tags", "`build: \"{branch}-{sha:8}\"`"),
    ] {
        let compiled = shop(only(refs, classes));
        let wanted = format!(
            "no class of image tags in environment `shared` is for the {what} of access entry `ci`, so no push starts the pipeline"
        );
        assert_eq!(compiled.errors(), [wanted.as_str()], "{classes}");
        let found = compiled.findings().iter().find(|finding| finding.message == wanted).expect("the error");
        assert!(found.help.as_ref().is_some_and(|text| text.contains(help)), "{:?}", found.help);
    }
    // Versions, with or without a `v` in front (semver.org, version 2.0.0), and whatever may be one.
    for (tags, classes) in [
        ("\"*\"", "{ release: \"{version}\" }"),
        ("\"v1.*\"", "{ release: \"{version}\" }"),
        ("\"?.?.?\"", "{ release: \"{version}\" }"),
        ("\"*-rc*\"", "{ release: \"{version}\" }"),
        ("\"nightly-*\"", "{ raw: \"{git_tag}\", release: \"v{version}\" }"),
    ] {
        let compiled = shop(only(&format!("tags: [{tags}]"), classes));
        assert_eq!(compiled.errors(), [""; 0], "{tags}");
    }
    // A class with an error may be the one that is for them.
    let broken = shop(only("branches: [main]", "{ release: \"v{version}\", build: \"-{sha:8}\" }"));
    assert_eq!(broken.errors(), ["an image tag cannot begin with `-`"]);
}

/// The tags that the script chooses, or what it says.
fn tags(classes: &str, service: &str, ref_type: &str, ref_name: &str) -> Result<String, String> {
    let files = shop(with_classes(classes)).files();
    let script = script_with(&files["for/example/shop/.github/workflows/build.yml"], "GITHUB_REF_TYPE");
    accept(&script);
    let stage = Stage::with(&[]);
    stage.program("date", "echo 20261127201500");
    let environment = [
        ("SERVICE", service),
        ("GITHUB_REF_TYPE", ref_type),
        ("GITHUB_REF_NAME", ref_name),
        ("GITHUB_SHA", "d2ba07eb0123456789abcdef0123456789abcdef"),
    ];
    let output = stage.run(&script, &environment);
    match output.status.success() {
        true => Ok(stage.written("GITHUB_OUTPUT").trim_end().trim_start_matches("tags=").to_owned()),
        false => Err(String::from_utf8(output.stderr).expect("UTF-8").trim_end().to_owned()),
    }
}

/// What `ecrgen tag` gives the same build, sorted.
fn computed(classes: &str, ref_type: &str, ref_name: &str) -> Vec<String> {
    let compiled = shop(format!("image_tags: {classes}\nrepositories: {{ shop: {{ services: [web, api] }} }}\n"));
    let name = ref_name.to_owned();
    let build = Build {
        reference: if ref_type == "tag" { Reference::Tag(name) } else { Reference::Branch(name) },
        commit: "d2ba07eb0123456789abcdef0123456789abcdef".to_owned(),
        time: parse_time("2026-11-27T20:15:00Z").expect("a time"),
    };
    let platform = compiled.platform();
    let all = tags_of(&platform.classes.here, Some("web"), &["web", "api"], &platform.scope, &build);
    let made = all.into_iter().filter_map(|one| match one.outcome {
        Outcome::Tag(tag) => Some(tag),
        Outcome::NotMade(_) | Outcome::Refused(_) => None,
    });
    sorted(&made.collect::<Vec<String>>().join(" "))
}

fn sorted(tags: &str) -> Vec<String> {
    let mut tags: Vec<String> = tags.split(' ').map(str::to_owned).collect();
    tags.sort();
    tags
}

/// The expected tags are those of the documents that the classes come from (`odc-v1.5.0`, `d2ba07eb-20251215013040`, …).
#[test]
fn the_tags_follow_from_the_classes() {
    let piksel = "{ release: \"{service}-v{version}\", development: \"{service}-{branch}-{sha:7}\", \
        latest: { tag: \"{service}-latest\", moving: true, branch: main } }";
    let services = "{ build: \"{sha:8}-{timestamp}\", commit: \"{sha}\", day: \"{date}-{sha:4}\", raw: \"{git_tag}\" }";
    let release = "{ release: { tag: \"{branch}-{sha:4}\", branch: \"release/*\" } }";
    for (classes, ref_type, ref_name, expected) in [
        (piksel, "branch", "main", "web-main-d2ba07e web-latest"),
        (piksel, "branch", "release/2.x", "web-release-2.x-d2ba07e"),
        (piksel, "branch", "Feature/Größe_1--", "web-feature-gr--e_1-d2ba07e"),
        (piksel, "tag", "v1.5.0", "web-v1.5.0"),
        (piksel, "tag", "v1.5.0-rc.1", "web-v1.5.0-rc.1"),
        (services, "branch", "main", "d2ba07eb-20261127201500 d2ba07eb0123456789abcdef0123456789abcdef 20261127-d2ba"),
        (services, "tag", "v1.5", "v1.5"),
        (release, "branch", "release/1", "release-1-d2ba"),
    ] {
        assert_eq!(tags(classes, "web", ref_type, ref_name), Ok(expected.to_owned()), "{ref_name}");
        assert_eq!(computed(classes, ref_type, ref_name), sorted(expected), "{ref_name}");
    }
    let long = "x".repeat(80);
    let slug = format!("web-{}-d2ba07e", "x".repeat(63));
    assert_eq!(tags(piksel, "web", "branch", &long), Ok(slug.to_string()));
}

#[test]
fn a_ref_without_a_valid_tag_fails() {
    let release = "{ release: \"v{version}\", latest: { tag: latest, branch: main }, slug: \"{branch}\", raw: \"raw-{git_tag}\" }";
    for (classes, ref_type, ref_name, expected) in [
        ("{ release: \"v{version}\" }", "branch", "main", "no class of image tags is for branch main"),
        ("{ release: \"v{version}\" }", "tag", "v1.5", "no class of image tags is for tag v1.5"),
        ("{ release: \"v{version}\" }", "tag", "v01.5.0", "no class of image tags is for tag v01.5.0"),
        (release, "branch", "v1.5.0", "branch v1.5.0 would get the tag v1.5.0, which is also a tag of class release"),
        (release, "branch", "latest", "branch latest would get the tag latest, which is also a tag of class latest"),
        (release, "branch", "---", "branch --- has no letter or digit that a tag can have"),
        (release, "tag", "a/b", "tag a/b would get the tag raw-a/b of class raw, which is not valid"),
        (release, "tag", "v1.5.0+x", "tag v1.5.0+x would get the tag v1.5.0+x of class release, which is not valid"),
    ] {
        assert_eq!(tags(classes, "web", ref_type, ref_name), Err(expected.to_owned()), "{ref_name}");
    }
}

#[test]
fn a_ref_cannot_run_anything() {
    for name in ["$(touch x)", "`id`", "a;id", "a\"b", "a b", "-n", "a'b"] {
        let found = tags("{ build: \"{branch}-{sha:4}\", raw: \"{git_tag}\" }", "web", "branch", name);
        assert!(found.is_ok_and(|tags| tags.ends_with("-d2ba") && !tags.contains(['$', '`', ';', '"', ' '])), "{name}");
        assert!(tags("{ raw: \"{git_tag}\" }", "web", "tag", name).is_err(), "{name}");
    }
}

/// The scripts of the job that pushes, in order, with recorders in place of the programs.
#[test]
fn the_scripts_call_the_programs_in_order() {
    let text = workflow(EVERYTHING);
    let publish = text.split_once("\n  publish:\n").expect("the job").1;
    let stage = Stage::with(&["cosign"]);
    stage.program("date", "echo 20261127201500");
    stage.program(
        "aws",
        "echo 'An error occurred (RepositoryAlreadyExistsException) when calling CreateRepository' >&2; exit 254",
    );
    let index = r#"{"manifests":[{"digest":"sha256:aa","platform":{"os":"linux","architecture":"amd64"}},{"digest":"sha256:bb","platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}"#;
    stage.program("docker", &format!("case $* in *imagetools*) echo '{index}' ;; esac"));
    stage.program("yq", "echo \"$VALUE\" > \"$3\"");
    stage.program("git", "case $* in 'diff '*) exit 1 ;; esac");
    for folder in ["services/web", "apps/web"] {
        std::fs::create_dir_all(stage.path(folder)).expect("a folder");
    }
    std::fs::write(stage.path("services/web/Dockerfile"), "FROM scratch\n").expect("a file");
    std::fs::write(stage.path("apps/web/values.yaml"), "").expect("a file");
    let image = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/shop";
    let signed = format!("{image}@sha256:cc");
    let mut said = Vec::new();
    for script in scripts(publish) {
        // What the steps before set: `env` of the step, with the outputs of those steps.
        let image_value = if script.contains("cosign sign") { signed.as_str() } else { image };
        let output = stage.run(
            &script,
            &[
                ("SERVICE", "web"),
                ("REPOSITORY", "shop"),
                ("CONTEXT", "services/web"),
                ("GITHUB_REF_TYPE", "branch"),
                ("GITHUB_REF_NAME", "main"),
                ("GITHUB_SHA", "d2ba07eb0123456789abcdef0123456789abcdef"),
                ("REGISTRY", "111111111111.dkr.ecr.eu-central-1.amazonaws.com"),
                ("TAGS", "web-main-d2ba07eb web-latest"),
                ("IMAGE", image_value),
                ("DIGEST", "sha256:cc"),
                ("FILE", "apps/web/values.yaml"),
            ],
        );
        assert!(output.status.success(), "{script}\n{output:?}");
        said.extend(stage.log().into_iter().filter(|line| !line.starts_with("date")));
    }
    let attest = |file: &str, digest: &str| {
        format!("cosign attest --yes --type spdxjson --predicate {file}.spdx.json {image}@sha256:{digest}")
    };
    let expected = [
        "docker run --rm -i hadolint/hadolint:v2.15.1".to_owned(),
        "aws ecr create-repository --repository-name shop".to_owned(),
        format!("cosign sign --yes --recursive {signed}"),
        format!("docker buildx imagetools inspect --raw {image}@sha256:cc"),
        attest("linux-amd64", "aa"),
        attest("linux-arm64", "bb"),
        "yq -i .[\"image\"][\"tag\"] = strenv(VALUE) apps/web/values.yaml".to_owned(),
        "git add -- apps/web/values.yaml".to_owned(),
        "git diff --cached --quiet".to_owned(),
        "git -c user.name=github-actions -c user.email=github-actions@users.noreply.github.com commit -q -m Deploy web web-main-d2ba07eb".to_owned(),
        "git push -q origin HEAD".to_owned(),
    ];
    assert_eq!(said, expected);
    assert_eq!(stage.written("apps/web/values.yaml"), "web-main-d2ba07eb\n");
    let outputs = stage.written("GITHUB_OUTPUT");
    assert!(
        outputs
            .contains(&format!("name={image}\nreferences<<END\n{image}:web-main-d2ba07eb\n{image}:web-latest\nEND\n")),
        "{outputs}"
    );
}

#[test]
fn another_error_than_an_existing_repository_fails() {
    let script = script_with(&workflow(EVERYTHING), "create-repository");
    let stage = Stage::with(&["aws"]);
    assert!(stage.run(&script, &[("REPOSITORY", "shop")]).status.success());
    stage.program("aws", "echo AccessDeniedException >&2; exit 254");
    let output = stage.run(&script, &[("REPOSITORY", "shop")]);
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("AccessDeniedException"));
}

/// Whether the role of the pipeline accepts these claims.
fn is_admitted(compiled: &Compiled, claims: serde_json::Value) -> bool {
    let policies = emit(compiled.platform());
    let permissions = [EffectivePermissions::of(&policies)];
    let token = Token::read(&claims.to_string()).expect("claims");
    TokenAnswer::of(&token, &permissions, compiled.sources()).is_admitted()
}

/// The forms of the subject are those of GitHub's documentation, "OpenID Connect reference".
#[test]
fn the_role_accepts_the_tokens_of_the_jobs_and_no_others() {
    let compiled = shop(format!("{SPEC}pipelines: {{ build: {{ as: ci }} }}\n"));
    let claims = |subject: &str, git_ref: &str, id: &str| {
        json!({
            "iss": "https://token.actions.githubusercontent.com",
            "aud": "sts.amazonaws.com",
            "sub": subject,
            "ref": git_ref,
            "repository_id": id,
            "repository_owner_id": "1111",
        })
    };
    for git_ref in ["refs/heads/main", "refs/heads/release/2", "refs/tags/v1.5.0"] {
        for prefix in ["repo:example/shop", "repo:example@1111/shop@2222"] {
            assert!(
                is_admitted(&compiled, claims(&format!("{prefix}:ref:{git_ref}"), git_ref, "2222")),
                "{prefix} {git_ref}"
            );
        }
    }
    for (subject, git_ref, id) in [
        ("repo:example/shop:ref:refs/heads/feature", "refs/heads/feature", "2222"),
        ("repo:example/shop:ref:refs/tags/nightly", "refs/tags/nightly", "2222"),
        ("repo:example/shop:pull_request", "refs/pull/1/merge", "2222"),
        ("repo:example/shop:environment:production", "refs/heads/main", "2222"),
        // A fork, and a repository that took over the name.
        ("repo:stranger/shop:ref:refs/heads/main", "refs/heads/main", "3333"),
        ("repo:example/shop:ref:refs/heads/main", "refs/heads/main", "3333"),
    ] {
        assert!(!is_admitted(&compiled, claims(subject, git_ref, id)), "{subject}");
    }
}

#[test]
fn an_environment_of_the_entry_is_that_of_the_job() {
    let spec = SPEC.replace("tags: [\"v*\"]", "tags: [\"v*\"], environments: [registry]");
    let files = shop(format!("{spec}pipelines: {{ build: {{ as: ci }} }}\n")).files();
    let text = &files["for/example/shop/.github/workflows/build.yml"];
    let (test, publish) = text.split_once("\n  publish:\n").expect("the job");
    assert!(!test.contains("environment:") && publish.contains("    environment: registry\n"), "{text}");
}

#[test]
fn without_an_account_a_variable_has_it() {
    let spec = SPEC.replace("account: \"111111111111\"\n", "");
    let files = shop(format!("{spec}pipelines: {{ build: {{ as: ci }} }}\n")).files();
    let text = &files["for/example/shop/.github/workflows/build.yml"];
    assert!(
        text.contains("role-to-assume: arn:aws:iam::${{ vars.AWS_ACCOUNT_ID }}:role/shop/shared/shop-shared-ci\n"),
        "{text}"
    );
}

#[test]
fn refuses_entries_that_cannot_push() {
    let with = |can: &str, principal: &str, pipeline: &str| {
        let spec = SPEC.split("    can:").next().expect("before").to_owned();
        shop(format!(
            "{spec}    can: {can}\n    repositories: [shop]\n    {principal}\npipelines: {{ build: {{ {pipeline} }} }}\n"
        ))
    };
    let github = "github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }";
    for (can, principal, pipeline, code, wanted) in [
        (
            "[pull]",
            github,
            "as: ci",
            "pipeline-cannot-push",
            "access entry `ci` cannot push: it lacks ecr:InitiateLayerUpload",
        ),
        (
            "[push]",
            github,
            "as: ci, ensure_repository: true",
            "pipeline-cannot-push",
            "`ensure_repository` needs `create`, which access entry `ci` does not have",
        ),
        ("[push]", github, "as: cd", "unknown-access", "access entry `cd` does not exist"),
        (
            "[push]",
            "roles: [builder]",
            "as: ci",
            "bad-pipeline",
            "access entry `ci` is for `roles`, which has no image pipelines",
        ),
        ("[push]", github, "as: ci, host: gitlab", "bad-pipeline", "`host` is only for pipelines with `checks`"),
        ("[push]", github, "checks: [fmt], sign: true", "bad-pipeline", "`sign` is only for pipelines with `as`"),
        (
            "[push]",
            github,
            "as: ci, findings: { block: [high], review: [high] }",
            "bad-pipeline",
            "`high` cannot both fail the build and be reviewed",
        ),
        (
            "[push]",
            "github: { repository: example/shop, owner_id: 1, repository_id: 2, environments: [a, b], branches: [main] }",
            "as: ci",
            "bad-pipeline",
            "access entry `ci` has several environments, but a job runs in one",
        ),
        (
            "[push]",
            "github: { repository: example/shop, owner_id: 1, repository_id: 2, environments: [a] }",
            "as: ci",
            "bad-pipeline",
            "access entry `ci` has no branches and no tags, so no push starts the pipeline",
        ),
    ] {
        let compiled = with(can, principal, pipeline);
        assert_eq!(compiled.errors(), [wanted], "{pipeline}");
        assert!(compiled.codes().contains(&code), "{:?}", compiled.codes());
    }
}

/// A matrix without images would be a workflow that GitHub rejects.
#[test]
fn an_entry_with_only_a_prefix_has_nothing_to_build() {
    let spec = SPEC.replace("    repositories: [shop]", "    repositories: [team]");
    let template = "repository_templates: { team: { created_by: [push] } }";
    let compiled = shop(format!("{spec}{template}\npipelines: {{ build: {{ as: ci }} }}\n"));
    assert_eq!(compiled.errors(), ["access entry `ci` covers no repository of this spec"]);
}
