//! CloudTrail events (CloudTrail User Guide, "CloudTrail userIdentity element"). They have the issuer, the audience and the
//! subject of a token, and no other claim.

use super::answered;
use super::tokens::SPEC;
use crate::harness::Compiled;
use ecrgen::permissions::refusal::Cause;
use serde_json::{Value, json};

/// An event for a role of this name. It is refused if there is an error.
fn event(role: &str, subject: &str, error: Option<&str>) -> Value {
    let provider = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
    let mut event = json!({
        "eventVersion": "1.08",
        "userIdentity": {
            "type": "WebIdentityUser",
            "principalId": format!("{provider}:sts.amazonaws.com:{subject}"),
            "userName": subject,
            "identityProvider": provider,
        },
        "eventSource": "sts.amazonaws.com",
        "eventName": "AssumeRoleWithWebIdentity",
        "requestParameters": { "roleArn": format!("arn:aws:iam::123456789012:role/shop/shared/{role}") },
    });
    if let Some(error) = error {
        event["errorCode"] = error.into();
        event["errorMessage"] = "Not authorized to perform sts:AssumeRoleWithWebIdentity".into();
    }
    event
}

const PIPELINE: &str = "shop-shared-pipeline";
const MAIN: &str = "repo:example/shop:ref:refs/heads/main";

fn cause(event: &Value) -> Option<Cause> {
    answered(&Compiled::of(SPEC), &event.to_string(), |answer| answer.causes.first().copied())
}

#[test]
fn the_requested_role_is_explained() {
    let event = event("shop-shared-deploy", MAIN, Some("AccessDenied"));
    answered(&Compiled::of(SPEC), &event.to_string(), |answer| {
        assert_eq!(answer.closest().map(|role| role.principal.name.as_str()), Some("deploy"));
        // `pipeline` would admit it, but it was not requested.
        assert!(!answer.is_admitted());
    });
}

#[test]
fn the_audience_is_part_of_the_principal() {
    let mut foreign = event(PIPELINE, MAIN, Some("AccessDenied"));
    let principal =
        "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com:https://github.com/example:";
    foreign["userIdentity"]["principalId"] = format!("{principal}{MAIN}").into();
    assert_eq!(cause(&foreign), Some(Cause::Audience));
}

#[test]
fn a_refusal_that_the_event_does_not_explain_is_due_to_a_claim_that_it_lacks() {
    assert_eq!(cause(&event(PIPELINE, MAIN, Some("AccessDenied"))), Some(Cause::HiddenClaim));
    assert_eq!(cause(&event(PIPELINE, MAIN, None)), None);
    // The immutable subject contains the IDs.
    let immutable = "repo:example@1111/shop@2229:ref:refs/heads/main";
    assert_eq!(cause(&event(PIPELINE, immutable, Some("AccessDenied"))), Some(Cause::Recreated));
}

#[test]
fn a_role_of_another_spec_is_named() {
    assert_eq!(cause(&event("someone-elses", MAIN, Some("AccessDenied"))), Some(Cause::UnknownRole));
}

#[test]
fn events_are_found_in_every_form_that_aws_delivers() {
    let event = event(PIPELINE, "repo:example/shop:pull_request", Some("AccessDenied"));
    let other = json!({ "eventName": "AssumeRole", "userIdentity": { "type": "AWSService" } });
    let forms = [
        json!({ "Records": [other, event] }),
        json!({ "Events": [{ "EventName": "AssumeRoleWithWebIdentity", "CloudTrailEvent": event.to_string() }] }),
        json!({ "detail-type": "AWS API Call via CloudTrail", "detail": event }),
    ];
    for form in forms {
        assert_eq!(cause(&form), Some(Cause::PullRequest), "{form}");
    }
}
