//! The pipelines that check pull requests.

use super::judges::{accept_github, accept_gitlab};
use super::scripts::{Stage, accept, has, script_with, scripts};
use crate::harness::{Compiled, shop};

const SUM: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Two environments, of which one applies; every check; each way to install ecrgen.
fn spec(install: &str, host: &str) -> String {
    format!(
        "platform: shop\nregion: eu-central-1\nrepositories: {{ cart: {{}} }}\n\
         names: {{ repository: \"{{environment}}-{{repository}}\" }}\n\
         pipelines: {{ infra: {{ checks: all, host: {host}, specs: [specs/shop.yaml], install: {install} }} }}\n\
         environments:\n  dev: {{}}\n  prod:\n    pipelines:\n      infra: {{ apply: {{ role: \"arn:aws:iam::111111111111:role/apply\", \
         environment: production, branch: trunk }} }}\n"
    )
}

const INSTALLS: [&str; 4] = [
    "{ git: \"https://github.com/example/ecrgen\" }",
    "{ git: \"https://github.com/example/ecrgen\", rev: 0123456789abcdef0123456789abcdef01234567 }",
    "{ archive: \"https://example.com/ecrgen.tar.gz\", sha256: SUM }",
    "runner",
];

fn workflow(install: &str, host: &str) -> String {
    let files = Compiled::of(spec(&install.replace("SUM", SUM), host)).files();
    let path = if host == "github" { ".github/workflows/infra.yml" } else { ".gitlab-ci/infra.yml" };
    files[path].clone()
}

#[test]
fn foreign_judges_accept_every_form() {
    for install in INSTALLS {
        accept_github(&workflow(install, "github"));
        accept_gitlab(&workflow(install, "gitlab"));
    }
}

#[test]
fn shellcheck_accepts_every_script() {
    for install in INSTALLS {
        for host in ["github", "gitlab"] {
            let found = scripts(&workflow(install, host));
            assert!(found.len() > 7, "{host}: {found:#?}");
            found.iter().for_each(|script| accept(script));
        }
    }
}

#[test]
fn actions_are_pinned_and_only_the_apply_gets_a_token() {
    let text = workflow(INSTALLS[0], "github");
    let pinned = regex_lite::Regex::new(r"uses: [a-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9]+[.][0-9]+[.][0-9]+$").unwrap();
    let uses: Vec<&str> = text.lines().filter(|line| line.contains("uses:")).collect();
    assert!(uses.len() > 8 && uses.iter().all(|line| pinned.is_match(line)), "{uses:#?}");
    assert!(!text.contains("pull_request_target") && text.contains("\npermissions: {}\n"), "{text}");
    let (before, apply) = text.split_once("\n  apply-prod:\n").expect("the job");
    assert!(!before.contains("write") && apply.matches("id-token: write").count() == 1, "{text}");
    assert!(apply.contains("    needs: [drift, terraform-dev, terraform-prod, tflint, trivy]\n"), "{apply}");
    assert!(apply.contains("    if: github.event_name == 'push' && github.ref_name == 'trunk'\n"), "{apply}");
    assert!(apply.contains("    environment: production\n"), "{apply}");
}

#[test]
fn only_the_apply_gets_a_token_on_gitlab() {
    let text = workflow(INSTALLS[0], "gitlab");
    let (before, apply) = text.split_once("\ninfra-apply-prod:\n").expect("the job");
    assert!(!before.contains("id_tokens") && apply.contains("      aud: sts.amazonaws.com\n"), "{text}");
    let rule = "    - if: $CI_PIPELINE_SOURCE == \"push\" && $CI_COMMIT_BRANCH == \"trunk\"\n      when: manual\n";
    assert!(apply.contains(rule) && apply.contains("  environment: production\n"), "{apply}");
}

#[test]
fn the_drift_check_compares_with_the_base_branch() {
    let script = script_with(&workflow("runner", "github"), "ecrgen check");
    let stage = Stage::with(&["ecrgen"]);
    assert!(stage.run(&script, &[("GITHUB_BASE_REF", "release/a b;c")]).status.success());
    assert_eq!(stage.log(), ["ecrgen check --base origin/release/a b;c --format github specs/shop.yaml"]);
    // After a merge, there is no base branch.
    assert!(stage.run(&script, &[]).status.success());
    assert_eq!(stage.log(), ["ecrgen check --format github specs/shop.yaml"]);
    stage.program("ecrgen", "exit 1");
    assert!(!stage.run(&script, &[]).status.success());
}

#[test]
fn the_drift_check_compares_with_the_target_branch_on_gitlab() {
    let script = script_with(&workflow("runner", "gitlab"), "ecrgen check");
    let stage = Stage::with(&["ecrgen", "git"]);
    assert!(stage.run(&script, &[("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")]).status.success());
    assert_eq!(stage.log(), ["git fetch --no-tags origin main", "ecrgen check --base FETCH_HEAD specs/shop.yaml"]);
    assert!(stage.run(&script, &[]).status.success());
    assert_eq!(stage.log(), ["ecrgen check specs/shop.yaml"]);
}

