//! The size of a policy and the limits of AWS.

use ecrgen::iam::{Action, Bindings, Document, Operator, PolicyKind, Principal, Statement, Text, arn, size};

fn bindings() -> Bindings {
    Bindings::commercial("eu-west-1", "123456789012")
}

/// A document with one statement as AWS receives it, without its resource.
const FRAME: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:PutImage","Resource":""}]}"#;

fn with_resource(resource: &str) -> Document {
    Document::new([Statement::allow([Action::named("ecr:PutImage")]).on([resource])])
}

fn of_length(length: usize) -> Document {
    with_resource(&"x".repeat(length - FRAME.len()))
}

#[test]
fn limits_are_inclusive() {
    let kinds = [
        (PolicyKind::Managed, 6_144),
        (PolicyKind::Trust, 2_048),
        (PolicyKind::Repository, 10_240),
        (PolicyKind::Registry, 10_240),
        (PolicyKind::Topic, 30_720),
    ];
    for (kind, limit) in kinds {
        assert!(kind.fits(&of_length(limit - 1), &bindings()), "{kind:?}");
        assert!(kind.fits(&of_length(limit), &bindings()), "{kind:?}");
        assert!(!kind.fits(&of_length(limit + 1), &bindings()), "{kind:?}");
    }
}

#[test]
fn counts_spaces_in_strings_and_escapes() {
    let length = |resource: &str| size::characters(&with_resource(resource), &bindings()) - FRAME.len();
    assert_eq!(length("a b"), 3);
    assert_eq!(length("a\"b"), 4);
    assert_eq!(length("<&>"), 18);
    assert_eq!(length("é"), 1);
}

/// The lengths are those of Python's `json.dumps(…, separators=(",", ":"))` for the same policy and subjects of 82
/// characters each.
#[test]
fn a_github_trust_policy_fits_twenty_immutable_subjects() {
    let trust = |subjects: usize| {
        let issuer = Text::from("token.actions.githubusercontent.com");
        let statement = Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
            .by(Principal::federated([arn::oidc_provider(&issuer)]))
            .when(Operator::STRING_EQUALS, issuer.clone().literal(":aud"), ["sts.amazonaws.com"])
            .when(Operator::STRING_EQUALS, issuer.literal(":sub"), vec!["x".repeat(82); subjects]);
        Document::new([statement])
    };
    assert_eq!([1, 2, 20, 21].map(|n| size::characters(&trust(n), &bindings())), [422, 509, 2_039, 2_124]);
    assert!(PolicyKind::Trust.fits(&trust(20), &bindings()));
    assert!(!PolicyKind::Trust.fits(&trust(21), &bindings()));
}
