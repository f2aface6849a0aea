//! GitLab CI (GitLab documentation, "OpenID Connect (OIDC) authentication using ID tokens").

use super::{Claims, compiled, entry, role, with};

const PROJECT: &str = "project: group/sub/web, project_id: 42";

fn token() -> Claims<'static> {
    vec![
        ("sub", "project_path:group/sub/web:ref_type:branch:ref:main"),
        ("aud", "sts.amazonaws.com"),
        ("project_id", "42"),
    ]
}

#[test]
fn accepts_only_the_branch_by_path_or_by_id() {
    let role = role(&format!("gitlab: {{ {PROJECT}, branches: [main] }}"));
    let others = [
        ("sub", "project_path:group/sub/web:ref_type:branch:ref:main2"),
        ("sub", "project_path:group/sub/web:ref_type:tag:ref:main"),
        ("sub", "project_path:group/web:ref_type:branch:ref:main"),
        ("sub", "project_path:group/sub/web-evil:ref_type:branch:ref:main"),
        ("sub", "project_path:Group/sub/web:ref_type:branch:ref:main"),
        ("sub", "project_id:4:ref_type:branch:ref:main"),
        ("aud", "https://gitlab.com"),
        ("project_id", "43"),
    ];
    role.takes_only("gitlab.com", &token(), &others);
    role.takes_only("gitlab.com", &with(&token(), ("sub", "project_id:42:ref_type:branch:ref:main")), &others);
}

#[test]
fn accepts_tags_that_match_a_pattern() {
    let role = role(&format!("gitlab: {{ {PROJECT}, tags: [\"v*\"] }}"));
    let tag = with(&token(), ("sub", "project_path:group/sub/web:ref_type:tag:ref:v1.2"));
    let others = [
        ("sub", "project_path:group/sub/web:ref_type:branch:ref:v1"),
        ("sub", "project_path:group/sub/web:ref_type:tag:ref:1"),
    ];
    role.takes_only("gitlab.com", &tag, &others);
}

#[test]
fn accepts_each_of_several_projects() {
    let role = role(
        "gitlab: { projects: { group/sub/web: { project_id: 42 }, group/docs: { project_id: 43 } }, branches: [main] }",
    );
    let others = [
        ("sub", "project_path:group/sub/docs:ref_type:branch:ref:main"),
        ("sub", "project_path:group/docs:ref_type:branch:ref:dev"),
        ("sub", "project_id:44:ref_type:branch:ref:main"),
        ("project_id", "44"),
    ];
    role.takes_only("gitlab.com", &token(), &others);
    let docs = vec![
        ("sub", "project_path:group/docs:ref_type:branch:ref:main"),
        ("aud", "sts.amazonaws.com"),
        ("project_id", "43"),
    ];
    role.takes_only("gitlab.com", &docs, &others);
}

#[test]
fn each_of_several_projects_needs_its_id() {
    let codes = |gitlab: &str| compiled(&entry(&format!("gitlab: {{ {gitlab}, branches: [main] }}"))).codes();
    assert_eq!(codes("projects: { g/p: { project_id: 1 }, g/q: {}, g/r: {} }"), ["gitlab-id-missing"; 2]);
    assert_eq!(codes("projects: { g/p: { project_id: 1 } }"), [""; 0]);
    assert_eq!(codes("projects: { g/p: { project_id: 1 } }, project: g/p"), ["keys-exclude-each-other"]);
    assert_eq!(codes("projects: { g/p: { project_id: 1 } }, project_id: 1"), ["keys-exclude-each-other"]);
}

#[test]
fn accepts_only_protected_refs() {
    let role = role(&format!("gitlab: {{ {PROJECT}, branches: [main], protected: true }}"));
    let mut protected = token();
    protected.push(("ref_protected", "true"));
    role.takes_only("gitlab.com", &protected, &[("ref_protected", "false")]);
}

#[test]
fn accepts_a_custom_audience() {
    let role = role(&format!("gitlab: {{ {PROJECT}, branches: [main], audience: \"https://gitlab.com\" }}"));
    let token = with(&token(), ("aud", "https://gitlab.com"));
    role.takes_only("gitlab.com", &token, &[("aud", "sts.amazonaws.com")]);
}

#[test]
fn accepts_a_project_on_a_self_hosted_instance_by_path() {
    let role = role("gitlab: { url: \"https://git.example.com/lab\", project: group/web, branches: [main] }");
    let token = vec![("sub", "project_path:group/web:ref_type:branch:ref:main"), ("aud", "sts.amazonaws.com")];
    let others = [("sub", "project_path:group/web2:ref_type:branch:ref:main")];
    role.takes_only("git.example.com/lab", &token, &others);
    assert!(!role.takes("gitlab.com", &token));
}

/// AWS does not read the project ID from these tokens, so only the subject can contain it.
#[test]
fn accepts_a_project_on_a_self_hosted_instance_by_id() {
    let role = role(&format!("gitlab: {{ url: \"https://git.example.com\", {PROJECT}, branches: [main] }}"));
    let token = vec![("sub", "project_id:42:ref_type:branch:ref:main"), ("aud", "sts.amazonaws.com")];
    let others = [
        ("sub", "project_id:4:ref_type:branch:ref:main"),
        ("sub", "project_path:group/sub/web:ref_type:branch:ref:main"),
    ];
    role.takes_only("git.example.com", &token, &others);
}

#[test]
fn reports_unsafe_trust() {
    for (more, expected) in [
        ("project: g/p, branches: [main]", "gitlab-id-missing"),
        ("project: g/p, project_id: 1", "missing-subject"),
        ("project: g/p, project_id: 1, branches: [\"*\"]", "any-branch-trust"),
        ("project: g/p, project_id: 1, tags: [\"*\"]", "any-branch-trust"),
        ("project: g/p, branches: [main], protected: true, url: \"https://git.example.com\"", "unknown-claim"),
    ] {
        assert_eq!(compiled(&entry(&format!("gitlab: {{ {more} }}"))).codes(), [expected], "{more}");
    }
    for more in [
        "project: g/p, project_id: 1, branches: [main, \"release/*\"], tags: [\"v*\"]",
        "project: g/p, project_id: 1, branches: [\"*\"], protected: true",
        "project: g/p, branches: [main], url: \"https://git.example.com\"",
    ] {
        assert_eq!(compiled(&entry(&format!("gitlab: {{ {more} }}"))).codes(), [""; 0], "{more}");
    }
}

#[test]
fn two_instances_need_two_providers() {
    let entry = |name: &str, url: &str| {
        format!("  {name}: {{ can: [push], repositories: [web], gitlab: {{ {PROJECT}, branches: [main]{url} }} }}\n")
    };
    let two = format!("access:\n{}{}", entry("a", ""), entry("b", ", url: \"https://git.example.com\""));
    assert_eq!(compiled(&two).codes(), [""; 0]);
    assert_eq!(
        compiled(&format!("oidc_providers: {{ gitlab: create }}\n{two}")).codes(),
        ["provider-of-another-issuer"]
    );
    assert_eq!(compiled(&format!("outputs: {{ x: oidc_providers.gitlab.arn }}\n{two}")).codes(), ["unknown-output"]);
}
