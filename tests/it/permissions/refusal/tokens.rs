//! Refused tokens, in the manner of public reports, each with its cause.

use ecrgen::permissions::refusal::Cause;
use serde_json::{Value, json};

/// A refused token.
pub struct Refused {
    /// What happened.
    pub name: &'static str,
    /// Its claims.
    pub claims: Value,
    /// The cause.
    pub cause: Cause,
    /// The key of the spec that the edit changes, or `+` and the kind of the entry that it adds. Empty if there is no edit.
    pub edit: &'static str,
}

/// A spec with entries of every kind that signs in with tokens, in both styles of YAML.
pub const SPEC: &str = "\
platform: shop
environment: shared
region: eu-central-1
repositories: { cart: {}, search: {} }
access:
  pipeline:
    can: [push]
    repositories: [cart]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main], tags: [\"v*\"] }
  deploy:
    can: [pull]
    repositories: all
    github:
      repository: example/deploy
      owner_id: 1111
      repository_id: 2223
      environments:
        - production   # with reviewers
  legacy:
    can: [push]
    repositories: [cart]
    github:
      repository: example/legacy
      branches: [main]
  shared-build:
    can: [push]
    repositories: [search]
    github: { repository: example/web, owner_id: 1111, repository_id: 2225, branches: [main], workflow: example/ci/.github/workflows/build.yml@refs/tags/v1 }
  teams:
    can: [pull]
    repositories: [search]
    github:
      repositories:
        example/team-a: { owner_id: 1111, repository_id: 2231 }
        example/team-b: { owner_id: 1111, repository_id: 2232 }
      branches: [main]
  preview:
    can: [pull]
    repositories: [cart]
    github:
      repository: example/preview
      owner_id: 1111
      repository_id: 2228
      branches: [main]
  gated: { can: [push], repositories: [search], github: { repository: example/gated, owner_id: 1111, repository_id: 2226, branches: [main], environments: [staging] } }
  library:
    can: [push]
    repositories: [cart]
    github: { repository: example/ci, owner_id: 1111, repository_id: 2227, branches: [main] }
  mirror:
    can: [push]
    repositories: [cart]
    gitlab: { project: example/mirror, project_id: 3333, branches: [main] }
  release:
    can: [push]
    repositories: [cart]
    gitlab: { project: example/release, project_id: 3334, branches: [main], protected: true }
  mirrors:
    can: [pull]
    repositories: [search]
    gitlab:
      projects: { example/mirror-a: { project_id: 3341 }, example/mirror-b: { project_id: 3342 } }
      branches: [main]
  plain:
    can: [push]
    repositories: [cart]
    gitlab:
      project: example/plain
      branches:
        - main
  infra:
    can: [push]
    repositories: [cart]
    hcp: { organization: example, workspace: images, phases: [apply] }
  circle:
    can: [push]
    repositories: [cart]
    oidc: { issuer: \"https://oidc.circleci.com/org/1a2b\", audience: 1a2b, subjects: [\"org/1a2b/project/3c4d/user/*\"] }
  bots:
    can: [pull]
    repositories: [cart]
    irsa: { cluster: eks, service_accounts: [ci/scanner] }
";

/// A token of GitHub Actions on `git_ref`. `ids` are those of owner and repository.
fn github(subject: &str, ids: (u64, u64), git_ref: &str) -> Value {
    json!({
        "iss": "https://token.actions.githubusercontent.com",
        "aud": "sts.amazonaws.com",
        "sub": subject,
        "ref": git_ref,
        "repository_owner_id": ids.0.to_string(),
        "repository_id": ids.1.to_string(),
    })
}

/// The same token with another claim.
fn with(mut claims: Value, claim: &str, value: &str) -> Value {
    claims[claim] = value.into();
    claims
}

/// A token of gitlab.com for a branch.
fn gitlab(path: &str, id: u64, branch: &str) -> Value {
    json!({
        "iss": "https://gitlab.com",
        "aud": "sts.amazonaws.com",
        "sub": format!("project_path:{path}:ref_type:branch:ref:{branch}"),
        "project_path": path,
        "project_id": id.to_string(),
        "pipeline_source": "push",
        "ref_protected": "true",
    })
}

fn hcp(project: &str, workspace: &str, phase: &str) -> Value {
    json!({
        "iss": "https://app.terraform.io",
        "aud": "aws.workload.identity",
        "sub": format!("organization:example:project:{project}:workspace:{workspace}:run_phase:{phase}"),
    })
}

fn pod(account: &str, audience: &str) -> Value {
    json!({
        "iss": "https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
        "aud": [audience],
        "sub": format!("system:serviceaccount:{account}"),
    })
}

fn circleci(subject: &str, audience: &str) -> Value {
    json!({ "iss": "https://oidc.circleci.com/org/1a2b", "aud": audience, "sub": subject })
}

fn refused(name: &'static str, cause: Cause, edit: &'static str, claims: Value) -> Refused {
    Refused { name, claims, cause, edit }
}

/// All refused tokens.
pub fn all() -> Vec<Refused> {
    let mut all = of_github_refs();
    all.extend(of_github_repositories());
    all.extend(of_github_jobs());
    all.extend(of_others());
    all
}

const SHOP: (u64, u64) = (1111, 2222);
const DEPLOY: (u64, u64) = (1111, 2223);
const MAIN: &str = "refs/heads/main";

fn of_github_refs() -> Vec<Refused> {
    let branch = |name: &str| format!("refs/heads/{name}");
    vec![
        refused(
            "a branch",
            Cause::OtherBranch,
            "branches",
            github("repo:example/shop:ref:refs/heads/develop", SHOP, &branch("develop")),
        ),
        refused(
            "a branch of one of several repositories",
            Cause::OtherBranch,
            "+github",
            github("repo:example@1111/team-b@2232:ref:refs/heads/next", (1111, 2232), &branch("next")),
        ),
        refused(
            "a branch with the immutable subject",
            Cause::OtherBranch,
            "branches",
            github("repo:example@1111/shop@2222:ref:refs/heads/feature/x", SHOP, &branch("feature/x")),
        ),
        refused(
            "a branch whose name YAML would read as a number",
            Cause::OtherBranch,
            "branches",
            github("repo:example/shop:ref:refs/heads/2026.1", SHOP, &branch("2026.1")),
        ),
        refused(
            "a branch of the default name of old repositories",
            Cause::OtherBranch,
            "branches",
            github("repo:example/legacy:ref:refs/heads/master", (1111, 5555), &branch("master")),
        ),
        refused(
            "a tag",
            Cause::OtherTag,
            "tags",
            github("repo:example/shop:ref:refs/tags/nightly", SHOP, "refs/tags/nightly"),
        ),
        refused(
            "a tag of an entry with branches only",
            Cause::OtherTag,
            "tags",
            github("repo:example/legacy:ref:refs/tags/v2.0.0", (1111, 5555), "refs/tags/v2.0.0"),
        ),
        refused(
            "a pull request",
            Cause::PullRequest,
            "",
            github("repo:example/shop:pull_request", SHOP, "refs/pull/7/merge"),
        ),
        refused(
            "a pull request with the immutable subject",
            Cause::PullRequest,
            "",
            github("repo:example@1111/shop@2222:pull_request", SHOP, "refs/pull/8/merge"),
        ),
        refused(
            "a pull request of a repository with environments",
            Cause::PullRequest,
            "",
            github("repo:example/deploy:pull_request", DEPLOY, "refs/pull/9/merge"),
        ),
        refused(
            "a pull request of an entry that only pulls",
            Cause::PullRequest,
            "pull_requests",
            github("repo:example@1111/preview@2228:pull_request", (1111, 2228), "refs/pull/3/merge"),
        ),
        refused(
            "the merge queue",
            Cause::MergeQueue,
            "branches",
            github(
                "repo:example/shop:ref:refs/heads/gh-readonly-queue/main/pr-12-0a1b2c",
                SHOP,
                "refs/heads/gh-readonly-queue/main/pr-12-0a1b2c",
            ),
        ),
    ]
}

fn of_github_repositories() -> Vec<Refused> {
    let main = |repository: &str, ids| github(&format!("repo:{repository}:ref:{MAIN}"), ids, MAIN);
    vec![
        refused("a fork", Cause::Fork, "+github", main("someone/shop", (7001, 7002))),
        refused(
            "a fork with the immutable subject",
            Cause::Fork,
            "+github",
            main("other@7003/shop@7004", (7003, 7004)),
        ),
        refused("deleted and created again", Cause::Recreated, "repository_id", main("example/shop", (1111, 9999))),
        refused(
            "created again with the immutable subject",
            Cause::Recreated,
            "repository_id",
            main("example@1111/shop@8888", (1111, 8888)),
        ),
        refused("another owner with the same name", Cause::Recreated, "owner_id", main("example/shop", (6666, 6667))),
        refused("renamed", Cause::Renamed, "repository", main("example/store", SHOP)),
        refused(
            "renamed, which changes the subject to the immutable one",
            Cause::Renamed,
            "repository",
            main("example@1111/storefront@2222", SHOP),
        ),
        refused(
            "transferred to another organization",
            Cause::Transferred,
            "repository",
            main("acme@4444/shop@2222", (4444, 2222)),
        ),
        refused("capitalization", Cause::Capitalization, "repository", main("Example/Shop", SHOP)),
        refused(
            "created after the change of subjects",
            Cause::ImmutableSubject,
            "repository_id",
            main("example@1111/legacy@5555", (1111, 5555)),
        ),
        refused(
            "created after the change of subjects, with an environment",
            Cause::ImmutableSubject,
            "+github",
            github("repo:example@1111/legacy@5555:environment:prod", (1111, 5555), MAIN),
        ),
        refused("renamed, one of several", Cause::Renamed, "+github", main("example@1111/team-c@2232", (1111, 2232))),
        refused(
            "created again, one of several",
            Cause::Recreated,
            "+github",
            main("example@1111/team-a@9990", (1111, 9990)),
        ),
        refused("another repository", Cause::OtherRepository, "+github", main("example/docs", (1111, 2300))),
        refused(
            "a reusable workflow of the repository in the spec",
            Cause::ReusableWorkflow,
            "+github",
            with(
                main("example/api", (1111, 2301)),
                "job_workflow_ref",
                "example/ci/.github/workflows/release.yml@refs/heads/main",
            ),
        ),
    ]
}

fn of_github_jobs() -> Vec<Refused> {
    let shop = format!("repo:example/shop:ref:{MAIN}");
    let web = || github(&format!("repo:example/web:ref:{MAIN}"), (1111, 2225), MAIN);
    vec![
        refused(
            "a job with an environment",
            Cause::JobEnvironment,
            "+github",
            github("repo:example/shop:environment:production", SHOP, MAIN),
        ),
        refused(
            "a job with an environment and the immutable subject",
            Cause::JobEnvironment,
            "+github",
            github("repo:example@1111/shop@2222:environment:Prod EU%3A1", SHOP, "refs/tags/v1.0.0"),
        ),
        refused(
            "a job without an environment",
            Cause::NoEnvironment,
            "+github",
            github(&format!("repo:example/deploy:ref:{MAIN}"), DEPLOY, MAIN),
        ),
        refused(
            "another environment",
            Cause::OtherEnvironment,
            "environments",
            github("repo:example/deploy:environment:staging", DEPLOY, MAIN),
        ),
        refused(
            "the environment with a capital letter",
            Cause::OtherEnvironment,
            "environments",
            github("repo:example/deploy:environment:Production", DEPLOY, MAIN),
        ),
        refused(
            "the environment on another branch",
            Cause::RefInEnvironment,
            "branches",
            github("repo:example/gated:environment:staging", (1111, 2226), "refs/heads/hotfix"),
        ),
        refused(
            "GitHub's own audience",
            Cause::Audience,
            "",
            with(github(&shop, SHOP, MAIN), "aud", "https://github.com/example"),
        ),
        refused(
            "the audience of China",
            Cause::Audience,
            "",
            with(github(&shop, SHOP, MAIN), "aud", "sts.amazonaws.com.cn"),
        ),
        refused(
            "another version of the reusable workflow",
            Cause::OtherWorkflow,
            "+github",
            with(web(), "job_workflow_ref", "example/ci/.github/workflows/build.yml@refs/tags/v2"),
        ),
        refused(
            "a job that calls no reusable workflow",
            Cause::OtherWorkflow,
            "+github",
            with(web(), "job_workflow_ref", "example/web/.github/workflows/ci.yml@refs/heads/main"),
        ),
        refused(
            "a subject with a further claim",
            Cause::SubjectTemplate,
            "",
            github(
                "repo:example/deploy:environment:production:job_workflow_ref:example/ci/.github/workflows/a.yml@refs/heads/main",
                DEPLOY,
                MAIN,
            ),
        ),
        refused(
            "a subject without the repository",
            Cause::SubjectTemplate,
            "",
            github("repository_owner:example:repository_visibility:private", SHOP, MAIN),
        ),
        refused(
            "the issuer of an enterprise",
            Cause::EnterpriseIssuer,
            "",
            with(github(&shop, SHOP, MAIN), "iss", "https://token.actions.githubusercontent.com/example-inc"),
        ),
    ]
}

fn of_others() -> Vec<Refused> {
    let merge_request = with(gitlab("example/mirror", 3333, "feature/y"), "pipeline_source", "merge_request_event");
    let by_id = with(gitlab("example/plain", 3335, "main"), "sub", "project_id:3335:ref_type:branch:ref:main");
    vec![
        refused("a branch in GitLab", Cause::OtherBranch, "branches", gitlab("example/mirror", 3333, "develop")),
        refused("a branch in a block of YAML", Cause::OtherBranch, "branches", gitlab("example/plain", 3335, "next")),
        refused(
            "a branch of one of several projects",
            Cause::OtherBranch,
            "+gitlab",
            gitlab("example/mirror-b", 3342, "next"),
        ),
        refused(
            "renamed, one of several projects",
            Cause::Renamed,
            "+gitlab",
            gitlab("example/mirror-c", 3342, "main"),
        ),
        refused("a merge request", Cause::MergeRequest, "branches", merge_request),
        refused("a fork in GitLab", Cause::Fork, "+gitlab", gitlab("someone/mirror", 7777, "main")),
        refused("renamed in GitLab", Cause::Renamed, "project", gitlab("example/mirrors", 3333, "main")),
        refused("created again in GitLab", Cause::Recreated, "project_id", gitlab("example/mirror", 3999, "main")),
        refused(
            "an unprotected branch",
            Cause::UnprotectedRef,
            "+gitlab",
            with(gitlab("example/release", 3334, "main"), "ref_protected", "false"),
        ),
        refused("the ID first", Cause::SubjectById, "project_id", by_id),
        refused(
            "the old audience of GitLab",
            Cause::Audience,
            "+gitlab",
            with(gitlab("example/mirror", 3333, "main"), "aud", "https://gitlab.com"),
        ),
        refused("the plan of a run", Cause::RunPhase, "phases", hcp("Default Project", "images", "plan")),
        refused("another project of HCP", Cause::OtherWorkspace, "+hcp", hcp("Registries", "images", "apply")),
        refused("another workspace", Cause::OtherWorkspace, "+hcp", hcp("Default Project", "network", "apply")),
        refused(
            "another service account",
            Cause::ServiceAccount,
            "service_accounts",
            pod("ci:mover", "sts.amazonaws.com"),
        ),
        refused(
            "another namespace",
            Cause::ServiceAccount,
            "service_accounts",
            pod("default:scanner", "sts.amazonaws.com"),
        ),
        refused(
            "a token for the cluster itself",
            Cause::Audience,
            "",
            pod("ci:scanner", "https://kubernetes.default.svc"),
        ),
        refused(
            "a project of CircleCI",
            Cause::OtherSubject,
            "subjects",
            circleci("org/1a2b/project/5e6f/user/7a8b", "1a2b"),
        ),
        refused(
            "an audience of CircleCI",
            Cause::Audience,
            "",
            circleci("org/1a2b/project/3c4d/user/7a8b", "sts.amazonaws.com"),
        ),
        refused(
            "another service that issues tokens",
            Cause::OtherIssuer,
            "",
            json!({ "iss": "https://agent.buildkite.com", "aud": "sts.amazonaws.com", "sub": "organization:example:pipeline:shop" }),
        ),
    ]
}
