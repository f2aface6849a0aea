//! GitHub Actions (GitHub documentation, "OpenID Connect reference").

use super::{Claims, compiled, entry, role, with};

const GITHUB: &str = "token.actions.githubusercontent.com";
const IDS: &str = "repository: O/web, owner_id: 11, repository_id: 22";

/// The token for a push to `main` of a repository with the immutable form of the subject.
fn token() -> Claims<'static> {
    vec![
        ("sub", "repo:O@11/web@22:ref:refs/heads/main"),
        ("aud", "sts.amazonaws.com"),
        ("repository_id", "22"),
        ("repository_owner_id", "11"),
    ]
}

#[test]
fn accepts_only_the_branch_in_both_forms_of_the_subject() {
    let role = role(&format!("github: {{ {IDS}, branches: [main] }}"));
    let others = [
        ("sub", "repo:O@11/web@22:ref:refs/heads/main2"),
        ("sub", "repo:O@11/web@22:ref:refs/tags/main"),
        ("sub", "repo:O@11/web@22:pull_request"),
        ("sub", "repo:O@11/web@22:environment:main"),
        ("sub", "repo:O@11/web@222:ref:refs/heads/main"),
        ("sub", "repo:O@11/web2@22:ref:refs/heads/main"),
        ("sub", "repo:o/web:ref:refs/heads/main"),
        ("aud", "https://github.com/O"),
        ("repository_id", "2"),
        ("repository_owner_id", "111"),
    ];
    role.takes_only(GITHUB, &token(), &others);
    role.takes_only(GITHUB, &with(&token(), ("sub", "repo:O/web:ref:refs/heads/main")), &others);
}

#[test]
fn accepts_tags_that_match_a_pattern() {
    let role = role(&format!("github: {{ {IDS}, tags: [\"v*\"] }}"));
    let tag = with(&token(), ("sub", "repo:O/web:ref:refs/tags/v1.2"));
    role.takes_only(GITHUB, &tag, &[("sub", "repo:O/web:ref:refs/heads/v1"), ("sub", "repo:O/web:ref:refs/tags/x")]);
}

#[test]
fn a_colon_in_an_environment_is_encoded() {
    let role = role(&format!("github: {{ {IDS}, environments: [\"prod: EU\"] }}"));
    let job = with(&token(), ("sub", "repo:O/web:environment:prod%3A EU"));
    role.takes_only(
        GITHUB,
        &job,
        &[("sub", "repo:O/web:environment:prod: EU"), ("sub", "repo:O/web:environment:prod")],
    );
}

#[test]
fn an_environment_is_not_an_iam_variable() {
    let role = role(&format!("github: {{ {IDS}, environments: [\"${{aws}}\"] }}"));
    role.takes_only(GITHUB, &with(&token(), ("sub", "repo:O/web:environment:${aws}")), &[]);
}

#[test]
fn branches_narrow_the_access_of_environments() {
    let role = role(&format!("github: {{ {IDS}, environments: [prod], branches: [main] }}"));
    let mut job = with(&token(), ("sub", "repo:O@11/web@22:environment:prod"));
    job.push(("ref", "refs/heads/main"));
    role.takes_only(GITHUB, &job, &[("ref", "refs/heads/dev"), ("sub", "repo:O@11/web@22:ref:refs/heads/main")]);
}

#[test]
fn a_reusable_workflow_adds_a_condition() {
    let workflow = "O/lib/.github/workflows/build.yml@refs/tags/v1";
    let role = role(&format!("github: {{ {IDS}, branches: [main], workflow: \"{workflow}\" }}"));
    let mut job = token();
    job.push(("job_workflow_ref", workflow));
    role.takes_only(GITHUB, &job, &[("job_workflow_ref", "O/lib/.github/workflows/build.yml@refs/heads/main")]);
}

/// A pull request has the subject `repo:O/R:pull_request` whatever its branches, and no other event has it.
#[test]
fn accepts_pull_requests_if_the_spec_admits_them() {
    let pull_request = with(&token(), ("sub", "repo:O@11/web@22:pull_request"));
    let only = role(&format!("github: {{ {IDS}, pull_requests: true }}"));
    only.takes_only(GITHUB, &pull_request, &[("sub", "repo:O@11/web@22:ref:refs/heads/main"), ("repository_id", "2")]);
    only.takes_only(GITHUB, &with(&token(), ("sub", "repo:O/web:pull_request")), &[("sub", "repo:P/web:pull_request")]);
    let both = role(&format!("github: {{ {IDS}, branches: [main], pull_requests: true }}"));
    assert!(both.takes(GITHUB, &pull_request) && both.takes(GITHUB, &token()));
    let neither = role(&format!("github: {{ {IDS}, branches: [main], pull_requests: false }}"));
    assert!(!neither.takes(GITHUB, &pull_request));
}