#[test]
fn git_installs_the_version_that_rendered_the_workflow_or_a_commit() {
    let stage = Stage::with(&["cargo"]);
    let tag = format!("--tag v{}", env!("CARGO_PKG_VERSION"));
    for (install, commit) in
        [(INSTALLS[0], tag.as_str()), (INSTALLS[1], "--rev 0123456789abcdef0123456789abcdef01234567")]
    {
        for host in ["github", "gitlab"] {
            assert!(stage.run(&script_with(&workflow(install, host), "cargo"), &[]).status.success());
            let expected = format!("cargo install --locked --git https://github.com/example/ecrgen {commit} ecrgen");
            assert_eq!(stage.log(), [expected], "{host}");
        }
    }
}

#[test]
fn an_archive_is_unpacked_only_if_its_checksum_is_right() {
    let stage = Stage::with(&[]);
    std::fs::write(stage.path("ecrgen"), "program").expect("a file");
    let mut tar = std::process::Command::new("tar");
    tar.arg("-czf").arg(stage.path("made.tar.gz")).arg("-C").arg(stage.path("")).arg("ecrgen");
    assert!(tar.status().expect("tar").success());
    let sum =
        std::process::Command::new("sha256sum").arg(stage.path("made.tar.gz")).output().expect("sha256sum").stdout;
    let sum = String::from_utf8(sum).expect("UTF-8").split(' ').next().expect("a checksum").to_owned();
    stage.program("curl", &format!("cp '{}' /tmp/ecrgen.tar.gz", stage.path("made.tar.gz").display()));
    for (checksum, is_right) in [(sum.as_str(), true), (SUM, false)] {
        let temporary = stage.path(checksum);
        std::fs::create_dir(&temporary).expect("a folder");
        let install = INSTALLS[2].replace("SUM", checksum);
        let script = script_with(&workflow(&install, "github"), "curl");
        let output = stage.run(&script, &[("RUNNER_TEMP", &temporary.display().to_string())]);
        assert_eq!(output.status.success(), is_right, "{output:?}");
        assert_eq!(has(&temporary, "ecrgen-bin/ecrgen"), is_right);
    }
    assert_eq!(stage.written("GITHUB_PATH"), format!("{}\n", stage.path(&sum).join("ecrgen-bin").display()));
}

#[test]
fn a_spec_without_environments_has_plain_names() {
    let files = shop("repositories: { cart: {} }\nworkspace: { organization: acme, terraform_version: 1.14.2 }\npipelines: { checks: { checks: [fmt, validate] } }\n").files();
    let text = &files[".github/workflows/checks.yml"];
    let jobs: Vec<&str> = text.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")).collect();
    assert!(jobs.contains(&"  terraform:") && !text.contains("apply") && !text.contains("drift"), "{text}");
    assert!(text.contains("          terraform fmt -check -diff shared/ecr shared/ecr-workspace\n"), "{text}");
    assert!(
        text.contains("          terraform_version: 1.14.2\n") || text.contains("terraform_version: \"1.14.2\""),
        "{text}"
    );
}

#[test]
fn refuses_keys_that_do_not_fit_together() {
    let apply = "apply: { role: \"arn:aws:iam::111111111111:role/a\", environment: production }";
    for (pipeline, more, wanted) in [
        ("checks: all", "", "the check `drift` runs ecrgen, and the pipeline does not state where ecrgen comes from"),
        ("checks: [drift], install: { archive: \"https://e.com/e.tar.gz\" }", "", "`archive` needs a checksum"),
        (
            "checks: [fmt], atlantis: true",
            "workspace: { organization: acme }\n",
            "the workspace applies the root module, so Atlantis must not apply it too",
        ),
        (
            &format!("checks: [fmt], {apply}"),
            "workspace: { organization: acme }\n",
            "the workspace applies the root module, so the pipeline must not apply it too",
        ),
        (
            &format!("checks: [fmt], atlantis: true, {apply}"),
            "",
            "the job `apply` applies the root module, so Atlantis must not apply it too",
        ),
    ] {
        let compiled = shop(format!("repositories: {{ shop: {{}} }}\n{more}pipelines: {{ p: {{ {pipeline} }} }}\n"));
        assert_eq!(compiled.errors(), [wanted], "{pipeline}");
        assert_eq!(compiled.codes()[0], "bad-pipeline");
    }
}

#[test]
fn two_pipelines_cannot_both_write_the_file_of_atlantis() {
    let spec = "repositories: { shop: {} }\npipelines: { p: { checks: [fmt], atlantis: true }, q: { checks: [fmt], atlantis: true } }\n";
    assert_eq!(shop(spec).codes(), ["files-collide"]);
}
