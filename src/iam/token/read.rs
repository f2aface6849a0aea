//! Recognizes the text that holds a token.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};

use super::{Origin, Token, cloudtrail, github_setting, host_and_path};
use crate::iam::trust::{GITHUB, GITLAB, HCP};

const EXPECTED: &str = "it is not a token, the claims of a token as JSON, a CloudTrail event \
                        `AssumeRoleWithWebIdentity`, or GitHub's answer to `actions/oidc/customization/sub`";

pub(super) fn token(text: &str) -> Result<Token, String> {
    let text = text.trim();
    if !text.starts_with(['{', '[']) {
        return jwt(text.trim_matches('"'));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| format!("it is not valid JSON: {error}"))?;
    let event = cloudtrail::event(&value).map_err(str::to_owned)?;
    if let Some(event) = event {
        return cloudtrail::token(&event);
    }
    let Value::Object(object) = &value else { return Err(EXPECTED.into()) };
    // The service that gives a token to a job wraps it in `value`.
    if let (Some(wrapped), None) = (object.get("value").and_then(Value::as_str), object.get("sub")) {
        return jwt(wrapped);
    }
    if object.contains_key("sub") {
        return claims(object);
    }
    match github_setting::is(object) {
        true => github_setting::token(object),
        false => Err(EXPECTED.into()),
    }
}

/// The claims of a signed token. The signature is dropped.
fn jwt(text: &str) -> Result<Token, String> {
    let parts: Vec<&str> = text.split('.').collect();
    let [_, payload, _] = parts.as_slice() else { return Err(EXPECTED.into()) };
    let damaged = || "it looks like a token, but its claims cannot be decoded".to_owned();
    let payload = decoded(payload).ok_or_else(damaged)?;
    match serde_json::from_slice(&payload) {
        Ok(Value::Object(object)) => claims(&object),
        _ => Err(damaged()),
    }
}

/// The bytes of a part of a token: Base64url without padding (RFC 7515, section 2). Padding and the characters of plain Base64,
/// which some programs print, are accepted too.
fn decoded(part: &str) -> Option<Vec<u8>> {
    let part = part.trim_end_matches('=').replace('+', "-").replace('/', "_");
    BASE64URL_NOPAD.decode(part.as_bytes()).ok()
}

fn claims(object: &Map<String, Value>) -> Result<Token, String> {
    let issuer = object.get("iss").and_then(Value::as_str).map(host_and_path);
    let subject = object.get("sub").and_then(Value::as_str).ok_or("the claim `sub` is not a text")?;
    let mut token = Token::of(Origin::Claims, issuer.or_else(|| usual_issuer(subject)));
    for (claim, value) in object {
        let values = match value {
            Value::Array(items) => items.iter().filter_map(scalar).collect(),
            value => scalar(value).into_iter().collect(),
        };
        token.set(claim, values);
    }
    // The IDs in the subject are not claims of their own: a token without `repository_id` does not have it.
    Ok(token)
}

/// AWS compares all claims as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The issuer of most subjects of this form, for claims without `iss`.
fn usual_issuer(subject: &str) -> Option<String> {
    let forms = [("repo:", GITHUB), ("project_path:", GITLAB), ("project_id:", GITLAB), ("organization:", HCP)];
    let form = forms.iter().find(|(prefix, _)| subject.starts_with(prefix));
    form.map(|(_, issuer)| (*issuer).to_owned())
}