/// The subject of a job with an environment names only the environment; the ref of a pull request is `refs/pull/N/merge`.
#[test]
fn pull_requests_narrow_the_access_of_environments() {
    let role = role(&format!("github: {{ {IDS}, environments: [preview], branches: [main], pull_requests: true }}"));
    let mut job = with(&token(), ("sub", "repo:O@11/web@22:environment:preview"));
    job.push(("ref", "refs/pull/7/merge"));
    role.takes_only(
        GITHUB,
        &job,
        &[("ref", "refs/heads/dev"), ("ref", "refs/pull/7/head"), ("sub", "repo:O@11/web@22:pull_request")],
    );
    assert!(role.takes(GITHUB, &with(&job, ("ref", "refs/heads/main"))));
}

#[test]
fn warns_about_pull_requests_that_can_change_images() {
    let codes = |can: &str, more: &str| {
        let github = format!("github: {{ {IDS}, {more} }}");
        compiled(&entry(&github).replace("[push]", can)).codes()
    };
    for can in ["[push]", "[delete]", "[create]", "[\"ecr:PutLifecyclePolicy\"]"] {
        let codes = codes(can, "branches: [main], pull_requests: true");
        assert!(codes.contains(&"pull-request-trust"), "{can}: {codes:?}");
    }
    assert_eq!(codes("[pull, read]", "pull_requests: true"), [""; 0]);
    assert_eq!(codes("[push]", "branches: [main], pull_requests: false"), [""; 0]);
    // The environment decides which pull requests are admitted, for example with required reviewers.
    assert_eq!(codes("[push]", "environments: [preview], pull_requests: true"), [""; 0]);
    assert_eq!(codes("[pull]", "pull_requests: false"), ["missing-subject"]);
}

