//! The event of a request with a token in CloudTrail (CloudTrail User Guide, "CloudTrail userIdentity element", and IAM User
//! Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail").

use serde_json::Value;

use super::{Origin, Token, host_and_path};

const NAME: &str = "AssumeRoleWithWebIdentity";

/// The first event of this name: the event itself, a log file with `Records`, or the output of `aws cloudtrail
/// lookup-events`. `None` if the text is not from CloudTrail.
pub(super) fn event(value: &Value) -> Result<Option<Value>, &'static str> {
    let listed = ["Records", "Events"].iter().find_map(|key| value.get(key)).unwrap_or(value);
    let events: Vec<Value> = match listed {
        Value::Array(events) => events.iter().map(unwrapped).collect(),
        event => vec![unwrapped(event)],
    };
    let named = |event: &&Value| event.get("eventName").and_then(Value::as_str) == Some(NAME);
    match events.iter().find(named) {
        Some(event) => Ok(Some(event.clone())),
        None if events.iter().any(|event| event.get("eventName").is_some()) || listed.is_array() => {
            Err("it has no CloudTrail event `AssumeRoleWithWebIdentity`")
        }
        None => Ok(None),
    }
}

/// `lookup-events` has each event as text.
fn unwrapped(event: &Value) -> Value {
    let text = event.get("CloudTrailEvent").and_then(Value::as_str);
    let inner = text.and_then(|text| serde_json::from_str(text).ok());
    // EventBridge delivers the event in `detail`.
    inner.or_else(|| event.get("detail").cloned()).unwrap_or_else(|| event.clone())
}

pub(super) fn token(event: &Value) -> Result<Token, String> {
    let text = |path: &str| event.pointer(path).and_then(Value::as_str);
    let identity = text("/userIdentity/principalId").unwrap_or_default();
    let subject = text("/userIdentity/userName").or_else(|| text("/responseElements/subjectFromWebIdentityToken"));
    let subject = subject.ok_or("the event has no `userIdentity.userName`, which would be the subject of the token")?;
    let issuer = text("/userIdentity/identityProvider").or_else(|| text("/responseElements/provider"));
    let issuer = issuer.map(host_and_path);
    let error = text("/errorCode").map(|code| match text("/errorMessage") {
        Some(message) => format!("{code}: {message}"),
        None => code.to_owned(),
    });
    let role = text("/requestParameters/roleArn").map(str::to_owned);
    let mut token = Token::of(Origin::Event { role, error }, issuer);
    let audience = text("/responseElements/audience").or_else(|| audience(identity, subject));
    if let Some(audience) = audience {
        token.set("aud", vec![audience.to_owned()]);
    }
    token.set("sub", vec![subject.to_owned()]);
    token.add_ids_of_subject(subject);
    Ok(token)
}

/// The audience in `provider:audience:subject`. Provider and audience can contain colons, but not `:` after the last `/` or
/// `.` of the provider, so the audience is what follows the host and path.
fn audience<'i>(identity: &'i str, subject: &str) -> Option<&'i str> {
    let before = identity.strip_suffix(subject)?.strip_suffix(':')?;
    let after_arn = before.split_once(":oidc-provider/").map_or(before, |(_, rest)| rest);
    let (_, audience) = after_arn.split_once(':')?;
    (!audience.is_empty()).then_some(audience)
}
