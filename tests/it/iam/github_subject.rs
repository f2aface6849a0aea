//! Subjects of GitHub tokens, in the forms that the GitHub documentation shows.

use ecrgen::iam::{ForgeIds, GithubContext, GithubRepository, GithubSubject};
use proptest::prelude::*;

fn repository(owner: &str, name: &str, ids: Option<(u64, u64)>) -> Option<GithubRepository> {
    let ids = ids.map(|(owner, repository)| ForgeIds { owner, repository });
    Some(GithubRepository { owner: owner.into(), name: name.into(), ids })
}

/// Checks that the text parses as this subject, and that the subject is written as this text.
fn assert_round_trip(text: &str, subject: &GithubSubject) {
    assert_eq!(text.parse().as_ref(), Ok(subject));
    assert_eq!(subject.to_string(), text);
}

#[test]
fn round_trips_each_context_in_legacy_and_immutable_form() {
    let contexts = [
        ("ref:refs/heads/main", GithubContext::Branch("main".into())),
        ("ref:refs/heads/release/1.x", GithubContext::Branch("release/1.x".into())),
        ("ref:refs/tags/v1.2.3", GithubContext::Tag("v1.2.3".into())),
        ("ref:refs/pull/7/merge", GithubContext::Ref("refs/pull/7/merge".into())),
        ("environment:prod", GithubContext::Environment("prod".into())),
        ("environment:Production%3AV1", GithubContext::Environment("Production:V1".into())),
        ("pull_request", GithubContext::PullRequest),
    ];
    for (text, context) in contexts {
        let with = |repository| GithubSubject { repository, context: Some(context.clone()), others: Vec::new() };
        assert_round_trip(
            &format!("repo:octo-org/octo.repo_1:{text}"),
            &with(repository("octo-org", "octo.repo_1", None)),
        );
        let immutable = repository("octo-org", "octo-repo", Some((84_790_634, 1_304_267_049)));
        assert_round_trip(&format!("repo:octo-org@84790634/octo-repo@1304267049:{text}"), &with(immutable));
    }
}

#[test]
fn round_trips_customized_subjects() {
    let workflow = ("job_workflow_ref".to_owned(), "O/lib/.github/workflows/x.yml@refs/heads/main".to_owned());
    assert_round_trip(
        "repo:O/R:environment:prod:job_workflow_ref:O/lib/.github/workflows/x.yml@refs/heads/main",
        &GithubSubject {
            repository: repository("O", "R", None),
            context: Some(GithubContext::Environment("prod".into())),
            others: vec![workflow.clone()],
        },
    );
    let without_repository = |others| GithubSubject { repository: None, context: None, others };
    assert_round_trip(
        "job_workflow_ref:O/lib/.github/workflows/x.yml@refs/heads/main",
        &without_repository(vec![workflow]),
    );
    assert_round_trip(
        "repository_owner:O:repository_visibility:private",
        &without_repository(vec![
            ("repository_owner".into(), "O".into()),
            ("repository_visibility".into(), "private".into()),
        ]),
    );
    assert_round_trip(
        "repository_id:1304267049",
        &without_repository(vec![("repository_id".into(), "1304267049".into())]),
    );
}

#[test]
fn rejects_what_github_does_not_issue() {
    for text in [
        "",
        "repo:o/r",
        "repo:o/r:",
        "repo:o:ref:refs/heads/main",
        "repo:o/r/s:pull_request",
        "repo:o/r:ref",
        "repo:o/r:ref:",
        "repo:o/r:refs/heads/main",
        "repo:o@1/r:pull_request",
        "repo:o/r@2:pull_request",
        "repo:o@x/r@2:pull_request",
        "repo:o@01/r@2:pull_request",
        "repo:o@99999999999999999999/r@2:pull_request",
        "repo:o/*:pull_request",
        "repo:o@*/r@*:pull_request",
        "repo:o/r:pull_request:pull_request",
    ] {
        assert!(text.parse::<GithubSubject>().is_err(), "{text}");
    }
}

fn context() -> impl Strategy<Value = GithubContext> {
    prop_oneof![
        "[a-zA-Z0-9._/-]{1,12}".prop_map(GithubContext::Branch),
        "[a-zA-Z0-9._/-]{1,12}".prop_map(GithubContext::Tag),
        "refs/pull/[0-9]{1,4}/merge".prop_map(GithubContext::Ref),
        "[a-zA-Z0-9 :._-]{1,12}".prop_map(GithubContext::Environment),
        Just(GithubContext::PullRequest),
    ]
}

proptest! {
    #[test]
    fn round_trips_any_subject(
        owner in "[a-zA-Z0-9-]{1,10}",
        name in "[a-zA-Z0-9._-]{1,10}",
        ids in proptest::option::of((any::<u64>(), any::<u64>())),
        context in context(),
        workflow in proptest::option::of("[a-z]{1,5}/[a-z]{1,5}@refs/heads/[a-z]{1,5}"),
    ) {
        let others = workflow.map(|workflow| ("job_workflow_ref".to_owned(), workflow)).into_iter().collect();
        let subject = GithubSubject { repository: repository(&owner, &name, ids), context: Some(context), others };
        prop_assert_eq!(subject.to_string().parse(), Ok(subject));
    }
}