#[test]
fn an_audience_is_accepted_by_the_role_and_by_a_created_provider() {
    let github = format!("github: {{ {IDS}, branches: [main], audience: acme-registry }}");
    let token = with(&token(), ("aud", "acme-registry"));
    role(&github).takes_only(GITHUB, &token, &[("aud", "sts.amazonaws.com"), ("aud", "acme")]);
    let other = "  b: { can: [pull], repositories: [web], github: { repository: O/b, owner_id: 11, repository_id: 23, branches: [main] } }\n";
    let compiled = compiled(&format!("oidc_providers: {{ github: create }}\n{}{other}", entry(&github)));
    assert_eq!(compiled.codes(), [""; 0]);
    let provider = &compiled.files()["prod/ecr/oidc_providers.tf"];
    assert!(provider.contains(r#"client_id_list = ["acme-registry", "sts.amazonaws.com"]"#), "{provider}");
}

#[test]
fn accepts_each_of_several_repositories() {
    let several =
        "repositories: { O/web: { owner_id: 11, repository_id: 22 }, P/docs: { owner_id: 12, repository_id: 23 } }";
    let role = role(&format!("github: {{ {several}, branches: [main] }}"));
    let others = [
        ("sub", "repo:O@11/docs@22:ref:refs/heads/main"),
        ("sub", "repo:O/docs:ref:refs/heads/main"),
        ("sub", "repo:O@11/web@22:ref:refs/heads/dev"),
        ("repository_id", "24"),
        ("repository_owner_id", "13"),
    ];
    role.takes_only(GITHUB, &token(), &others);
    let docs = vec![
        ("sub", "repo:P@12/docs@23:ref:refs/heads/main"),
        ("aud", "sts.amazonaws.com"),
        ("repository_id", "23"),
        ("repository_owner_id", "12"),
    ];
    role.takes_only(GITHUB, &docs, &others);
}

/// A condition on the IDs of some repositories would keep out the others, so they are pinned if all are known.
#[test]
fn warns_about_repositories_without_their_ids() {
    let codes = |github: &str| compiled(&entry(&format!("github: {{ {github}, branches: [main] }}"))).codes();
    assert_eq!(codes("repositories: { O/web: { owner_id: 1, repository_id: 2 }, O/docs: {} }"), ["github-ids-missing"]);
    assert_eq!(codes("repositories: { O/web: { owner_id: 1, repository_id: 2 } }"), [""; 0]);
    for both in ["repository: O/a", "organization: O", "owner_id: 1", "repository_id: 2"] {
        let codes = codes(&format!("repositories: {{ O/web: {{ owner_id: 1, repository_id: 2 }} }}, {both}"));
        assert_eq!(codes, ["keys-exclude-each-other"], "{both}");
    }
    let some = role(
        "github: { repositories: { O/web: { owner_id: 11, repository_id: 22 }, O/docs: { owner_id: 11 } }, branches: [main] }",
    );
    let docs =
        vec![("sub", "repo:O/docs:ref:refs/heads/main"), ("aud", "sts.amazonaws.com"), ("repository_owner_id", "11")];
    some.takes_only(GITHUB, &docs, &[("repository_owner_id", "12")]);
}

#[test]
fn an_enterprise_has_its_own_issuer() {
    let role = role(&format!("github: {{ {IDS}, branches: [main], enterprise: acme-inc }}"));
    role.takes_only(&format!("{GITHUB}/acme-inc"), &token(), &[("aud", "x")]);
    assert!(!role.takes(GITHUB, &token()), "a token from outside the enterprise");
}

#[test]
fn a_server_is_trusted_by_subject_and_audience() {
    let role = role("github: { url: \"https://git.example.com\", repository: O/web, branches: [main] }");
    let token = vec![("sub", "repo:O/web:ref:refs/heads/main"), ("aud", "sts.amazonaws.com")];
    role.takes_only("git.example.com/_services/token", &token, &[("sub", "repo:O/web:ref:refs/heads/x")]);
}

#[test]
fn rejects_conditions_on_claims_of_a_server_that_aws_does_not_read() {
    for more in ["repository_id: 22", "owner_id: 11", "workflow: \"O/l/.github/workflows/b.yml@refs/tags/v1\""] {
        let github =
            format!("github: {{ url: \"https://git.example.com\", repository: O/web, branches: [main], {more} }}");
        assert_eq!(compiled(&entry(&github)).codes(), ["unknown-claim"], "{more}");
    }
}

/// The tokens of ghe.com contain the same IDs as those of github.com.
#[test]
fn a_subdomain_of_ghe_com_has_both_forms_of_the_subject_and_the_ids() {
    let role = role(&format!("github: {{ url: \"https://acme.ghe.com\", {IDS}, branches: [main] }}"));
    for subject in ["repo:O/web:ref:refs/heads/main", "repo:O@11/web@22:ref:refs/heads/main"] {
        let ids = [("repository_id", "22"), ("repository_owner_id", "11")];
        let token = [vec![("sub", subject), ("aud", "sts.amazonaws.com")], ids.to_vec()].concat();
        let others =
            [("sub", "repo:O@11/web@2:ref:refs/heads/main"), ("repository_id", "23"), ("repository_owner_id", "12")];
        role.takes_only("token.actions.acme.ghe.com", &token, &others);
    }
}

/// `*` in `StringLike` matches any characters (IAM user guide, "Condition operators").
#[test]
fn warns_about_a_wildcard_that_continues_the_name_of_a_branch() {
    let codes = |branches: &str| compiled(&entry(&format!("github: {{ {IDS}, branches: [{branches}] }}"))).codes();
    for open in ["\"main*\"", "main, \"release*\"", "\"team/dev*\""] {
        assert_eq!(codes(open), ["open-branch-name"], "{open}");
    }
    for fixed in ["main, \"main/*\"", "\"release-*\"", "\"v*\"", "\"release/v1*\"", "\"feature/*\""] {
        assert_eq!(codes(fixed), [""; 0], "{fixed}");
    }
    let gitlab = compiled(&entry("gitlab: { project: o/web, project_id: 1, branches: [\"main*\"] }"));
    assert_eq!(gitlab.codes(), ["open-branch-name"]);
    assert_eq!(
        gitlab.findings()[0].help.as_deref(),
        Some("write `main` for this branch, or `main/*` for the branches below it")
    );
}

#[test]
fn warns_about_trust_in_any_branch_or_tag() {
    for refs in ["branches: [\"*\"]", "tags: [\"*\"]", "branches: [main, \"*\"]"] {
        assert_eq!(compiled(&entry(&format!("github: {{ {IDS}, {refs} }}"))).codes(), ["any-branch-trust"], "{refs}");
    }
    assert_eq!(
        compiled(&entry(&format!("github: {{ {IDS}, branches: [\"*\"], environments: [prod] }}"))).codes(),
        [""; 0]
    );
}

#[test]
fn rejects_a_provider_of_another_issuer() {
    let github = |name: &str, more: &str| {
        format!(
            "  {name}: {{ can: [push], repositories: [web], github: {{ repository: O/web, owner_id: 1, repository_id: 2, branches: [main]{more} }} }}\n"
        )
    };
    let both = format!("access:\n{}{}", github("a", ""), github("b", ", enterprise: acme"));
    let enterprise = format!("access:\n{}", github("a", ", enterprise: acme"));
    let provider = |of: &str| format!("oidc_providers: {{ github: {of} }}\n");
    let arn = |issuer: &str| provider(&format!("\"arn:aws:iam::123456789012:oidc-provider/{issuer}\""));
    for (spec, expected) in [
        (both.clone(), vec![]),
        (provider("existing") + &both, vec![]),
        (provider("create") + &both, vec!["provider-of-another-issuer"]),
        (provider("look_up") + &both, vec!["provider-of-another-issuer"]),
        (provider("create") + &enterprise, vec![]),
        (arn(GITHUB) + &enterprise, vec!["provider-of-another-issuer"]),
        (arn(&format!("{GITHUB}/acme")) + &enterprise, vec![]),
        (arn(GITHUB) + &entry(&format!("github: {{ {IDS}, branches: [main] }}")), vec![]),
    ] {
        assert_eq!(compiled(&spec).codes(), expected, "{spec}");
    }
}
