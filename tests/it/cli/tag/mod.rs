//! `ecrgen tag`: where the build comes from, what is printed, and the exit status.

use std::process::Command;

use serde_json::{Value, json};

use crate::harness::{Case, Outcome, repository};

const SPEC: &str = "platform: shop
region: eu-central-1
environments: { dev: {}, prod: {} }
image_tags:
  release: \"{service}-v{version}\"
  build: \"{service}-{branch}-{sha:8}\"
  latest: { tag: \"{service}-latest\", moving: true, branch: main, never_in: [prod, live] }
repositories: { apps: { services: [cart, search] } }
names: { repository: \"{environment}/{repository}\" }
";

const COMMIT: &str = "d2ba07eb5b0f2a1c3d4e5f60718293a4b5c6d7e8";

/// The variables of CI that a developer's shell or the CI of ecrgen may have.
const VARIABLES: &[&str] = &[
    "GITHUB_REF",
    "GITHUB_SHA",
    "GITLAB_CI",
    "CI_COMMIT_TAG",
    "CI_COMMIT_BRANCH",
    "CI_COMMIT_SHA",
    "CI_MERGE_REQUEST_REF_PATH",
    "CI_PIPELINE_CREATED_AT",
];

fn case() -> Case {
    Case::new().file("ecrgen.yaml", SPEC)
}

/// Runs `ecrgen tag` with these arguments, separated by spaces, and these variables.
fn tag(case: &Case, arguments: &str, variables: &[(&str, &str)]) -> Outcome {
    let arguments: Vec<&str> = ["tag"].into_iter().chain(arguments.split_whitespace()).collect();
    let mut command = case.command(&arguments);
    for name in VARIABLES {
        command.env_remove(name);
    }
    // No repository above the temporary folder counts.
    command.env("GIT_CEILING_DIRECTORIES", std::env::temp_dir()).envs(variables.iter().copied());
    let output = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Outcome { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

fn document(outcome: &Outcome) -> Value {
    serde_json::from_str(&outcome.out).unwrap_or_else(|error| panic!("{error}: {outcome:?}"))
}

#[test]
fn prints_one_tag_per_line() {
    let options = format!("--environment dev --service cart --ref refs/heads/main --sha {COMMIT}");
    let outcome = tag(&case(), &options, &[]);
    assert_eq!(
        (outcome.status, outcome.out.as_str(), outcome.err.as_str()),
        (0, "cart-main-d2ba07eb\ncart-latest\n", "")
    );
    let release = format!("--service search --ref refs/tags/v1.5.0 --sha {COMMIT}");
    assert_eq!(tag(&case(), &release, &[]).out, "search-v1.5.0\n");
}

#[test]
fn takes_the_build_from_ci() {
    let github = [("GITHUB_ACTIONS", "true"), ("GITHUB_REF", "refs/heads/Fix/A"), ("GITHUB_SHA", COMMIT)];
    assert_eq!(tag(&case(), "--service cart", &github).out, "cart-fix-a-d2ba07eb\n");
    let tagged = [("GITLAB_CI", "true"), ("CI_COMMIT_TAG", "v2.0.0"), ("CI_COMMIT_SHA", COMMIT)];
    assert_eq!(tag(&case(), "--service cart", &tagged).out, "cart-v2.0.0\n");
    let created = "2026-11-27T23:30:00+02:00";
    let branch = [
        ("GITLAB_CI", "true"),
        ("CI_COMMIT_TAG", ""),
        ("CI_COMMIT_BRANCH", "develop"),
        ("CI_COMMIT_SHA", COMMIT),
        ("CI_PIPELINE_CREATED_AT", created),
    ];
    let outcome = document(&tag(&case(), "--service cart --format json", &branch));
    assert_eq!(outcome["tags"][0]["tag"], "cart-develop-d2ba07eb");
    assert_eq!(outcome["time"], "2026-11-27T21:30:00Z");
    // Options are stronger.
    assert_eq!(tag(&case(), "--service cart --ref refs/tags/v1.0.0", &github).out, "cart-v1.0.0\n");
}

#[test]
fn a_pull_request_gets_no_tags_and_the_reasons_are_printed() {
    let github = [("GITHUB_ACTIONS", "true"), ("GITHUB_REF", "refs/pull/7/merge"), ("GITHUB_SHA", COMMIT)];
    let outcome = tag(&case(), "--service cart --environment dev", &github);
    assert_eq!((outcome.status, outcome.out.as_str()), (1, ""));
    assert_eq!(
        outcome.err,
        "no image tags for refs/pull/7/merge\n  class release: it is for builds of git tags\n  class build: it is for \
         builds of branches\n  class latest: it is for builds of branch `main`\n"
    );
    let gitlab =
        [("GITLAB_CI", "true"), ("CI_MERGE_REQUEST_REF_PATH", "refs/merge-requests/1/head"), ("CI_COMMIT_SHA", COMMIT)];
    assert_eq!(tag(&case(), "--service cart", &gitlab).status, 1);
}

#[test]
fn takes_the_build_from_git() {
    let case = case();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(case.path(""))
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
            .args(arguments);
        let output = command.output().expect("git runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
    };
    let err = |outcome: Outcome| {
        assert_eq!(outcome.status, 2, "{outcome:?}");
        outcome.err
    };
    let none = "error: no git repository is here, and CI sets no variables; pass --ref and --sha\n";
    assert_eq!(err(tag(&case, "--service cart", &[])), none);
    git(&["init", "--quiet", "--initial-branch", "topic/one"]);
    let no_commit = "error: the git repository has no commit; pass --sha HASH\n";
    assert_eq!(err(tag(&case, "--service cart", &[])), no_commit);
    git(&["commit", "--quiet", "--allow-empty", "--message", "one"]);
    let commit = git(&["rev-parse", "HEAD"]);
    let expected = format!("cart-topic-one-{}\n", &commit[..8]);
    assert_eq!(tag(&case, "--service cart", &[]).out, expected);
    git(&["checkout", "--quiet", "--detach"]);
    let detached = "error: no branch is checked out here; pass --ref refs/heads/NAME or --ref refs/tags/NAME\n";
    assert_eq!(err(tag(&case, "--service cart", &[])), detached);
}

#[test]
fn refuses_at_the_place_of_the_class() {
    let options = format!("--environment dev --service cart --ref refs/heads/v1.5.0 --sha {COMMIT}");
    let outcome = tag(&case(), &options, &[]);
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
    assert_eq!(
        outcome.err,
        "error: the image cannot get its tags\n  ecrgen.yaml:6:10 (class `build`): `cart-v1.5.0-d2ba07eb` is also a tag of \
         class `release`\n"
    );
    let outcome = document(&tag(&case(), &format!("{options} --format json"), &[]));
    assert_eq!(outcome["error"]["message"], "the image cannot get its tags");
}

#[test]
fn bad_questions_are_errors() {
    let build = format!("--ref refs/heads/topic --sha {COMMIT}");
    for (arguments, expected) in [
        (build.clone(), "error: select one of several services with --service: cart, search\n"),
        (format!("{build} --service carts"), "error: the service `carts` does not exist: did you mean `cart`?\n"),
        (
            format!("--ref refs/heads/main --sha {COMMIT} --service cart"),
            "error: the tags differ between the environments dev and prod; select one with --environment\n",
        ),
        (
            "--ref v1.5.0 --service cart".to_owned(),
            "error: --ref: write refs/heads/v1.5.0 for a branch, or refs/tags/v1.5.0 for a git tag\n",
        ),
        (
            "--ref refs/heads/main --sha HEAD --service cart".to_owned(),
            "error: --sha: `head` is not the hash of a commit, which has 40 or 64 hexadecimal digits\n",
        ),
        (
            format!("{build} --service cart --environment test"),
            "error: the environment `test` does not exist: environments: dev, prod\n",
        ),
    ] {
        let outcome = tag(&case(), &arguments, &[]);
        assert_eq!((outcome.status, outcome.out.as_str(), outcome.err.as_str()), (2, "", expected), "{arguments}");
    }
    let broken = Case::new().file("ecrgen.yaml", SPEC.replace("{branch}", "{brand}"));
    let outcome = tag(&broken, "--parse x", &[]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.err.contains("ecrgen.yaml:6:10"), "{}", outcome.err);
    assert!(
        outcome.err.ends_with("error: cannot find image tags because of errors in ecrgen.yaml\n"),
        "{}",
        outcome.err
    );
}

#[test]
fn names_the_class_of_a_tag() {
    let outcome = tag(&case(), "--parse cart-fix-a-d2ba07eb", &[]);
    assert_eq!(
        (outcome.status, outcome.out.as_str()),
        (
            0,
            "cart-fix-a-d2ba07eb is a tag of class build\n  branch        fix-a\n  service       cart\n  sha           \
             d2ba07eb\n  exists in     dev, prod\n"
        )
    );
    let outcome = document(&tag(&case(), "--parse cart-v1.5.0-d2ba07eb --format json", &[]));
    assert_eq!(
        outcome,
        json!({
            "format_version": 2,
            "tag": "cart-v1.5.0-d2ba07eb",
            "deployable": null,
            "reading": {
                "class": "build",
                "environments": ["dev", "prod"],
                "never_in": [],
                "values": { "service": "cart", "branch": "v1.5.0", "sha": "d2ba07eb" },
            },
            "others": [{
                "class": "release",
                "environments": ["dev", "prod"],
                "never_in": [],
                "values": { "service": "cart", "version": "1.5.0-d2ba07eb" },
            }],
        })
    );
    let outcome = tag(&case(), "--parse nothing", &[]);
    assert_eq!((outcome.status, outcome.out.as_str()), (1, "`nothing` is not a tag of any class\n"));
    let cosign = format!("--parse sha256-{COMMIT}{}.sig", &COMMIT[..24]);
    assert!(tag(&case(), &cosign, &[]).out.contains("is a tag of class cosign\n"));
}

#[test]
fn tells_what_can_be_deployed() {
    for (question, status, out) in [
        ("--parse cart-latest --deployable prod", 1, "no: cart-latest of class latest is never in prod\n"),
        ("--parse cart-latest --deployable live", 1, "no: cart-latest of class latest is never in live\n"),
        ("--parse cart-latest --deployable dev", 0, "yes: cart-latest of class latest can be deployed to dev\n"),
        ("--parse cart-v1.0.0 --deployable prod", 0, "yes: cart-v1.0.0 of class release can be deployed to prod\n"),
        ("--parse other --deployable prod", 1, "`other` is not a tag of any class\n"),
    ] {
        let outcome = tag(&case(), question, &[]);
        assert!(outcome.out.starts_with(out), "{question}: {outcome:?}");
        assert_eq!((outcome.status, outcome.err.as_str()), (status, ""), "{question}");
    }
    // A build has only the tags that can be deployed there.
    let build = format!("--environment dev --service cart --ref refs/heads/main --sha {COMMIT} --deployable live");
    assert_eq!(tag(&case(), &build, &[]).out, "cart-main-d2ba07eb\n");
    let misspelled = tag(&case(), "--parse cart-latest --deployable prd", &[]);
    assert_eq!(misspelled.err, "note: the spec does not mention the environment `prd`: did you mean `prod`?\n");
}

#[test]
fn a_document_has_the_tags_and_what_is_omitted() {
    let options =
        format!("--environment dev --service cart --ref refs/heads/main --sha {COMMIT} --time 2026-11-27T10:30:00Z");
    assert_eq!(
        document(&tag(&case(), &format!("{options} --format json"), &[])),
        json!({
            "format_version": 2,
            "platform": "shop",
            "environment": "dev",
            "service": "cart",
            "ref": "refs/heads/main",
            "sha": COMMIT,
            "time": "2026-11-27T10:30:00Z",
            "tags": [
                { "tag": "cart-main-d2ba07eb", "class": "build", "moving": null, "never_in": [] },
                { "tag": "cart-latest", "class": "latest", "moving": true, "never_in": ["prod", "live"] },
            ],
            "omitted": [{ "class": "release", "reason": "it is for builds of git tags" }],
        })
    );
}

#[test]
fn the_blueprint_has_its_tags() {
    let spec = repository().join("specs/piksel.yaml").display().to_string();
    let on =
        |reference: &str| tag(&Case::new(), &format!("{spec} --service odc --ref {reference} --sha {COMMIT}"), &[]).out;
    assert_eq!(on("refs/tags/v1.5.0"), "odc-v1.5.0\n");
    assert_eq!(on("refs/heads/main"), "odc-main-d2ba07e\nodc-latest\n");
    assert_eq!(on("refs/heads/develop"), "odc-develop-d2ba07e\n");
}
