//! The pipelines that build and push images on GitLab.

use ecrgen::escape::yaml;
use ecrgen::iam::Token;
use ecrgen::permissions::EffectivePermissions;
use ecrgen::permissions::refusal::TokenAnswer;
use ecrgen::policies::emit;
use serde_json::json;

use super::deployments::Deployments;
use super::judges::accept_gitlab;
use super::scripts::{Stage, accept, script_with, scripts};
use crate::harness::{Compiled, shop};

const SPEC: &str = "\
account: \"111111111111\"
image_tags: { build: \"{service}-{branch}-{sha:8}\", release: \"{service}-v{version}\" }
repositories: { shop: { services: [web, api] } }
access:
  ci:
    can: [push, \"ecr:CreateRepository\"]
    repositories: [shop]
    gitlab: { project: example/sub/shop, project_id: 3333, branches: [main, \"release/*\"], tags: [\"v*\"], protected: true }
";

const EVERYTHING: &str =
    "{ as: ci, platforms: [linux/amd64, linux/arm64], sign: true, sbom: true, ensure_repository: true }";

const GITOPS: &str = "{ as: ci, gitops: { repository: example/sub/gitops, file: \"{service}/values.yaml\", image_at: image.name, \
    token_secret: GITOPS_TOKEN } }";

fn pipeline(pipeline: &str) -> String {
    let files = shop(format!("{SPEC}pipelines: {{ build: {pipeline} }}\n")).files();
    files["for/example/sub/shop/.gitlab-ci/build.yml"].clone()
}

#[test]
fn foreign_judges_accept_every_form() {
    for form in ["{ as: ci }", EVERYTHING, GITOPS] {
        let text = pipeline(form);
        accept_gitlab(&text);
        scripts(&text).iter().for_each(|script| accept(script));
    }
}

#[test]
fn only_the_job_that_publishes_gets_tokens() {
    let text = pipeline(EVERYTHING);
    let jobs: Vec<&str> = text.split("\n\n").filter(|job| job.starts_with("build-")).collect();
    let names: Vec<&str> = jobs.iter().filter_map(|job| job.split(':').next()).collect();
    assert_eq!(
        names,
        [
            "build-build-web",
            "build-scan-web",
            "build-publish-web",
            "build-build-api",
            "build-scan-api",
            "build-publish-api"
        ]
    );
    for job in jobs {
        let publishes = job.starts_with("build-publish-");
        assert_eq!(job.contains("id_tokens:"), publishes, "{job}");
        assert_eq!(
            job.contains("AWS_ROLE_ARN: arn:aws:iam::111111111111:role/shop/shared/shop-shared-ci\n"),
            publishes,
            "{job}"
        );
        // A merge request runs the other jobs, and never this one.
        assert_eq!(job.contains("  extends: .build\n"), !publishes, "{job}");
    }
    let rule = "$CI_PIPELINE_SOURCE == \"push\" && ($CI_COMMIT_BRANCH == \"main\" || $CI_COMMIT_BRANCH =~ /^release\\/.*$/ || \
        $CI_COMMIT_TAG =~ /^v.*$/) && $CI_COMMIT_REF_PROTECTED == \"true\"";
    assert_eq!(text.matches(rule).count(), 3, "{text}");
}

/// A ref that starts the job although no class is for it fails in the script that chooses the tags.
#[test]
fn refs_that_cannot_get_a_tag_do_not_start_the_job_that_publishes() {
    let of = |classes: &str| {
        let (before, rest) = SPEC.split_once("image_tags:").expect("classes");
        let (_, after) = rest.split_once('\n').expect("more");
        shop(format!("{before}image_tags: {classes}\n{after}pipelines: {{ build: {{ as: ci }} }}\n"))
    };
    let branches = "($CI_COMMIT_BRANCH == \"main\" || $CI_COMMIT_BRANCH =~ /^release\\/.*$/)";
    for (classes, wanted) in [
        ("{ release: \"v{version}\" }", "($CI_COMMIT_TAG =~ /^v.*$/)"),
        ("{ build: \"{sha:8}\" }", branches),
        ("{ build: \"{sha:8}\", release: { tag: \"v{version}\", never_in: [shared] } }", branches),
        (
            "{ build: { tag: \"{sha:8}\", branch: main }, release: \"v{version}\" }",
            "($CI_COMMIT_BRANCH == \"main\" || $CI_COMMIT_TAG =~ /^v.*$/)",
        ),
    ] {
        let files = of(classes).files();
        let text = &files["for/example/sub/shop/.gitlab-ci/build.yml"];
        let rule =
            format!("    - if: $CI_PIPELINE_SOURCE == \"push\" && {wanted} && $CI_COMMIT_REF_PROTECTED == \"true\"\n");
        assert_eq!(text.matches(&rule).count(), 3, "{classes}: {text}");
        accept_gitlab(text);
    }
    let wanted = "no class of image tags in environment `shared` is for the branches and tags of access entry `ci`, so no push starts \
                  the pipeline";
    assert_eq!(of("{ by-hand: \"{any}\" }").errors(), [wanted]);
}

#[test]
fn the_job_that_publishes_pushes_the_scanned_archive() {
    let text = pipeline(EVERYTHING);
    let publish = text.split_once("build-publish-web:").expect("the job").1.split_once("\n\n").expect("another job").0;
    let script = script_with(publish, "skopeo copy");
    let stage = Stage::with(&["apk", "cosign"]);
    stage.program("aws", "case $* in *get-login-password*) echo secret ;; esac");
    let index = r#"{"manifests":[{"digest":"sha256:aa","platform":{"os":"linux","architecture":"amd64"}},{"digest":"sha256:bb","platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}"#;
    stage.program("skopeo", &format!("case $* in *inspect*) printf %s '{index}' ;; *login*) cat > password ;; esac"));
    let token = stage.path("token").display().to_string();
    let auth = stage.path("auth/config.json").display().to_string();
    let registry = "111111111111.dkr.ecr.eu-central-1.amazonaws.com";
    let output = stage.run(
        &script,
        &[
            ("SERVICE", "web"),
            ("REPOSITORY", "shop"),
            ("REGISTRY", registry),
            ("CI_COMMIT_TAG", "v1.5.0"),
            ("CI_COMMIT_SHA", "d2ba07eb0123456789abcdef0123456789abcdef"),
            ("AWS_ID_TOKEN", "the token"),
            ("AWS_WEB_IDENTITY_TOKEN_FILE", &token),
            ("REGISTRY_AUTH_FILE", &auth),
        ],
    );
    assert!(output.status.success(), "{output:?}");
    let image = format!("{registry}/shop");
    let said = stage.log();
    let digest = said.iter().find_map(|line| line.strip_prefix(&format!("cosign sign --yes --recursive {image}@")));
    let digest = digest.expect("a signature").to_owned();
    assert!(digest.starts_with("sha256:") && digest.len() == 71, "{digest}");
    let attest = |file: &str, digest: &str| {
        format!("cosign attest --yes --type spdxjson --predicate {file}.spdx.json {image}@sha256:{digest}")
    };
    let expected = [
        "apk add --no-cache aws-cli skopeo jq cosign".to_owned(),
        "aws ecr get-login-password".to_owned(),
        format!("skopeo login --username AWS --password-stdin {registry}"),
        "aws ecr create-repository --repository-name shop".to_owned(),
        format!("skopeo copy --all --preserve-digests oci-archive:image.tar docker://{image}:web-v1.5.0"),
        format!("skopeo inspect --raw docker://{image}:web-v1.5.0"),
        format!("cosign sign --yes --recursive {image}@{digest}"),
        attest("linux-amd64", "aa"),
        attest("linux-arm64", "bb"),
    ];
    assert_eq!(said, expected);
    assert_eq!((stage.written("token").as_str(), stage.written("password").as_str()), ("the token", "secret"));
}

/// Two services are deployed from the same state of the GitOps project, with a real Git. GitLab's documentation, "Predefined CI/CD
/// variables", has the variables of the server.
#[test]
fn the_job_that_publishes_updates_the_gitops_project() {
    let text = pipeline(GITOPS);
    let deployments = Deployments::new("example/sub/gitops", &["web/values.yaml", "api/values.yaml"]);
    let (server, image) = (deployments.server(), "111111111111.dkr.ecr.eu-central-1.amazonaws.com/shop");
    for (service, was_pushed_first) in [("web", false), ("api", true)] {
        let publish = text.split_once(&format!("build-publish-{service}:")).expect("the job").1;
        let publish = publish.split("\n\n").next().expect("the end of the job");
        assert!(publish.contains(&format!("    FILE: {service}/values.yaml\n")), "{publish}");
        let stage = Stage::with(&["apk", "aws", "skopeo"]);
        // Another job pushes between the clone and the push.
        let racing = Deployments::push_command(&server, "example/sub/gitops");
        let race = format!("[ -e raced ] || {{ touch raced; {racing}; }}");
        stage.program(
            "yq",
            &format!("echo \"$VALUE\" > \"$3\"\n{}", if was_pushed_first { race } else { String::new() }),
        );
        let output = stage.run(
            &script_with(publish, "skopeo copy"),
            &[
                ("SERVICE", service),
                ("REPOSITORY", "shop"),
                ("REGISTRY", "111111111111.dkr.ecr.eu-central-1.amazonaws.com"),
                ("FILE", &format!("{service}/values.yaml")),
                ("GITOPS_TOKEN", "secret"),
                ("CI_COMMIT_TAG", "v1.5.0"),
                ("CI_COMMIT_SHA", "d2ba07eb0123456789abcdef0123456789abcdef"),
                ("CI_SERVER_URL", &server),
                ("CI_SERVER_PROTOCOL", "https"),
                ("CI_SERVER_FQDN", "gitlab.example.com:8443"),
                ("AWS_ID_TOKEN", "the token"),
                ("AWS_WEB_IDENTITY_TOKEN_FILE", &stage.path("token").display().to_string()),
                ("REGISTRY_AUTH_FILE", &stage.path("auth/config.json").display().to_string()),
            ],
        );
        assert!(output.status.success(), "{output:?}");
        assert_eq!(deployments.read(&format!("{service}/values.yaml")), format!("{image}:{service}-v1.5.0\n"));
        assert_eq!(stage.written(".git-credentials"), "https://gitops:secret@gitlab.example.com:8443\n");
        assert!(stage.log().contains(&"apk add --no-cache aws-cli skopeo jq git yq-go".to_owned()));
    }
    let subjects = ["Deploy api api-v1.5.0", "another", "Deploy web web-v1.5.0", "first"];
    assert_eq!(deployments.subjects(), subjects);
}

/// The form of the subject is that of GitLab's documentation, "OpenID Connect (OIDC) authentication using ID tokens". The pipeline of a
/// merge request has the subject of its source branch.
#[test]
fn the_role_accepts_the_tokens_of_the_jobs_and_no_others() {
    let compiled = shop(format!("{SPEC}pipelines: {{ build: {{ as: ci }} }}\n"));
    let policies = emit(compiled.platform());
    let permissions = [EffectivePermissions::of(&policies)];
    let admits = |path: &str, id: &str, reference: &str, protected: &str| {
        let claims = json!({
            "iss": "https://gitlab.com",
            "aud": "sts.amazonaws.com",
            "sub": format!("{path}:{reference}"),
            "project_id": id,
            "ref_protected": protected,
        });
        TokenAnswer::of(&Token::read(&claims.to_string()).expect("claims"), &permissions, compiled.sources())
            .is_admitted()
    };
    for path in ["project_path:example/sub/shop", "project_id:3333"] {
        for reference in ["ref_type:branch:ref:main", "ref_type:branch:ref:release/2", "ref_type:tag:ref:v1.5.0"] {
            assert!(admits(path, "3333", reference, "true"), "{path} {reference}");
        }
        // A merge request from a branch, a branch that is not protected, and a tag named like the branch.
        for reference in ["ref_type:branch:ref:feature", "ref_type:tag:ref:main"] {
            assert!(!admits(path, "3333", reference, "true"), "{path} {reference}");
        }
        assert!(!admits(path, "3333", "ref_type:branch:ref:main", "false"), "{path}");
    }
    // A fork, and a project that took over the path.
    assert!(!admits("project_path:stranger/shop", "4444", "ref_type:branch:ref:main", "true"));
    assert!(!admits("project_path:example/sub/shop", "4444", "ref_type:branch:ref:main", "true"));
}

#[test]
fn refuses_what_only_workflows_of_github_can_do() {
    for (more, wanted) in [
        ("findings: { review: [high] }", "`review` works only with access entries for GitHub Actions"),
        (
            "gitops: { repository: o/.r, file: a.yaml, tag_at: a, token_secret: T }",
            "`o/.r` cannot be a repository on GitLab, where access entry `ci` runs",
        ),
    ] {
        let compiled = shop(format!("{SPEC}pipelines: {{ build: {{ as: ci, {more} }} }}\n"));
        assert_eq!(compiled.errors(), [wanted]);
        assert!(compiled.codes().contains(&"bad-pipeline"), "{:?}", compiled.codes());
    }
}

/// Names that are also words of YAML. With a dot in front of them, as hidden jobs have it, `inf` and `nan` are numbers.
#[test]
fn a_pipeline_can_have_any_name() {
    for name in ["null", "true", "no", "inf", "nan", "e-1"] {
        let image = shop(format!("{SPEC}pipelines: {{ \"{name}\": {EVERYTHING} }}\n")).files();
        let checks = format!("pipelines: {{ \"{name}\": {{ checks: all, host: gitlab, install: runner }} }}\n");
        let checks = shop(checks).files();
        for text in
            [&image[&format!("for/example/sub/shop/.gitlab-ci/{name}.yml")], &checks[&format!(".gitlab-ci/{name}.yml")]]
        {
            accept_gitlab(text);
            assert!(text.contains(&format!("#       - local: .gitlab-ci/{name}.yml\n")), "{text}");
            let hidden = yaml::scalar(&format!(".{name}"));
            assert!(
                text.contains(&format!("\n{hidden}:\n")) && text.contains(&format!("  extends: {hidden}\n")),
                "{text}"
            );
        }
    }
}

/// The pipeline with a GitOps project whose token is in this variable.
fn with_token_in(name: &str) -> Compiled {
    let pipeline = EVERYTHING.trim_end_matches(" }");
    let gitops = GITOPS.trim_start_matches("{ as: ci, ").replace("GITOPS_TOKEN", name);
    shop(format!("{SPEC}pipelines: {{ build: {pipeline}, {gitops} }}\n"))
}

/// The names are read from the job, and those of GitLab are from its documentation, "Predefined CI/CD variables".
#[test]
fn the_token_is_in_no_variable_that_the_job_has() {
    let files = with_token_in("GITOPS_TOKEN").files();
    let text = &files["for/example/sub/shop/.gitlab-ci/build.yml"];
    let publish = text.split_once("build-publish-web:").expect("the job").1.split("\n\n").next().expect("its end");
    let used = regex_lite::Regex::new(r"(?m)^ +([A-Z][A-Z0-9_]+)[:=]|[$][{]?([A-Z][A-Z0-9_]+)").expect("a pattern");
    let names = used.captures_iter(publish).filter_map(|found| found.get(1).or(found.get(2)));
    let mut names: Vec<&str> = names.map(|name| name.as_str()).filter(|name| *name != "GITOPS_TOKEN").collect();
    names.sort();
    names.dedup();
    assert!(
        ["SERVICE", "VALUE", "CI_SERVER_URL", "HOME", "SIGSTORE_ID_TOKEN"].iter().all(|name| names.contains(name)),
        "{names:?}"
    );
    for name in
        names.into_iter().chain(["PATH", "CI", "CI_JOB_TOKEN", "GITLAB_USER_LOGIN", "GITLAB_CI", "AWS_PROFILE", "IFS"])
    {
        let compiled = with_token_in(name);
        let [error] = compiled.errors()[..] else { panic!("{name}: {:?}", compiled.errors()) };
        assert!(error.starts_with(&format!("`{name}` cannot hold the token, because ")), "{error}");
        let found = compiled.findings().iter().find(|finding| finding.message == error).expect("the error");
        let span = found.labels[0].span;
        assert_eq!(&compiled.sources().file(span.file).text[span.start as usize..span.end as usize], name);
    }
    for name in ["GITOPS_TOKEN", "GITLAB_TOKEN", "CICD_TOKEN", "SERVICE_TOKEN", "TOKEN"] {
        assert!(with_token_in(name).errors().is_empty(), "{name}");
    }
}
